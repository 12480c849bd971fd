import { CodeActionKind } from 'vscode-languageserver';

/** The `source` of all our diagnostics. */
export const diagnosticSource = 'flow-log-guard';

/** Fixes all of a file, also on save. */
export const fixAllKind = `${CodeActionKind.SourceFixAll}.flowLogGuard`;

/** The kinds that the server gives, for its capabilities. */
export const codeActionKinds = [CodeActionKind.QuickFix, fixAllKind];

/** Makes the fix that fits best; its argument is what a code action for the finding would carry. */
export const applyFixCommand = 'flowLogGuard.server.applyFix';

/** Shows the first of some places. */
export const revealCommand = 'flowLogGuard.server.reveal';
