import type { Span } from '../../template/syntax.ts';
import type { Block } from '../prose.ts';

/** Something that a user may want to write where the cursor is. */
export interface Completion {
  readonly label: string;
  readonly kind: 'property' | 'value' | 'reference' | 'field' | 'snippet';
  /** A few words behind the label. */
  readonly detail?: string;
  readonly documentation?: readonly Block[];
  /** What it replaces. */
  readonly span: Span;
  /** Where it is a `snippet`: in LSP's syntax for snippets, indented as if it stood at the left margin. */
  readonly newText: string;
  /** What the client compares with what stands in `span`; the label where it is left out. */
  readonly filterText?: string;
}

/** What other extensions of the same editor complete, so that nothing is offered twice. */
export interface OtherOffers {
  /** Properties of resources and their values, such as an extension with CloudFormation's schema gives. */
  readonly properties: boolean;
  /** The names that `Ref` and its like take. */
  readonly references: boolean;
  /** Keys of our project file, by its JSON schema. */
  readonly projectFile: boolean;
}

export const noOtherOffers: OtherOffers = { properties: false, references: false, projectFile: false };
