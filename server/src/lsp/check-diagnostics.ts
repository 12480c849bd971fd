import type { Diagnostic } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { ClientProfile } from './client-profile.ts';
import type { WantedCheck } from './current-check.ts';
import { toDiagnostic, toProjectFileDiagnostic } from './diagnostic.ts';
import type { Locate } from './related-locations.ts';
import type { Settings } from './settings.ts';

/** The diagnostics that a check gives, of an open document or of a file on the disk. */
export type DiagnosticsOf = (check: WantedCheck, document: TextDocument, settings: Settings) => Diagnostic[];

export function createDiagnosticsOf(client: ClientProfile, locate: Locate): DiagnosticsOf {
  return (check, document, { standard }) => {
    if (check.kind === 'project-file') {
      return check.problems.map((problem) => toProjectFileDiagnostic(problem, document));
    }
    if (check.kind !== 'template') return [];
    return check.findings.map((finding) => toDiagnostic(finding, document, client, { standard, locate }));
  };
}
