/** Parses every file of a folder with `yaml`, as a checker that reads all of every file would. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseDocument } from 'yaml';

const folder = process.argv[2]!;
for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
  if (!/\.(?:json|yaml)$/.test(name)) continue;
  parseDocument(readFileSync(path.join(folder, name), 'utf8'), {
    version: '1.1',
    merge: true,
    logLevel: 'silent',
  });
}
