/**
 * moto (https://docs.getmoto.org) from Debian's packages, unpacked into a folder of the project: nothing is installed.
 * Where this release of Debian lacks it, the package comes from the next one, through the machine's own apt sources; what
 * it depends on comes from this release, as its Python does.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { runLogged, StepError } from '../../scripts/steps.mjs';

/** Beside what moto depends on: its server needs it, and the package does not say so. */
const furtherPackages = ['python3-flask-cors', 'python3-yaml'];

/** Debian's names for the releases after an older one. */
const nextSuites = ['stable', 'testing'];

/** The interpreter that Debian's packages are for; another one may come first on the PATH. */
export const python = '/usr/bin/python3';

/**
 * @param {string} folder
 * @returns {string | undefined} the folder of the Python packages, where they are there
 */
export function findMoto(folder) {
  const packages = path.join(folder, 'root', 'usr', 'lib', 'python3', 'dist-packages');
  return existsSync(path.join(packages, 'moto')) ? packages : undefined;
}

/**
 * @param {string} folder is made, or made anew
 * @param {string} logFile
 */
export async function unpackMoto(folder, logFile) {
  if (!existsSync(python) || !existsSync('/usr/bin/apt-get') || !existsSync('/etc/debian_version'))
    throw new StepError(`moto comes from Debian's packages: ${python} and apt-get are needed.`);
  rmSync(folder, { recursive: true, force: true });
  const debs = path.join(folder, 'apt', 'archives');
  for (const needed of [debs, path.join(debs, 'partial'), path.join(folder, 'apt', 'lists', 'partial')])
    mkdirSync(needed, { recursive: true });
  const release = codename();
  writeSources(path.join(folder, 'apt'), release);
  const options = aptOptions(path.join(folder, 'apt'), release);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await runLogged('apt-get', [...options, 'update'], { logFile, env });
  await download([...options, 'download'], [release, ...nextSuites], { logFile, env, cwd: debs });
  const moto = readdirSync(debs).find((file) => file.startsWith('python3-moto_'));
  if (moto === undefined) throw new StepError('apt-get has downloaded no package.', logFile);
  const dependencies = dependenciesOf(path.join(debs, moto));
  const install = ['install', '--yes', '--download-only', '--no-install-recommends'];
  await runLogged('apt-get', [...options, ...install, ...dependencies, ...furtherPackages], { logFile, env });
  // Only a folder that is complete has the name that is looked for.
  const unfinished = path.join(folder, 'unfinished');
  for (const deb of readdirSync(debs).filter((file) => file.endsWith('.deb')))
    await runLogged('dpkg-deb', ['--extract', path.join(debs, deb), unfinished], { logFile });
  renameSync(unfinished, path.join(folder, 'root'));
  rmSync(path.join(folder, 'apt'), { recursive: true });
}

/**
 * @param {readonly string[]} command
 * @param {readonly string[]} suites the nearest first
 * @param {Parameters<typeof runLogged>[2]} options
 */
async function download(command, suites, options) {
  for (const suite of suites) {
    try {
      await runLogged('apt-get', [...command, `python3-moto/${suite}`], options);
      return;
    } catch (error) {
      if (suite === suites.at(-1)) throw error;
    }
  }
}

/** @returns {string} such as `bookworm` */
function codename() {
  const name = /^VERSION_CODENAME=(.+)$/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1];
  if (name === undefined) throw new StepError('/etc/os-release does not name the release.');
  return name;
}

/**
 * The machine's own sources, and the same for the next releases.
 *
 * @param {string} folder
 * @param {string} release
 */
function writeSources(folder, release) {
  mkdirSync(path.join(folder, 'sources'), { recursive: true });
  const parts = '/etc/apt/sources.list.d';
  const files = existsSync(parts) ? readdirSync(parts).map((file) => path.join(parts, file)) : [];
  for (const file of ['/etc/apt/sources.list', ...files]) {
    if (!/\.(?:list|sources)$/.test(file) || !existsSync(file)) continue;
    const text = readFileSync(file, 'utf8');
    const target = (/** @type {string} */ prefix) =>
      path.join(folder, 'sources', `${prefix}-${path.basename(file)}`);
    const ofRelease = file.endsWith('.sources') ? stanzasOf(text, release) : linesOf(text, release);
    if (ofRelease === '') continue;
    writeFileSync(target(release), ofRelease);
    for (const suite of nextSuites)
      writeFileSync(
        target(suite),
        ofRelease.replaceAll(new RegExp(`(?<=\\s)${release}(?=\\s|$)`, 'gm'), suite),
      );
  }
}

/**
 * The stanzas of a deb822 file that are about the release itself, and that alone of their suites.
 *
 * @param {string} text
 * @param {string} release
 */
function stanzasOf(text, release) {
  return text
    .split(/\n[ \t]*\n/)
    .filter((stanza) => new RegExp(`^Suites:.*\\s${release}(?:\\s|$)`, 'm').test(stanza))
    .map((stanza) => stanza.replace(/^Suites:.*$/m, `Suites: ${release}`))
    .join('\n\n');
}

/**
 * @param {string} text of the older format, one source a line
 * @param {string} release
 */
function linesOf(text, release) {
  const lines = text.split('\n').filter((line) => new RegExp(`^deb\\s.*\\s${release}\\s`).test(line));
  return lines.map((line) => `${line}\n`).join('');
}

/**
 * @param {string} folder
 * @param {string} release
 */
function aptOptions(folder, release) {
  const settings = {
    'Dir::Etc::sourcelist': '/dev/null',
    'Dir::Etc::sourceparts': path.join(folder, 'sources'),
    'Dir::State::lists': path.join(folder, 'lists'),
    'Dir::Cache': folder,
    'Dir::Cache::archives': path.join(folder, 'archives'),
    'APT::Default-Release': release,
    // Nothing of the machine is changed, so nothing has to be locked.
    'Debug::NoLocking': 'true',
    'APT::Sandbox::User': 'root',
  };
  return Object.entries(settings).flatMap(([name, value]) => ['-o', `${name}=${value}`]);
}

/**
 * @param {string} deb
 * @returns {string[]} the names alone: the versions of another release are not to be had here
 */
function dependenciesOf(deb) {
  const depends = execFileSync('dpkg-deb', ['--field', deb, 'Depends'], { encoding: 'utf8' });
  return depends.split(',').flatMap((item) => /^\s*([a-z0-9.+-]+)/.exec(item)?.[1] ?? []);
}
