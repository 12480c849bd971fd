import { t } from '@vscode/l10n';
import {
  MessageType,
  ShowMessageNotification,
  type Connection,
  type TextDocuments,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Finding } from '../coverage/model.ts';
import { fixFile } from '../fixes/fix-file.ts';
import { defaultDestination } from '../fixes/options.ts';
import type { WorkspaceFixReport } from '../protocol.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { ClientProfile } from './client-profile.ts';
import type { CommandHandler } from './commands.ts';
import { fileOf } from './files.ts';
import type { Log } from './log.ts';
import { optionsFor } from './template-at-hand.ts';
import { nextTurn, resultInTurns } from './turn.ts';
import type { CheckAll } from './workspace-checks.ts';
import { reviewedWorkspaceEdit, type DocumentEdits } from './workspace-edit.ts';

export interface WorkspaceFixParts {
  readonly connection: Pick<Connection, 'sendNotification' | 'window' | 'workspace'>;
  readonly client: ClientProfile;
  readonly documents: Pick<TextDocuments<TextDocument>, 'get'>;
  readonly workspace: Pick<Workspace, 'settingsFor' | 'templatesIn'>;
  readonly checkAll: CheckAll;
  readonly log: Log;
}

interface Planned {
  readonly files: readonly DocumentEdits[];
  readonly fixed: number;
  readonly left: WorkspaceFixReport['left'];
}

/** The command that fixes all templates of the workspace, open or not. */
export function workspaceFix(parts: WorkspaceFixParts): CommandHandler {
  const { connection, client, log } = parts;

  return async (_argument, token) => {
    const progress = client.workDoneProgress ? await connection.window.createWorkDoneProgress() : undefined;
    progress?.begin(t('Flow Log Guard: looking for what can be fixed'), 0, undefined, true);
    const isCancelled = (): boolean =>
      token.isCancellationRequested || progress?.token.isCancellationRequested === true;
    let planned: Planned | undefined;
    try {
      planned = await plan(parts, isCancelled, (percent, message) => progress?.report(percent, message));
    } finally {
      progress?.done();
    }
    const report = planned === undefined ? cancelled : await apply(planned, parts);
    for (const { uri, logicalId, why } of report.left)
      log.info(`Left as it is: ${uri}: ${logicalId}: ${why}`);
    if (!client.workspaceFix) {
      // Not awaited: a client that is gone has no use for it.
      connection
        .sendNotification(ShowMessageNotification.type, { type: MessageType.Info, message: describe(report) })
        .catch(() => undefined);
    }
    return report;
  };
}

const cancelled: WorkspaceFixReport = { outcome: 'cancelled', files: 0, fixed: 0, left: [] };

/** The edits for all files; undefined where the user did not want to wait for them. */
async function plan(
  { workspace, checkAll }: WorkspaceFixParts,
  isCancelled: () => boolean,
  report: (percent: number, message: string) => void,
): Promise<Planned | undefined> {
  const files: DocumentEdits[] = [];
  const left: WorkspaceFixReport['left'][number][] = [];
  let fixed = 0;
  for await (const { uri, version, document, check, settings, total, done } of checkAll(isCancelled)) {
    if (check.kind !== 'template' || check.findings.length === 0) continue;
    report(Math.floor(((done - 1) / total) * 100), uri.slice(uri.lastIndexOf('/') + 1));
    const file = fileOf(uri);
    const text = document.getText();
    const options = optionsFor(file, settings, workspace);
    const context = { text, templates: workspace.templatesIn(file), options };
    const fixes = fixFile(check.findings, context, options.destination ?? defaultDestination);
    const result = await resultInTurns(fixes, isCancelled);
    if (result === undefined) return undefined;
    left.push(
      ...result.left
        .filter(({ finding }) => isWorthTelling(finding))
        .map(({ finding, why }) => ({ uri, logicalId: finding.logicalId, why })),
    );
    if (result.edits.length > 0) {
      fixed += check.findings.length - result.left.length;
      // An open document may be changed before the edits are told in lines and columns.
      const asItIs = TextDocument.create(uri, '', 0, text);
      files.push({ document: asItIs, version: version ?? null, edits: result.edits });
    }
    // So that other requests, and the user's cancellation, are heard in between.
    await nextTurn();
  }
  return isCancelled() ? undefined : { files, fixed, left };
}

/** As on the command line. */
function isWorthTelling({ severity }: Finding): boolean {
  return severity === 'error' || severity === 'warning';
}

async function apply(
  { files, fixed, left }: Planned,
  { connection, client, documents }: WorkspaceFixParts,
): Promise<WorkspaceFixReport> {
  if (files.length === 0) return { outcome: 'nothing', files: 0, fixed: 0, left };
  const label = t('Fix {0} of Flow Log Guard in {1}', findings(fixed), inFiles(files.length));
  const { applied } = await connection.workspace.applyEdit({
    label,
    edit: reviewedWorkspaceEdit(files, client, label),
  });
  const isOutdated = files.some(
    ({ document, version }) => version !== null && documents.get(document.uri)?.version !== version,
  );
  const refused = isOutdated ? 'outdated' : 'discarded';
  return { outcome: applied ? 'applied' : refused, files: files.length, fixed, left };
}

function describe({ outcome, files, fixed, left }: WorkspaceFixReport): string {
  switch (outcome) {
    case 'applied':
      return withLeft(
        t('Made the selected changes, of fixes for {0} in {1}.', findings(fixed), inFiles(files)),
        left.length,
      );
    case 'discarded':
      return t('Nothing was changed.');
    case 'outdated':
      return t('A template was changed meanwhile, so nothing was fixed; try again.');
    case 'nothing':
      return withLeft(t('There was nothing to fix.'), left.length);
    case 'cancelled':
      return t('Cancelled; nothing was changed.');
  }
}

/** Two sentences: the second says how many findings stay, where some do. */
function withLeft(sentence: string, left: number): string {
  return left === 0 ? sentence : `${sentence} ${t('{0} cannot be fixed; the log says why.', findings(left))}`;
}

function findings(count: number): string {
  return count === 1 ? t('1 finding') : t('{0} findings', count);
}

function inFiles(count: number): string {
  return count === 1 ? t('1 file') : t('{0} files', count);
}
