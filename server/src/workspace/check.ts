import type { Assessment } from '../coverage/model.ts';

/**
 * What became of one file.
 * - `not-a-template`: no CloudFormation, nothing to say.
 * - `unreadable`: it was meant as a template, but cannot be read or is too large; `message` says why.
 * - `template`: assessed; `problems` holds what the reader could not make sense of (data, not exceptions).
 */
export type FileCheck =
  | { readonly kind: 'not-a-template' }
  | { readonly kind: 'unreadable'; readonly message: string }
  | ({ readonly kind: 'template'; readonly problems: readonly string[] } & Assessment);

/** Checks the text of one file, wherever it came from. Never throws. */
export function checkText(_text: string): FileCheck {
  return { kind: 'not-a-template' };
}
