import { commands, l10n, ProgressLocation, window, type Disposable } from 'vscode';
import { templateCountsInWords, countTemplates } from '../explorer/template-counts.ts';
import type { Templates } from '../explorer/templates.ts';
import type { CheckListeners, WorkspaceProblems } from '../language/workspace-problems.ts';

export const checkWorkspaceCommand = 'flowLogGuard.checkWorkspace';

/** Checks every template of the workspace into the Problems view, with progress and cancel. */
export function registerCheckWorkspace(
  problems: Pick<WorkspaceProblems, 'check'>,
  templates: Pick<Templates, 'all' | 'load'>,
): Disposable {
  return commands.registerCommand(checkWorkspaceCommand, async () => {
    const isDone = await window.withProgress(
      { location: ProgressLocation.Notification, title: l10n.t('Checking templates'), cancellable: true },
      async (progress, token) => {
        try {
          let shown = 0;
          const on: CheckListeners = {
            reported: (files) => progress.report({ message: l10n.t('files with findings: {0}', files) }),
            percentage: (percentage) => {
              progress.report({ increment: percentage - shown });
              shown = percentage;
            },
          };
          if (!(await problems.check(token, on))) return false;
          await templates.load();
          return true;
        } catch (error) {
          // What was found until then stays.
          if (token.isCancellationRequested) return false;
          throw error;
        }
      },
    );
    if (isDone) await tellResult(templates);
  });
}

async function tellResult({ all = [] }: Pick<Templates, 'all'>): Promise<void> {
  const showProblems = l10n.t('Show Problems');
  const counts = countTemplates(all);
  const message =
    all.length === 0
      ? l10n.t('No template of this workspace has a VPC.')
      : l10n.t('VPCs in templates: {0}', templateCountsInWords(counts));
  const actions = all.length === 0 ? [] : [showProblems];
  if ((await window.showInformationMessage(message, ...actions)) === showProblems) {
    await commands.executeCommand('workbench.actions.view.problems');
  }
}
