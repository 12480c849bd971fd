import type { Span } from '../../template/syntax.ts';
import type { Collection } from './collections.ts';
import type { TextEdit } from './edits.ts';
import type { Place, Slot } from './resolve.ts';
import type { List, Text, Value } from './values.ts';
import type { Path } from './written-template.ts';

/** One thing to be written; no two of a plan concern the same text. */
export type Operation = Insertion | ItemInsertion | Assignment | Wrapping | Removal | CommentInsertion;

interface OperationBase {
  /** The resource, or other text, whose style is to be followed. */
  readonly near: Span;
}

/** New entries next to a member of a mapping. */
export interface Insertion extends OperationBase {
  readonly kind: 'insert';
  readonly collection: Collection;
  /** Of the member; none of an empty mapping. */
  readonly index: number;
  readonly side: 'after' | 'before';
  readonly entries: Map<string, Value>;
  /** What the entries are. */
  readonly of: 'resources' | 'sections' | 'attributes' | 'fields';
  /** Where the mapping is. */
  readonly path: Path;
}

/** New items at the end of a list. */
interface ItemInsertion extends OperationBase {
  readonly kind: 'insert-items';
  readonly collection: Collection;
  readonly items: List;
}

/** A value in place of another, or of none; under another name, where that is given. */
export interface Assignment extends OperationBase {
  readonly kind: 'assign';
  readonly place: Place;
  readonly value: Value;
  readonly name?: string;
}

/** A mapping that becomes the first item of a list. */
export interface Wrapping extends OperationBase {
  readonly kind: 'wrap';
  readonly place: Place;
  readonly slot: Slot;
  readonly items: List;
}

export interface Removal extends OperationBase {
  readonly kind: 'remove';
  readonly collection: Collection;
  readonly indices: ReadonlySet<number>;
}

export interface CommentInsertion extends OperationBase {
  readonly kind: 'comment';
  readonly slot: Slot;
  readonly text: string | Text;
}

/** An edit with its place among those that insert at the same offset: from the highest rank to the lowest. */
export interface RankedEdit extends TextEdit {
  /** For lines after something, the column at which they stand: what is inside comes before what is outside. */
  readonly rank: number;
}

/** Ranks of lines before something: they follow all that ends there. */
export const rankBefore = -1;

/** A comment stands right above its entry, under all else. */
export const rankOfComment = -2;
