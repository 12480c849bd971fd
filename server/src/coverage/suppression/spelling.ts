import { t } from '@vscode/l10n';
import { editDistance, nearestName } from '../names.ts';
import { suppressibleCodes } from './rules.ts';

/** Whether a name is that one but for a slip: letters missing or swapped, other case, other separators. */
export function isNearly(name: string, right: string): boolean {
  const slips = slipsIn(right);
  return distance(name, right, slips + 1) <= slips;
}

/** The one of several names that a misspelt one is nearest to, or undefined where none is near. */
export function nearestOf<T>(
  name: string,
  candidates: readonly T[],
  nameOf: (candidate: T) => string,
): T | undefined {
  return candidates
    .filter((candidate) => isNearly(name, nameOf(candidate)))
    .toSorted((a, b) => distance(name, nameOf(a), 100) - distance(name, nameOf(b), 100))[0];
}

/** How many letters may be wrong: more in a long name than in a short one, which soon is another word. */
function slipsIn(name: string): number {
  if (name.length >= 10) return 3;
  return name.length >= 5 ? 2 : 1;
}

function distance(a: string, b: string, limit: number): number {
  return editDistance(lettersOf(a), lettersOf(b), limit);
}

function lettersOf(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z]/g, '');
}

export function meant(wrong: string, right: string): string {
  return t('{0} suppresses nothing; did you mean {1}?', wrong, right);
}

/** The code that a misspelt one is meant for; undefined where none is near. */
export function nearestCode(code: string): string | undefined {
  return nearestName(code, suppressibleCodes);
}

/** What to say of a code that is none of ours. */
export function unknownCode(code: string): string {
  const nearest = nearestCode(code);
  return nearest === undefined
    ? t('{0} is no code that can be suppressed; those are {1}', code, suppressibleCodes.join(', '))
    : meant(code, nearest);
}
