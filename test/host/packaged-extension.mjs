/** The extension as users get it: the files that its package would hold, no others. */
import { cpSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';

import { globSync } from 'tinyglobby';

/**
 * Installs the built extension by laying out its files. Packing it takes far longer, because vsce looks at every file
 * below the project before it leaves most of them out.
 *
 * @param {string} root the project, built
 * @param {string} extensionsDir made anew: VS Code takes the folders that it finds there only while it has no list of its own
 */
export function installExtension(root, extensionsDir) {
  const { publisher, name, version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  const folder = path.join(extensionsDir, `${publisher}.${name}-${version}`);
  rmSync(extensionsDir, { recursive: true, force: true });
  for (const file of globSync(shippedPatterns(root), { cwd: root }))
    cpSync(path.join(root, file), path.join(folder, file));
}

/**
 * .vscodeignore leaves everything out and then names what goes in.
 *
 * @param {string} root
 */
function shippedPatterns(root) {
  return readFileSync(path.join(root, '.vscodeignore'), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('!'))
    .map((line) => line.slice(1).trim());
}
