import type { PiecedText } from '../../template/pieces/pieced-text.ts';
import type { Change } from './changes.ts';
import { editTemplate, type Edited } from './edit-template.ts';
import { editInPieces, openInPieces } from './pieced-template.ts';
import { broken, openTemplate, type Outline, type Refused, type WholeTemplate } from './written-template.ts';

/** A template that is edited in pieces, or as a whole where that must be read to tell whether it can be done. */
export interface Editor {
  readonly kind: 'editor';
  readonly outline: Outline;
  readonly edit: (changes: readonly Change[]) => Edited | Refused;
}

/**
 * Opens the template of a text for editing.
 *
 * @param pieced The text in pieces, where it is at hand so.
 * @param offset Any place in the document that is meant; a YAML text may hold several.
 */
export function openEditor(text: string, pieced: PiecedText | undefined, offset: number): Editor | Refused {
  // To read the whole would tell the same.
  if (pieced?.text === text && pieced.document.problems.length > 0) return broken();
  const inPieces = openInPieces(text, pieced);
  let whole: WholeTemplate | Refused | undefined;
  const opened = (): WholeTemplate | Refused => {
    whole ??= openTemplate(text, offset);
    return whole;
  };
  const edit = (changes: readonly Change[]): Edited | Refused => {
    const edited = inPieces && editInPieces(inPieces, changes);
    if (edited !== undefined) return edited;
    const template = opened();
    return template.kind === 'refused' ? template : editTemplate(template, changes);
  };
  if (inPieces !== undefined) return { kind: 'editor', outline: inPieces, edit };
  const template = opened();
  return template.kind === 'refused' ? template : { kind: 'editor', outline: template, edit };
}
