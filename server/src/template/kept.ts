import { Remembered } from './remembered.ts';
import type { Steps } from './steps.ts';

/**
 * What is computed from a template that goes on being typed. A result is kept as long as no part has changed that
 * was looked at to compute it.
 */

/** A part of a template, which can come to say something else and stay the same object. */
export interface Part {
  /** Counts its changes. */
  readonly version: number;
  /** To be told that what rests on it is never computed anew, so that a change of it must make another template. */
  becomeFoundation(): void;
}

/** A part that is the answer to a question. It changes once; whoever asks again is answered by another. */
export class Asked implements Part {
  #hasChanged = false;
  #isFoundation = false;

  get version(): number {
    return Number(this.#hasChanged);
  }

  get hasChanged(): boolean {
    return this.#hasChanged;
  }

  get isFoundation(): boolean {
    return this.#isFoundation;
  }

  becomeFoundation(): void {
    this.#isFoundation = true;
  }

  change(): void {
    this.#hasChanged = true;
  }
}

/** The parts that were looked at for a result; undefined for none, as with most results. */
interface Looks {
  parts: Set<Part> | undefined;
}

/**
 * How parts are looked at now: for results that stay, for what is thrown away, for a result that notes them, or while they
 * surely do not change.
 */
type Manner = 'for-good' | 'once' | 'unchanging' | Looks;

interface Result {
  readonly value: unknown;
  readonly restsOn: readonly Part[];
  /** Of each of those parts, as it was then. */
  readonly versions: readonly number[];
}

let manner: Manner = 'for-good';
/** The manners around the present one. */
const outer: Manner[] = [];
const results = new Remembered<Map<unknown, Result>>();

/** To be called by a part that is looked at. */
export function noteLook(part: Part): void {
  if (manner === 'for-good') part.becomeFoundation();
  else if (typeof manner === 'object') (manner.parts ??= new Set()).add(part);
}

/** Whether it matters what is looked at. */
export function isNoting(): boolean {
  return manner !== 'unchanging';
}

/** To be called where looking has an effect that outlasts it: the parts that led there are not to be kept apart. */
export function noteEffect(): void {
  for (const one of [...outer, manner]) {
    if (typeof one !== 'string') for (const part of one.parts ?? []) part.becomeFoundation();
  }
}

/**
 * A result of that name, computed when it is first asked for and again when something has changed that it rests
 * on: parts of templates, and nothing else but the owner and the name.
 *
 * @param owner Lives no longer than the template does, such as itself or its scope.
 */
export function keep<T>(owner: object, name: unknown, compute: () => T): T {
  let named = results.get(owner);
  if (named === undefined) results.set(owner, (named = new Map()));
  let result = named.get(name);
  if (result === undefined || !isCurrent(result)) {
    const looks: Looks = { parts: undefined };
    const value = inManner(looks, compute);
    const restsOn = looks.parts === undefined ? nothing : [...looks.parts];
    result = { value, restsOn, versions: restsOn.map(({ version }) => version) };
    named.set(name, result);
  }
  for (const part of result.restsOn) noteLook(part);
  return result.value as T;
}

const nothing: readonly Part[] = [];

function isCurrent({ restsOn, versions }: Result): boolean {
  return restsOn.every(({ version }, index) => version === versions[index]);
}

/** Computes what is remembered elsewhere, for as long as there is the template. */
export function computeForGood<T>(compute: () => T): T {
  return inManner('for-good', compute);
}

/** Computes what is asked for again after every change. */
export function computeOnce<T>(compute: () => T): T {
  return inManner('once', compute);
}

/** The same for what is done in steps. */
export function* computeOnceInSteps<T>(steps: Steps<T>): Steps<T> {
  for (;;) {
    const step = computeOnce(() => steps.next());
    if (step.done === true) return step.value;
    yield;
  }
}

/**
 * Computes what templates say that are not edited any more. Nothing is noted, which takes time; of what was looked at so,
 * no edit can be told.
 */
export function computeUnchanging<T>(compute: () => T): T {
  return inManner('unchanging', compute);
}

function inManner<T>(next: Manner, compute: () => T): T {
  if (manner === 'unchanging') return compute();
  outer.push(manner);
  manner = next;
  try {
    return compute();
  } finally {
    manner = outer.pop()!;
  }
}
