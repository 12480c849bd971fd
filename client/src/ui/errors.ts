import { l10n, window, type LogOutputChannel } from 'vscode';

/** One message for the user, with a way to the log, where the reason stands. */
export async function showErrorWithLog(message: string, log: LogOutputChannel): Promise<void> {
  const showLog = l10n.t('Show Log');
  if ((await window.showErrorMessage(message, showLog)) === showLog) log.show();
}
