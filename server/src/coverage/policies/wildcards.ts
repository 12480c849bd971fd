import type { Letter, SymbolicText } from './symbolic-text.ts';

/**
 * Whether a text may match a pattern of an IAM policy, whatever the unknown parts of both turn out to be.
 * In the pattern, `*` is any text and `?` any character.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_resource.html
 */
export function mayMatch(pattern: SymbolicText, text: SymbolicText): boolean {
  const same = sameBeginning(pattern, text);
  if (same === undefined) return false;
  if (same === pattern.length && same === text.length) return true;
  const wanted = pattern.slice(same);
  if (wanted.length === 1 && wanted[0] === '*') return true;
  const rest = text.slice(same);
  // Of most texts all is known, and then certainty costs far less.
  if (wanted.every(isKnown) && rest.every(isKnown)) return surelyMatches(wanted, rest);
  const names = new Set<string>();
  for (const letter of text) if (typeof letter === 'object' && letter.kind !== 'any') names.add(letter.key);
  const left = wanted.flatMap((letter) => patternSteps(letter, names));
  const right = rest.flatMap((letter) => stepsOf(letter));
  // Walks both at once, as if each were an automaton: a pair of positions is a state.
  const width = right.length + 1;
  const seen = new Uint8Array((left.length + 1) * width);
  const open = [0];
  for (let state = open.pop(); state !== undefined; state = open.pop()) {
    if (seen[state] === 1) continue;
    seen[state] = 1;
    const a = left[Math.floor(state / width)];
    const b = right[state % width];
    if (a === undefined && b === undefined) return true;
    if (a?.repeats === true) open.push(state + width);
    if (b?.repeats === true) open.push(state + 1);
    if (a !== undefined && b !== undefined && overlap(a.takes, b.takes)) {
      open.push(state + (a.repeats ? 0 : width) + (b.repeats ? 0 : 1));
    }
  }
  return false;
}

/** How many letters both surely have in common at their beginning; undefined where they are surely different there. */
function sameBeginning(pattern: SymbolicText, text: SymbolicText): number | undefined {
  let at = 0;
  for (; ; at += 1) {
    const wanted = pattern[at];
    const letter = text[at];
    if (isPlain(wanted) && typeof letter === 'string') {
      if (wanted !== letter) return undefined;
    } else if (!areNamesAlike(wanted, letter) || !isNameEnd(pattern, at + 1) || !isNameEnd(text, at + 1)) {
      return at;
    }
  }
}

function isPlain(letter: Letter | undefined): boolean {
  return typeof letter === 'string' && letter !== '*' && letter !== '?';
}

/** Whether both are names that may be the same, or surely are; then both end at the next colon. */
function areNamesAlike(wanted: Letter | undefined, letter: Letter | undefined): boolean {
  if (typeof wanted !== 'object' || typeof letter !== 'object' || wanted.kind !== letter.kind) return false;
  return wanted.kind === 'segment' || (wanted.kind === 'generated' && wanted.key === letter.key);
}

function isNameEnd(text: SymbolicText, offset: number): boolean {
  return offset === text.length || text[offset] === ':';
}

function isKnown(letter: Letter): boolean {
  return typeof letter === 'string';
}

/** Whether a text matches a pattern for certain: unknown parts only match themselves and `*`. */
export function surelyMatches(pattern: SymbolicText, text: SymbolicText): boolean {
  let at = 0;
  let star = -1;
  let retry = 0;
  for (let position = 0; position < text.length;) {
    const wanted = pattern[at];
    if (wanted === '*') {
      star = at;
      retry = position;
      at += 1;
    } else if (wanted !== undefined && takesLetter(wanted, text[position]!)) {
      at += 1;
      position += 1;
    } else if (star >= 0) {
      // The last `*` takes one letter more.
      at = star + 1;
      retry += 1;
      position = retry;
    } else return false;
  }
  return pattern.slice(at).every((letter) => letter === '*');
}

function takesLetter(wanted: Letter, letter: Letter): boolean {
  if (typeof wanted === 'object') return typeof letter === 'object' && letter.key === wanted.key;
  return wanted === letter || (wanted === '?' && typeof letter === 'string');
}

interface Step {
  readonly takes: Characters;
  /** Any number of such characters, none included. */
  readonly repeats: boolean;
}

type Characters =
  | { readonly kind: 'any' | 'no-colon' }
  | { readonly kind: 'one'; readonly character: string }
  | { readonly kind: 'name'; readonly key: string };

function patternSteps(letter: Letter, names: ReadonlySet<string>): readonly Step[] {
  if (letter === '*') return [{ takes: { kind: 'any' }, repeats: true }];
  if (letter === '?') return [{ takes: { kind: 'any' }, repeats: false }];
  // What is a name in the text is a name in the pattern, too.
  return stepsOf(
    typeof letter === 'object' && letter.kind === 'any' && names.has(letter.key)
      ? { key: letter.key, kind: 'segment' }
      : letter,
  );
}

/** Of the characters that ARNs and actions are made of; to make them anew costs more than to compare them. */
const knownSteps = new Map<string, readonly Step[]>();
const mostKnownSteps = 200;

function stepsOf(letter: Letter): readonly Step[] {
  if (typeof letter === 'string') {
    const known = knownSteps.get(letter);
    if (known !== undefined) return known;
    const steps: readonly Step[] = [{ takes: { kind: 'one', character: letter }, repeats: false }];
    if (knownSteps.size < mostKnownSteps) knownSteps.set(letter, steps);
    return steps;
  }
  if (letter.kind === 'any') return [{ takes: { kind: 'any' }, repeats: true }];
  const takes: Characters =
    letter.kind === 'generated' ? { kind: 'name', key: letter.key } : { kind: 'no-colon' };
  return [
    { takes, repeats: false },
    { takes, repeats: true },
  ];
}

function overlap(a: Characters, b: Characters): boolean {
  if (a.kind === 'any' || b.kind === 'any') return true;
  if (a.kind === 'one' && b.kind === 'one') return a.character === b.character;
  if (a.kind === 'name' && b.kind === 'name') return a.key === b.key;
  return !(a.kind === 'one' && a.character === ':') && !(b.kind === 'one' && b.character === ':');
}
