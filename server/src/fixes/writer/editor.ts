import type { PiecedText } from '../../template/pieces/pieced-text.ts';
import type { Steps } from '../../template/steps.ts';
import type { Change } from './changes.ts';
import { editTemplate, type Edited } from './edit-template.ts';
import { editInPieces, openInPieces } from './pieced-template.ts';
import { broken, openTemplate, type Outline, type Refused, type WholeTemplate } from './written-template.ts';

/** A template that is edited in pieces, or as a whole where that must be read to tell whether it can be done. */
export interface Editor {
  readonly kind: 'editor';
  readonly outline: Outline;
  readonly edit: (changes: readonly Change[]) => Steps<Edited | Refused>;
}

/**
 * Opens the template of a text for editing.
 *
 * @param pieced The text in pieces, where it is at hand so.
 * @param offset Any place in the document that is meant; a YAML text may hold several.
 */
export function* openEditor(
  text: string,
  pieced: PiecedText | undefined,
  offset: number,
): Steps<Editor | Refused> {
  // To read the whole would tell the same.
  if (pieced?.text === text && pieced.document.problems.length > 0) return broken();
  const inPieces = openInPieces(text, pieced);
  let whole: WholeTemplate | Refused | undefined;
  function* opened(): Steps<WholeTemplate | Refused> {
    whole ??= yield* openTemplate(text, offset);
    return whole;
  }
  function* edit(changes: readonly Change[]): Steps<Edited | Refused> {
    const edited = inPieces && editInPieces(inPieces, changes);
    if (edited !== undefined) return edited;
    const template = yield* opened();
    return template.kind === 'refused' ? template : yield* editTemplate(template, changes);
  }
  if (inPieces !== undefined) return { kind: 'editor', outline: inPieces, edit };
  const template = yield* opened();
  return template.kind === 'refused' ? template : { kind: 'editor', outline: template, edit };
}
