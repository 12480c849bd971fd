/** Validates every file of a folder with AWS's own validator, as its package offers it. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { CelEngine, TemplateFile } from '@aws/cloudformation-validate';

class DiskFile extends TemplateFile {
  #file;

  /** @param {string} file */
  constructor(file) {
    super(file);
    this.#file = file;
  }

  /** @override */
  readBytes() {
    return readFileSync(this.#file);
  }
}

const folder = process.argv[2] ?? '.';
const engine = new CelEngine();
let found = 0;
for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
  if (!/\.(?:json|yaml)$/.test(name)) continue;
  found += engine.validateStandard(new DiskFile(path.join(folder, name)), {}).diagnostics.length;
}
console.log(`${found} diagnostics`);
