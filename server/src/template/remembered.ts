/**
 * Something that is known about objects, each as long as it lives. It stands on the object itself, unseen by those who
 * copy or compare it. What a WeakMap holds outlives its key until all of the heap is cleaned up, and with it all that
 * it refers to; where thousands of templates are read and forgotten, that is most of what there is to clean up.
 */
export class Remembered<T> {
  readonly #name = Symbol('remembered');

  get(owner: object): T | undefined {
    return (owner as Partial<Record<symbol, T>>)[this.#name];
  }

  set(owner: object, value: T): void {
    // To define it takes far longer than to change it.
    if (this.#name in owner) (owner as Record<symbol, T>)[this.#name] = value;
    else Object.defineProperty(owner, this.#name, { value, writable: true });
  }
}
