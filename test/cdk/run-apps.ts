/**
 * Synthesises the applications of the folders that it is given, one after the other. To be run by `tsx`.
 */
import { readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

for (const folder of process.argv.slice(2)) {
  const app = readdirSync(folder).find((file) => /^app\.[cm]?[jt]s$/.test(file));
  process.env['CDK_OUTDIR'] = path.join(folder, 'cdk.out');
  try {
    await import(pathToFileURL(path.join(folder, app ?? 'app.ts')).href);
  } catch (error) {
    writeFileSync(
      path.join(folder, 'error.txt'),
      error instanceof Error ? (error.stack ?? '') : String(error),
    );
  }
}
