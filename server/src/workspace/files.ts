import { t } from '@vscode/l10n';
import type { Dirent } from 'node:fs';
import { lstat, readdir, readFile, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { describeFailure } from './failure.ts';
import { isIgnored, noRules, slashed, withGitignore, type IgnoreRules } from './gitignore.ts';
import { isProjectFile } from './project-file.ts';

/** A file that may hold a template. */
export interface FoundFile {
  /** As given or found below what was given, normalised, with forward slashes. */
  readonly path: string;
  /** Absolute, with every link resolved. */
  readonly realPath: string;
  /** Named by the user rather than met on a walk, so it is never passed over in silence. */
  readonly named: boolean;
}

/** What kept a file or folder from being looked at. */
export interface FileProblem {
  readonly path: string;
  readonly message: string;
}

interface Search {
  /** By real path, so that a file reached in two ways is there once; project files by their own. */
  readonly files: Map<string, FoundFile>;
  /** Links to files, which count only where the walk does not meet the file itself. */
  readonly links: FoundFile[];
  readonly problems: FileProblem[];
}

/** A folder by the name to show and by its real path. */
interface Folder {
  readonly path: string;
  readonly realPath: string;
}

/** Synthesised templates: read, although nearly every project's `.gitignore` names the folder. */
const assemblyFolder = 'cdk.out';
const passedOver = new Set(['node_modules', '.git']);
const candidateName = /\.(?:ya?ml|json|template)$|\.(?:cfn|template)\.[^.]+$/i;

/**
 * Finds the files to check: the named files whatever they are called, and below the named folders those
 * that are called like a template. A walk leaves out `node_modules`, `.git` and what `.gitignore` files
 * name, from the root of the repository down, but for project files; it reads every `cdk.out`; it does not
 * follow links to folders, so it cannot go in circles or leave the folder. A folder that is itself ignored is
 * walked when it is named.
 *
 * @param paths absolute, or relative to the working folder
 * @returns the files, each once, in the order of their paths, and what could not be looked at
 */
export async function findFiles(
  paths: readonly string[],
): Promise<{ readonly files: readonly FoundFile[]; readonly problems: readonly FileProblem[] }> {
  const search: Search = { files: new Map(), links: [], problems: [] };
  for (const given of paths) await visitNamed(given, search);
  for (const link of search.links) addFile(search, link);
  const files = [...search.files.values()].toSorted((a, b) => (a.path < b.path ? -1 : 1));
  return { files, problems: search.problems };
}

/**
 * Whether a walk of a folder would find that file now.
 *
 * @param file absolute, below `folder`
 */
export async function isFoundBelow(file: string, folder: string): Promise<boolean> {
  if (!candidateName.test(file)) return false;
  let rules = await rulesAbove(folder);
  let here = folder;
  for (const step of path.relative(folder, path.dirname(file)).split(path.sep)) {
    if (step === '') break;
    if (passedOver.has(step)) return false;
    const next = path.join(here, step);
    if (isAssembly(step)) rules = undefined;
    if (rules !== undefined) {
      rules = await withGitignoreOf(rules, here);
      if (isIgnored(rules, next, 'folder')) return false;
    }
    here = next;
  }
  if (rules === undefined || isProjectFile(file)) return true;
  return !isIgnored(await withGitignoreOf(rules, here), file, 'file');
}

async function visitNamed(given: string, search: Search): Promise<void> {
  const shown = given === '' ? '' : slashed(path.normalize(given)).replace(/(?<=[^/:])\/$/, '');
  try {
    // An empty argument is what an unset variable of a script leaves; it must not mean the working folder.
    const info = await stat(given === '' ? given : shown);
    const realPath = await realpath(shown);
    if (info.isDirectory()) {
      const folder = { path: shown, realPath };
      await walk(folder, await rulesAbove(realPath), search);
    } else {
      addFile(search, { path: shown, realPath, named: true });
    }
  } catch (error) {
    search.problems.push({ path: shown, message: t('It cannot be read: {0}', describeFailure(error)) });
  }
}

function addFile(search: Search, file: FoundFile): void {
  // Several folders may link to one project file, which then applies in each of them.
  const key = isProjectFile(file.path) ? path.resolve(file.path) : file.realPath;
  const known = search.files.get(key);
  if (known === undefined) search.files.set(key, file);
  else if (file.named && !known.named) search.files.set(key, { ...known, named: true });
}

/** @param rules undefined where no `.gitignore` has a say */
async function walk(folder: Folder, rules: IgnoreRules | undefined, search: Search): Promise<void> {
  let entries: Dirent[];
  try {
    entries = await readdir(folder.path, { withFileTypes: true });
  } catch (error) {
    search.problems.push({
      path: folder.path,
      message: t('It cannot be read: {0}', describeFailure(error)),
    });
    return;
  }
  const rulesHere = rules && (await rulesBelow(rules, folder, entries));
  for (const entry of entries) {
    if (!entry.isDirectory() && !candidateName.test(entry.name)) continue;
    const inside = insideOf(folder, entry.name);
    if (entry.isDirectory()) {
      if (passedOver.has(entry.name)) continue;
      if (entry.name === assemblyFolder) await walk(inside, undefined, search);
      else if (!rulesHere || !isIgnored(rulesHere, inside.realPath, 'folder'))
        await walk(inside, rulesHere, search);
    } else if (!rulesHere || isProjectFile(entry.name) || !isIgnored(rulesHere, inside.realPath, 'file')) {
      if (entry.isFile()) addFile(search, { ...inside, named: false });
      else if (entry.isSymbolicLink()) await visitLink(inside, search);
    }
  }
}

/** Of one folder there may be thousands, so two paths that are the same are one text. */
function insideOf(folder: Folder, name: string): Folder {
  const realPath = path.join(folder.realPath, name);
  const shown = folder.path === folder.realPath ? realPath : path.join(folder.path, name);
  return { path: slashed(shown), realPath };
}

/** A link that leads nowhere, in circles or to a folder is passed over. */
async function visitLink(link: Folder, search: Search): Promise<void> {
  try {
    const realPath = await realpath(link.path);
    if ((await stat(realPath)).isFile()) search.links.push({ path: link.path, realPath, named: false });
  } catch {
    // Nothing stands behind it, so there is nothing to check.
  }
}

async function rulesBelow(
  rules: IgnoreRules,
  folder: Folder,
  entries: readonly Dirent[],
): Promise<IgnoreRules> {
  // A repository inside another one, such as a submodule, has its own rules only.
  const start = entries.some(({ name }) => name === '.git') ? noRules(folder.realPath) : rules;
  const hasGitignore = entries.some(({ name }) => name === '.gitignore');
  return hasGitignore ? await withGitignoreOf(start, folder.realPath) : start;
}

/**
 * The rules that the folders above a named folder impose on what is in it, or undefined inside a `cdk.out`.
 * A `.gitignore` that leaves out the named folder itself has been overruled by naming it.
 */
async function rulesAbove(folder: string): Promise<IgnoreRules | undefined> {
  const root = await repositoryRoot(folder);
  if (root === undefined) return isAssembly(path.basename(folder)) ? undefined : noRules(folder);
  const steps = path.relative(root, folder).split(path.sep);
  if ([path.basename(root), ...steps].some(isAssembly)) return undefined;
  let rules = noRules(root);
  let above = root;
  for (const step of steps) {
    if (step === '') break;
    const extended = await withGitignoreOf(rules, above);
    if (!isIgnored(extended, folder, 'folder')) rules = extended;
    above = path.join(above, step);
  }
  return rules;
}

function isAssembly(name: string): boolean {
  return name === assemblyFolder;
}

/** The nearest folder, at or above that one, that is the root of a git repository. */
export async function repositoryRoot(folder: string): Promise<string | undefined> {
  for (let candidate = folder; ; candidate = path.dirname(candidate)) {
    try {
      await lstat(path.join(candidate, '.git'));
      return candidate;
    } catch {
      if (path.dirname(candidate) === candidate) return undefined;
    }
  }
}

/**
 * The rules below `folder`: those that held so far, and those of its `.gitignore`. One that is missing or
 * cannot be read adds nothing, so that more is looked at rather than less.
 */
async function withGitignoreOf(rules: IgnoreRules, folder: string): Promise<IgnoreRules> {
  try {
    return withGitignore(rules, folder, await readFile(path.join(folder, '.gitignore'), 'utf8'));
  } catch {
    return rules;
  }
}
