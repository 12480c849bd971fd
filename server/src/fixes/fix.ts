import type { Template } from '../template/model.ts';
import type { Change } from './writer/changes.ts';
import type { TextEdit } from './writer/edits.ts';
import type { NameGiver } from './names.ts';
import type { FlowLogOptions } from './options.ts';
import { isPath, type Path, type Refused, type Outline } from './writer/written-template.ts';

/** What a fix is made from. */
export interface FixContext {
  readonly text: string;
  /** The analysis of that text. */
  readonly template: Template;
  readonly options: FlowLogOptions;
}

/** Something that can be done about a finding. */
export interface Fix {
  /** Stable, such as `add-flow-log-s3:new-bucket`; unique among the fixes of one finding. */
  readonly id: string;
  readonly title: string;
  /** Whether it is the one that fits best. */
  readonly isPreferred: boolean;
}

/** The edits of a fix, in the order of the text, or why there are none. */
export type FixEdit = { readonly kind: 'edit'; readonly edits: readonly TextEdit[] } | Refused;

/** A fix that can be had, with what it would change. */
export interface Offer {
  /** See {@link Fix}. */
  readonly id: string;
  readonly title: string;
  /** Called only when the fix is chosen. */
  readonly plan: Plan;
}

/** What a fix changes. New names come from `names`, so that no two fixes of one edit take the same. */
export type Plan = (written: Outline, names: NameGiver) => readonly Change[] | Refused;

/** Tells changes from the reason why there are none. */
export function isPlanned(changes: readonly Change[] | Refused): changes is readonly Change[] {
  return Array.isArray(changes);
}

/** Changes at a place, or why that place cannot be edited. */
export function changesAt(
  place: Path | Refused,
  changes: (path: Path) => readonly Change[],
): readonly Change[] | Refused {
  return isPath(place) ? changes(place) : place;
}
