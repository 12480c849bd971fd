import type { Span } from '../../template/syntax.ts';
import type { Resource } from '../../template/model.ts';
import type { FindingCode, Suppression } from '../model.ts';

/** A suppression as it is written, before it is known whether there is anything for it to silence. */
export interface Declaration extends Suppression {
  /** The resource that it is on or above, empty where there is none. */
  readonly logicalId: string;
  readonly codes: ReadonlySet<FindingCode>;
  /** Whether it is about flow logs and nothing else, so that it is a leftover where it silences nothing. */
  readonly isSpecific: boolean;
  /** The resources that it is about; declarations of the same place have the same array. */
  readonly resources: readonly Resource[];
  /** Where a line begins of which it silences every finding, whatever resource that is about. */
  readonly line?: number;
  /** Why it silences nothing where it is about no resource. */
  readonly whyIdle: string;
}

/** Something that was surely meant as a suppression, but that no tool reads as one. */
export interface Misspelling {
  readonly span: Span;
  readonly message: string;
  /** The resource that it is on or above, empty where there is none. */
  readonly logicalId: string;
}

export interface Declarations {
  readonly declarations: readonly Declaration[];
  readonly misspellings: readonly Misspelling[];
}
