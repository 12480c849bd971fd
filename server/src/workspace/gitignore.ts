import path from 'node:path';
import ignore, { type Ignore } from 'ignore';

/**
 * What the `.gitignore` files from `root` down to one folder leave out. Never changed: a folder with a
 * `.gitignore` of its own gets new rules.
 */
export interface IgnoreRules {
  /** Absolute; nothing above it is known. */
  readonly root: string;
  /** Undefined as long as there are none. */
  readonly matcher: Ignore | undefined;
}

export function noRules(root: string): IgnoreRules {
  return { root, matcher: undefined };
}

/** The rules that a `.gitignore` in `root` with these lines would be. */
export function ignoreRules(root: string, patterns: readonly string[]): IgnoreRules {
  return { root, matcher: createMatcher().add(patterns) };
}

/** The rules that held so far, and those that a `.gitignore` with that text in `folder` adds. */
export function withGitignore(rules: IgnoreRules, folder: string, text: string): IgnoreRules {
  const base = slashed(path.relative(rules.root, folder));
  const patterns = text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .flatMap((line) => rebase(line, base));
  const matcher = createMatcher();
  if (rules.matcher !== undefined) matcher.add(rules.matcher);
  return { root: rules.root, matcher: matcher.add(patterns) };
}

/** Whether git would leave out that file or folder, given by its absolute path below the rules' root. */
export function isIgnored(rules: IgnoreRules, absolutePath: string, kind: 'file' | 'folder'): boolean {
  if (rules.matcher === undefined) return false;
  const relative = slashed(path.relative(rules.root, absolutePath));
  if (relative === '') return false;
  return rules.matcher.ignores(kind === 'folder' ? `${relative}/` : relative);
}

/** The path with forward slashes, as patterns, reports and people on every system know it. */
export function slashed(nativePath: string): string {
  return path.sep === '\\' ? nativePath.replaceAll('\\', '/') : nativePath;
}

function createMatcher(): Ignore {
  // As git's core.ignoreCase, which `git init` sets by the file system.
  return ignore({ ignoreCase: process.platform === 'win32' || process.platform === 'darwin' });
}

/**
 * A pattern of `base/.gitignore` as the root's `.gitignore` would spell it. With all patterns in one list,
 * the matcher itself sees to it that later ones win and that nothing below an ignored folder comes back.
 * See https://git-scm.com/docs/gitignore#_pattern_format.
 */
function rebase(line: string, base: string): string[] {
  if (base === '') return [line];
  const negated = line.startsWith('!');
  const pattern = (negated ? line.slice(1) : line).replace(/^\\(?=[!#])/, '');
  if (line.startsWith('#') || /^\/*\s*$/.test(pattern)) return [];
  const folder = base.replaceAll(/[\\*?[\]]/g, String.raw`\$&`);
  const anchored = /\/(?=.*\S)/.test(pattern);
  const rebased = anchored ? `/${folder}/${pattern.replace(/^\//, '')}` : `/${folder}/**/${pattern}`;
  return [negated ? `!${rebased}` : rebased];
}
