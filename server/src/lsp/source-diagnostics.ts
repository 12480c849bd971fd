import { t } from '@vscode/l10n';
import type { Diagnostic } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { SourceFinding, SourceFindings } from '../cdk/source-findings.ts';
import type { RelatedPlace } from '../coverage/model.ts';
import type { ClientProfile } from './client-profile.ts';
import { toDiagnostic } from './diagnostic.ts';
import type { DocumentChecks } from './document-checks.ts';
import { fileOf } from './files.ts';
import type { Inspect } from './inspection.ts';
import type { Locate } from './related-locations.ts';
import type { SettingsStore } from './settings-store.ts';
import type { Settings } from './settings.ts';

/**
 * The findings that come from an open source file, as its settings say, once the folders have been read.
 *
 * @returns none where the checks are turned off; undefined where the answer had become stale
 */
export type CurrentSourceFindings = (
  document: TextDocument,
  isStale: () => boolean,
) => Promise<{ readonly findings: readonly SourceFinding[]; readonly settings: Settings } | undefined>;

export interface SourceFindingParts {
  readonly settings: SettingsStore;
  readonly checks: DocumentChecks;
  readonly findings: SourceFindings;
  readonly foldersRead: () => Promise<void>;
}

export function createCurrentSourceFindings({
  settings: store,
  checks,
  findings,
  foldersRead,
}: SourceFindingParts): CurrentSourceFindings {
  return async (document, isStale) => {
    const settings = await store.of(document.uri);
    // A cancellation or newer version that already waits is read before time goes into this one.
    await new Promise(setImmediate);
    if (isStale()) return undefined;
    if (!settings.enable) return { findings: [], settings };
    checks.setPolicy({ standard: settings.standard, severities: settings.severity });
    await foldersRead();
    if (isStale()) return undefined;
    return { findings: await findings.findingsIn(fileOf(document.uri), document.getText()), settings };
  };
}

/** Looks at a source document: its findings in the words of the protocol. */
export function createSourceInspect(
  client: ClientProfile,
  currentFindings: CurrentSourceFindings,
  locate: Locate,
): Inspect {
  return async (document, isStale) => {
    const current = await currentFindings(document, isStale);
    if (current === undefined) return undefined;
    const { standard } = current.settings;
    return current.findings.map((finding) =>
      toSourceDiagnostic(finding, document, client, { standard, locate }),
    );
  };
}

function toSourceDiagnostic(
  finding: SourceFinding,
  document: TextDocument,
  client: ClientProfile,
  manner: Parameters<typeof toDiagnostic>[3],
): Diagnostic {
  const { code, severity, message, expression, instances, kind } = finding;
  const { span } = expression;
  const logicalId = instances[0]?.logicalId ?? '';
  const related = relatedPlaces(finding);
  const diagnostic = toDiagnostic(
    { code, severity, message, logicalId, span, related },
    document,
    client,
    manner,
  );
  if (client.diagnosticData) {
    const paths = instances.map(({ constructPath }) => constructPath);
    diagnostic.data = { ...(diagnostic.data as object), construct: kind, paths };
  }
  return diagnostic;
}

/** More places than a reader looks at. */
const mostInstances = 10;

/** Each resource in its template, with what its finding there points at. */
function relatedPlaces({ instances }: SourceFinding): readonly RelatedPlace[] {
  return instances
    .slice(0, mostInstances)
    .flatMap(({ constructPath, stack, template, span, related }) => [
      { message: t('{0} in stack {1}', constructPath, stack), file: template, span },
      ...related,
    ]);
}
