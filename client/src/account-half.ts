import { Disposable, workspace, type ExtensionContext, type LogOutputChannel } from 'vscode';
import type { AccountParts } from './account-parts.ts';
import { loadAws } from './aws/load.ts';
import type { Vpc } from './aws/model.ts';
import { registerChooseProfile } from './commands/choose-profile.ts';
import { registerCopyArn } from './commands/copy-arn.ts';
import { registerCopyCreateCommand } from './commands/copy-create-command.ts';
import { registerCopyId } from './commands/copy-id.ts';
import { registerDeleteFlowLog } from './commands/delete-flow-log.ts';
import { registerEnableFlowLogs } from './commands/enable-flow-logs.ts';
import { registerFilterVpcs } from './commands/filter-vpcs.ts';
import { registerFindVpc } from './commands/find-vpc.ts';
import { registerOpenInConsole } from './commands/open-in-console.ts';
import { registerOpenRecords } from './commands/open-records.ts';
import { registerRefreshAccount } from './commands/refresh-account.ts';
import { registerRefreshNode } from './commands/refresh-node.ts';
import { registerRetryEnabling } from './commands/retry-enabling.ts';
import { registerShowAccount } from './commands/show-account.ts';
import { registerShowInTemplate } from './commands/show-in-template.ts';
import { registerSignIn } from './commands/sign-in.ts';
import { registerStopLoading } from './commands/stop-loading.ts';
import { registerUndoEnabling } from './commands/undo-enabling.ts';
import { EnablingFlow } from './enabling/enabling-flow.ts';
import { rememberedAnswers } from './enabling/remembered-answers.ts';
import { AccountMemory } from './explorer/account-memory.ts';
import { AccountSession } from './explorer/account-session.ts';
import { AccountView } from './explorer/account-view.ts';
import { AccountStore } from './explorer/model/account-store.ts';
import { regionsToRead } from './explorer/region-filter.ts';
import type { LanguageServer } from './language/language-server.ts';
import { showInTemplate } from './language/template-place.ts';
import { showProgress } from './ui/progress.ts';
import { quickInputPrompts } from './ui/quick-input.ts';
import { createVirtualDocuments } from './ui/virtual-documents.ts';

/** What the extension does for the account: its view and its commands. Nothing of AWS is loaded before it is shown. */
export function activateAccountHalf(
  { workspaceState }: Pick<ExtensionContext, 'workspaceState'>,
  server: LanguageServer,
  log: LogOutputChannel,
): Disposable {
  const prompts = quickInputPrompts;
  const documents = createVirtualDocuments();
  const memory = new AccountMemory(workspaceState);
  const store = new AccountStore(loadAws, regionsToRead);
  const session = new AccountSession(store, memory, prompts, showProgress);
  const view = new AccountView(
    store,
    memory,
    (text) => log.error(text),
    () => void session.openRemembered(),
  );
  const showVpc = (vpc: Vpc): Promise<void> => showInTemplate(server, prompts, vpc.origin);
  const enabling = new EnablingFlow({
    store,
    loadAws,
    prompts,
    showProgress,
    showDocument: documents.show,
    shell: process.platform === 'win32' ? 'powershell' : 'posix',
    memory: rememberedAnswers(workspaceState),
    showInTemplate: showVpc,
  });
  const parts: AccountParts = { store, session, prompts, view, enabling, loadAws, showInTemplate: showVpc };
  return Disposable.from(
    documents,
    view,
    store,
    workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration('flowLogGuard.regions')) void store.refresh();
    }),
    ...[
      registerShowAccount,
      registerChooseProfile,
      registerSignIn,
      registerRefreshAccount,
      registerRefreshNode,
      registerStopLoading,
      registerFilterVpcs,
      registerFindVpc,
      registerEnableFlowLogs,
      registerUndoEnabling,
      registerRetryEnabling,
      registerDeleteFlowLog,
      registerCopyId,
      registerCopyArn,
      registerCopyCreateCommand,
      registerOpenInConsole,
      registerOpenRecords,
      registerShowInTemplate,
    ].map((register) => register(parts)),
  );
}
