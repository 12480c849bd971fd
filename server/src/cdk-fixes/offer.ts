import { t } from '@vscode/l10n';
import { applyEdits, type TextEdit } from '../fixes/writer/edits.ts';
import type { Dialect, Spelling } from './dialect.ts';
import type { Found } from './find-construct.ts';
import { namesLike, type Binding } from './imports.ts';
import { errorCount, isHalfTyped, type SourceText } from './source-text.ts';
import { styleOf } from './style.ts';

/** Why source code cannot be edited, as a sentence for the user. */
export interface Refused {
  readonly kind: 'refused';
  readonly why: string;
}

/** The edits of a fix, in the order of the text, or why there are none. */
export type SourceEdit = { readonly kind: 'edit'; readonly edits: readonly TextEdit[] } | Refused;

/** A fix of source code. */
export interface SourceFix {
  /** Stable, such as `add-flow-log-s3:new-bucket`; unique among the fixes of one finding. */
  readonly id: string;
  readonly title: string;
  readonly isPreferred: boolean;
  /** Made when the fix is chosen. */
  readonly edits: () => SourceEdit;
}

/** A fix that can be had. */
export interface Offer {
  readonly id: string;
  readonly title: string;
  /** The edits beside those of imports, in any order. */
  readonly plan: (spelling: Spelling) => readonly TextEdit[] | Refused;
}

/** A construct of a file, and how to read and write the file. */
export interface Subject {
  readonly source: SourceText;
  readonly dialect: Dialect;
  readonly bindings: readonly Binding[];
  readonly found: Found;
}

export function refused(why: string): Refused {
  return { kind: 'refused', why };
}

export function isRefused(result: object): result is Refused {
  return 'kind' in result && result.kind === 'refused';
}

/** The edits of an offer with its imports, if the text parses as well after them as before. */
export function editsOf(offer: Offer, { source, dialect, bindings, found }: Subject): SourceEdit {
  if (isHalfTyped(found.candidate.node)) return refused(t('The call is not complete; correct it first.'));
  const style = styleOf(source, dialect.defaults);
  const names = namesLike(found.reference, bindings, source, style, dialect.imports);
  const planned = offer.plan({ style, nameOf: (module, member) => names.of(module, member) });
  if (isRefused(planned)) return planned;
  const edits = [...names.edits(), ...planned].toSorted((one, other) => one.span.start - other.span.start);
  const after = dialect.parser.parse(applyEdits(source.text, edits));
  return errorCount(after) > errorCount(source.tree)
    ? refused(t('The code around is laid out in a way that cannot be edited safely.'))
    : { kind: 'edit', edits };
}
