import { commands, l10n, Uri, window, workspace, type Disposable } from 'vscode';
import { runCdkSynthCommand } from '../../../server/src/protocol.ts';
import { showCdkApplications } from '../ui/cdk-applications.ts';

const terminalName = 'cdk synth';

/** The command that synthesises a CDK application, in a terminal where the user sees what it does. */
export function registerRunCdkSynth(): Disposable {
  return commands.registerCommand(runCdkSynthCommand, async (folder?: unknown) => {
    // What is synthesised is run; a workspace that is not trusted runs nothing.
    if (!workspace.isTrusted) {
      const manage = l10n.t('Manage Workspace Trust');
      const message = l10n.t('Synthesis runs code of this workspace, which is not trusted.');
      if ((await window.showWarningMessage(message, manage)) === manage) {
        await commands.executeCommand('workbench.trust.manage');
      }
      return;
    }
    const application = typeof folder === 'string' ? Uri.parse(folder, true) : await showCdkApplications();
    if (application !== undefined) synthesise(application);
  });
}

function synthesise(application: Uri): void {
  const command = workspace
    .getConfiguration('flowLogGuard', application)
    .get<string>('cdk.synthCommand', 'npx cdk synth --quiet');
  const known = window.terminals.find(
    ({ name, creationOptions, exitStatus }) =>
      name === terminalName &&
      exitStatus === undefined &&
      'cwd' in creationOptions &&
      creationOptions.cwd?.toString() === application.toString(),
  );
  const terminal = known ?? window.createTerminal({ name: terminalName, cwd: application });
  terminal.show(true);
  terminal.sendText(command);
}
