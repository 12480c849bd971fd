import type { Fields, List, Text, Value } from './values.ts';
import type { Path } from './written-template.ts';

/**
 * Something to be done to a template. All changes of one edit are told in terms of the template as it is
 * before: none sees what another adds.
 */
export type Change =
  AddResources | AddEntries | SetValue | ReplaceEntry | AppendItems | RemoveMember | CommentAbove;

/** Adds resources next to one that is there, in a loop to the body of that loop. */
interface AddResources {
  readonly kind: 'add-resources';
  /** Path of a resource. */
  readonly beside: Path;
  readonly side?: 'after' | 'before';
  /** Logical id → resource; its attributes are put in the order of the template. */
  readonly resources: Readonly<Record<string, Fields>>;
}

/**
 * Adds entries to a mapping, which is made where it is not there: at its end, but attributes of a resource and
 * sections of the template at their customary place. An entry of that name must not be there.
 */
interface AddEntries {
  readonly kind: 'add-entries';
  readonly to: Path;
  readonly entries: Fields;
}

/** Gives a value to an entry or item; the entry, and mappings on the way, are made where they are not there. */
interface SetValue {
  readonly kind: 'set';
  readonly at: Path;
  readonly value: Value;
}

/** Puts another entry in the place of one: its name, its value or both change. */
interface ReplaceEntry {
  readonly kind: 'replace-entry';
  readonly at: Path;
  readonly name: string;
  readonly value: Value;
}

/**
 * Adds items to the end of a list. A value that stands for a list of one, as in `Statement` or `DependsOn`,
 * becomes a list; where nothing is there, one is made, but a single `DependsOn` stands without one. Strings
 * that the list has are not added again.
 */
export interface AppendItems {
  readonly kind: 'append';
  readonly to: Path;
  readonly items: List;
}

/** Removes an entry or item. A mapping or list that loses its last stays as an empty one. */
interface RemoveMember {
  readonly kind: 'remove';
  readonly at: Path;
}

/** A comment on a line of its own, right above an entry. YAML only. */
interface CommentAbove {
  readonly kind: 'comment';
  readonly above: Path;
  /** Without the `#`; one line. */
  readonly text: string | Text;
}
