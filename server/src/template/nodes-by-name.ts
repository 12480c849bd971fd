import type { Entry, SyntaxNode } from './syntax.ts';

/** The values of entries by their names, each read when it is asked for. Of entries of one name the last counts. */
export class NodesByName implements ReadonlyMap<string, SyntaxNode> {
  readonly #entries: ReadonlyMap<string, Entry>;

  constructor(entries: readonly Entry[]) {
    this.#entries = new Map(entries.map((entry) => [entry.name, entry]));
  }

  get size(): number {
    return this.#entries.size;
  }

  get(name: string): SyntaxNode | undefined {
    return this.#entries.get(name)?.value;
  }

  has(name: string): boolean {
    return this.#entries.has(name);
  }

  keys(): MapIterator<string> {
    return this.#entries.keys();
  }

  *values(): MapIterator<SyntaxNode> {
    for (const { value } of this.#entries.values()) yield value;
  }

  *entries(): MapIterator<[string, SyntaxNode]> {
    for (const [name, { value }] of this.#entries) yield [name, value];
  }

  [Symbol.iterator](): MapIterator<[string, SyntaxNode]> {
    return this.entries();
  }

  forEach(visit: (node: SyntaxNode, name: string, map: ReadonlyMap<string, SyntaxNode>) => void): void {
    for (const [name, node] of this) visit(node, name, this);
  }
}
