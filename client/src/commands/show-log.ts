import { commands, type Disposable, type LogOutputChannel } from 'vscode';

export const showLogCommand = 'flowLogGuard.showLog';

export function registerShowLog(log: LogOutputChannel): Disposable {
  return commands.registerCommand(showLogCommand, () => log.show());
}
