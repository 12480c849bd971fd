import { t } from '@vscode/l10n';
import type { ReadDocument } from '../../template/document.ts';
import type { Steps } from '../../template/steps.ts';
import { readTemplate } from '../../template/template.ts';
import type { Change } from './changes.ts';
import { dataOfNode, isSameData, type Data } from './data.ts';
import { applyEdits, type TextEdit } from './edits.ts';
import { applyToData } from './expected-data.ts';
import { tooLarge } from './limits.ts';
import { learnStyle } from './style.ts';
import { areEdits, writeChanges } from './write-changes.ts';
import { readDocumentsOrNone, refused, type Refused, type WholeTemplate } from './written-template.ts';

/** Edits that change a template as wished, and the text that they lead to. */
export interface Edited {
  readonly kind: 'edited';
  /** In the order of the text, at most one at each place. */
  readonly edits: readonly TextEdit[];
  readonly text: string;
}

/**
 * Writes changes into a template in the style of its author, and leaves every other byte as it is.
 *
 * What is written is read again: where it does not say exactly what the template said before with the changes
 * made, the edit is refused. So is one that would grow the template beyond what CloudFormation takes.
 */
export function* editTemplate(template: WholeTemplate, changes: readonly Change[]): Steps<Edited | Refused> {
  yield* learnStyle(template);
  const edits = writeChanges(template, changes);
  if (!areEdits(edits)) return edits;
  const text = applyEdits(template.text, edits);
  yield;
  return (yield* problemOf(template, changes, text)) ?? { kind: 'edited', edits, text };
}

/** Why a new text is not handed out. */
function* problemOf(
  template: WholeTemplate,
  changes: readonly Change[],
  text: string,
): Steps<Refused | undefined> {
  const { documents, documentIndex } = template;
  const after = yield* readDocumentsOrNone(text);
  let isIntact = after.length === documents.length && after.every(({ problems }) => problems.length === 0);
  for (const [index, { root }] of documents.entries()) {
    if (!isIntact) break;
    const expected: Data = root === undefined ? null : dataOfNode(root);
    if (index === documentIndex && expected instanceof Map) applyToData(expected, changes);
    yield;
    const found = after[index]?.root;
    isIntact = isSameData(found === undefined ? null : dataOfNode(found), expected);
    yield;
  }
  if (!isIntact) return refused(unsafeReason(template));
  return tooLarge(
    { text: template.text, resources: resourcesIn(documents[documentIndex]) },
    { text, resources: resourcesIn(after[documentIndex]) },
  );
}

function resourcesIn(document: ReadDocument | undefined): number {
  return document === undefined ? 0 : (readTemplate(document)?.resources.size ?? 0);
}

function unsafeReason({ tokens }: WholeTemplate): string {
  return tokens.some(({ kind }) => kind === 'alias')
    ? t('This part of the template is shared through an anchor; the edit would change more than is meant.')
    : t('This part of the template is written in a way that is not edited safely.');
}
