import type { Comment, Comments } from '../../template/yaml/comments.ts';
import { firstFrom } from '../../template/first-from.ts';
import { child, entriesOf, type Entry } from '../../template/syntax.ts';
import type { Resource, Template } from '../../template/model.ts';
import type { Placement } from './directives.ts';

/** A key, whose lines end where the next one's begin. */
interface Key {
  readonly start: number;
  /** Undefined for a section of the template and for a loop. */
  readonly resource: Resource | undefined;
}

const nowhere: readonly Resource[] = [];

/** Tells which resources a comment is about by where it stands. */
export class Places {
  readonly #comments: Comments;
  /** In the order of the text, as are the keys. */
  readonly #resources: readonly Resource[];
  readonly #keys: readonly Key[];
  /** By where the line of their logical id begins. */
  readonly #byLine: ReadonlyMap<number, readonly Resource[]>;
  readonly #blocksByLine: ReadonlyMap<number, Entry>;
  readonly #within = new Map<Entry, readonly Resource[]>();

  constructor({ root, resources }: Template, comments: Comments) {
    const lineOf = (offset: number): number => comments.lineStart(offset);
    const blocks = [...root.entries, ...entriesOf(child(root, 'Resources'))];
    this.#comments = comments;
    this.#resources = [...resources.values()].toSorted((a, b) => a.span.start - b.span.start);
    this.#keys = [
      ...blocks.map(({ keySpan }) => ({ start: keySpan.start, resource: undefined })),
      ...this.#resources.map((resource) => ({ start: resource.span.start, resource })),
    ].toSorted((a, b) => a.start - b.start);
    this.#byLine = groupByLine(this.#resources, ({ span }) => lineOf(span.start));
    this.#blocksByLine = new Map(blocks.map((block) => [lineOf(block.keySpan.start), block]));
  }

  /** Those that a comment of that placement is about. For the same place it is the same array. */
  resourcesAt(placement: Placement, comment: Comment): readonly Resource[] {
    const below = atLine(this.#byLine, comment.lineBelow);
    switch (placement) {
      case 'above':
        return below;
      case 'beside-or-above': {
        if (comment.ownLine) return below.length > 0 ? below : this.#beginningAt(comment.lineBelow);
        return atLine(this.#byLine, this.#comments.lineStart(comment.span.start));
      }
      case 'inside':
        return this.#enclosing(comment);
      case 'above-block':
        return below.length > 0 ? below : this.#inBlockBelow(comment);
      case 'file-start':
        return comment.atFileStart ? this.#resources : nowhere;
    }
  }

  /** The logical id of the resource that a comment stands above or in, else empty. */
  about(comment: Comment): string {
    const [resource] = [...atLine(this.#byLine, comment.lineBelow), ...this.#enclosing(comment)];
    return resource?.logicalId ?? '';
  }

  /** Those of which the first line below the logical id begins there. */
  #beginningAt(line: number | undefined): readonly Resource[] {
    if (line === undefined) return nowhere;
    const resource = this.#keys[firstFrom(this.#keys, line) - 1]?.resource;
    const first = resource?.body.entries[0]?.keySpan.start;
    const isFirst = first !== undefined && this.#comments.lineStart(first) === line;
    return isFirst ? atLine(this.#byLine, this.#comments.lineStart(resource!.span.start)) : nowhere;
  }

  /** On whose lines a comment stands; below the last value of a resource, the indentation decides. */
  #enclosing({ span }: Comment): readonly Resource[] {
    const resource = this.#keys[firstFrom(this.#keys, span.start) - 1]?.resource;
    if (resource === undefined) return nowhere;
    const isWithin =
      span.start < resource.body.span.end || this.#columnOf(span.start) > this.#columnOf(resource.span.start);
    return isWithin ? atLine(this.#byLine, this.#comments.lineStart(resource.span.start)) : nowhere;
  }

  #inBlockBelow({ lineBelow }: Comment): readonly Resource[] {
    const block = lineBelow === undefined ? undefined : this.#blocksByLine.get(lineBelow);
    if (block === undefined) return nowhere;
    const known = this.#within.get(block);
    if (known !== undefined) return known;
    const starts = this.#resources.map(({ span }) => span);
    const within = this.#resources.slice(
      firstFrom(starts, block.keySpan.start),
      firstFrom(starts, block.value.span.end),
    );
    this.#within.set(block, within);
    return within;
  }

  #columnOf(offset: number): number {
    return offset - this.#comments.lineStart(offset);
  }
}

function groupByLine(
  resources: readonly Resource[],
  lineOf: (resource: Resource) => number,
): ReadonlyMap<number, readonly Resource[]> {
  const groups = new Map<number, Resource[]>();
  for (const resource of resources) {
    const line = lineOf(resource);
    const group = groups.get(line);
    if (group === undefined) groups.set(line, [resource]);
    else group.push(resource);
  }
  return groups;
}

function atLine(
  groups: ReadonlyMap<number, readonly Resource[]>,
  line: number | undefined,
): readonly Resource[] {
  return (line === undefined ? undefined : groups.get(line)) ?? nowhere;
}
