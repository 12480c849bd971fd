import { Disposable, type LogOutputChannel } from 'vscode';
import { registerCheckWorkspace } from './commands/check-workspace.ts';
import { registerFixWorkspace } from './commands/fix-workspace.ts';
import { registerRestartServer } from './commands/restart-server.ts';
import { registerShowLog } from './commands/show-log.ts';
import { Templates } from './explorer/templates.ts';
import { createTemplatesView } from './explorer/templates-view.ts';
import type { LanguageServer } from './language/language-server.ts';
import { registerRevealPlaces } from './language/reveal-places.ts';
import { startWhenNeeded } from './language/start-when-needed.ts';
import { createStatusItem } from './language/status-item.ts';
import { WorkspaceProblems } from './language/workspace-problems.ts';
import { createWorkspaceStatus } from './language/workspace-status.ts';

/** What the extension does for templates, on every platform. */
export function activateLanguageHalf(server: LanguageServer, log: LogOutputChannel): Disposable {
  const templates = new Templates(server);
  const problems = new WorkspaceProblems(server);
  return Disposable.from(
    templates,
    problems,
    createStatusItem(server),
    createWorkspaceStatus(templates),
    createTemplatesView(templates),
    registerCheckWorkspace(problems, templates),
    registerFixWorkspace(server, log),
    registerRestartServer(server),
    registerRevealPlaces(),
    registerShowLog(log),
    startWhenNeeded(server),
  );
}
