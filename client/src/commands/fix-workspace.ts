import { commands, l10n, window, type Disposable, type LogOutputChannel } from 'vscode';
import {
  fixWorkspaceCommand as serverCommand,
  type WorkspaceFixReport,
} from '../../../server/src/protocol.ts';
import type { LanguageServer } from '../language/language-server.ts';
import { showErrorWithLog } from '../ui/errors.ts';

const fixWorkspaceCommand = 'flowLogGuard.fixWorkspace';

/** Fixes every template of the workspace. The server computes the edits, VS Code shows them first. */
export function registerFixWorkspace(server: LanguageServer, log: LogOutputChannel): Disposable {
  return commands.registerCommand(fixWorkspaceCommand, async () => {
    let report: WorkspaceFixReport | undefined;
    try {
      report = await server.request<WorkspaceFixReport>('workspace/executeCommand', {
        command: serverCommand,
      });
    } catch (error) {
      log.error(String(error));
      void showErrorWithLog(l10n.t('The templates could not be fixed.'), log);
      return undefined;
    }
    // Whoever cancels or discards knows what has become of it.
    if (report !== undefined && report.outcome !== 'discarded' && report.outcome !== 'cancelled') {
      void tell(report, log);
    }
    return report;
  });
}

async function tell(report: WorkspaceFixReport, log: LogOutputChannel): Promise<void> {
  const showLog = l10n.t('Show Log');
  const { left } = report;
  if (left.length === 0) {
    void window.showInformationMessage(describe(report));
    return;
  }
  const message = l10n.t(
    '{0} {1} cannot be fixed; the log says why.',
    describe(report),
    findings(left.length),
  );
  if ((await window.showWarningMessage(message, showLog)) === showLog) log.show();
}

function describe({ outcome, files, fixed }: WorkspaceFixReport): string {
  if (outcome === 'outdated') {
    return l10n.t('A template was changed meanwhile, so nothing was fixed. Try again.');
  }
  if (outcome === 'nothing') return l10n.t('There is nothing to fix in the templates of this workspace.');
  // Some may have been deselected.
  const inFiles = files === 1 ? l10n.t('1 file') : l10n.t('{0} files', files);
  return l10n.t('Made the selected changes, of fixes for {0} in {1}.', findings(fixed), inFiles);
}

function findings(count: number): string {
  return count === 1 ? l10n.t('1 finding') : l10n.t('{0} findings', count);
}
