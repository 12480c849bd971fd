import type { Finding } from '../../server/src/coverage/model.ts';
import type { FixContext } from '../../server/src/fixes/fix.ts';
import type { FlowLogOptions } from '../../server/src/fixes/options.ts';
import { checkText } from '../../server/src/workspace/check.ts';
import { Workspace } from '../../server/src/workspace/workspace.ts';

/** The findings of a text that is a template. */
export function findingsIn(text: string): readonly Finding[] {
  const check = checkText(text);
  if (check.kind !== 'template') throw new Error(`The text is ${check.kind}`);
  return check.findings;
}

/** What a fix of a text is made from. */
export function contextOf(text: string, options: FlowLogOptions = {}, file = ''): FixContext {
  const workspace = new Workspace();
  workspace.openDocument(file, text);
  const [template] = workspace.templatesIn(file);
  if (template === undefined) throw new Error('The text is no template');
  return { text, template, options };
}
