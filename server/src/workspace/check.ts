import type { FileCheck } from './file-check.ts';
import { Workspace } from './workspace.ts';

/** Checks a text on its own, wherever it came from. Never throws. */
export function checkText(text: string): FileCheck {
  const workspace = new Workspace();
  workspace.openDocument('', text);
  return workspace.check('');
}
