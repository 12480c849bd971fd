import type { Change } from '../../server/src/fixes/writer/changes.ts';
import { editTemplate, type Edited } from '../../server/src/fixes/writer/edit-template.ts';
import { openTemplate } from '../../server/src/fixes/writer/written-template.ts';
import { toEnd } from '../../server/src/template/steps.ts';

/** What an edit leads to; throws where it is refused. */
export function edit(text: string, changes: readonly Change[]): Edited {
  const template = toEnd(openTemplate(text));
  const result = template.kind === 'refused' ? template : toEnd(editTemplate(template, changes));
  if (result.kind === 'refused') throw new Error(`Refused: ${result.why}`);
  return result;
}

/** The text after an edit. */
export function edited(text: string, ...changes: readonly Change[]): string {
  return edit(text, changes).text;
}

/** Why an edit is refused; undefined where it is not. */
export function refusal(text: string, ...changes: readonly Change[]): string | undefined {
  const template = toEnd(openTemplate(text));
  const result = template.kind === 'refused' ? template : toEnd(editTemplate(template, changes));
  return result.kind === 'refused' ? result.why : undefined;
}

/** Lines of a text, so that their ends and their indentation can be seen in a test. */
export function lines(...text: readonly string[]): string {
  return text.map((line) => `${line}\n`).join('');
}
