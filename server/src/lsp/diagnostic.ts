import { DiagnosticSeverity, type Diagnostic, type Range } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { configRule, securityHubControl } from '../aws/control.ts';
import type { Finding, FindingCode, Severity } from '../coverage/model.ts';
import type { Standard } from '../coverage/policy.ts';
import type { Span } from '../template/syntax.ts';
import { projectFileProblemCode } from '../workspace/project-file.ts';
import type { SettingsProblem } from '../workspace/settings-reader.ts';
import type { ClientProfile } from './client-profile.ts';
import { diagnosticSource } from './names.ts';
import type { Locate } from './related-locations.ts';

/** What a diagnostic carries for the quick fixes; a client gives it back with a code action request. */
interface DiagnosticData {
  /** Raised when the meaning of a member changes, not when one is added. */
  readonly version: 1;
  readonly code: FindingCode;
  readonly logicalId: string;
}

const templateReference = 'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference';
const flowLogReference = `${templateReference}/aws-resource-ec2-flowlog.html`;

/** AWS's page on what a finding is about; none for what is ours alone. */
const documentation: Record<FindingCode, string | undefined> = {
  'vpc-no-flow-log': securityHubControl.url,
  'vpc-flow-log-accept-only': securityHubControl.url,
  'vpc-flow-log-conditional': securityHubControl.url,
  'vpc-flow-log-unknown': securityHubControl.url,
  'flow-log-target-invalid': flowLogReference,
  'flow-log-property-invalid': flowLogReference,
  'flow-log-delivery-denied': flowLogReference,
  'log-group-no-retention': `${templateReference}/aws-resource-logs-loggroup.html`,
  'suppression-unused': undefined,
  'suppression-misspelled': undefined,
};

function documentationOf(code: FindingCode, standard: Standard): string | undefined {
  const page = documentation[code];
  return page === securityHubControl.url && standard === 'config-rule' ? configRule.url : page;
}

const severities: Record<Severity, DiagnosticSeverity> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

/** Says a finding in the words of the protocol, leaving out what the client cannot take. */
export function toDiagnostic(
  finding: Finding,
  document: TextDocument,
  client: ClientProfile,
  { standard, locate }: { readonly standard: Standard; readonly locate: Locate },
): Diagnostic {
  const diagnostic: Diagnostic = {
    range: toRange(finding.span, document),
    severity: severities[finding.severity],
    code: finding.code,
    source: diagnosticSource,
    message: finding.message,
  };
  const href = documentationOf(finding.code, standard);
  if (client.codeDescription && href !== undefined) diagnostic.codeDescription = { href };
  if (client.relatedInformation && finding.related.length > 0) {
    diagnostic.relatedInformation = finding.related.flatMap(({ message, file, span }) => {
      const location =
        file === undefined ? { uri: document.uri, range: toRange(span, document) } : locate(file, span);
      return location === undefined ? [] : [{ message, location }];
    });
  }
  if (client.diagnosticData) {
    diagnostic.data = {
      version: 1,
      code: finding.code,
      logicalId: finding.logicalId,
    } satisfies DiagnosticData;
  }
  return diagnostic;
}

/** Says what is wrong in a project file. */
export function toProjectFileDiagnostic(
  { message, span }: SettingsProblem,
  document: TextDocument,
): Diagnostic {
  return {
    range: toRange(span, document),
    severity: DiagnosticSeverity.Error,
    code: projectFileProblemCode,
    source: diagnosticSource,
    message,
  };
}

export function toRange(span: Span, document: TextDocument): Range {
  return { start: document.positionAt(span.start), end: document.positionAt(span.end) };
}
