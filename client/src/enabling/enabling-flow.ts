import { commands, env, l10n, window } from 'vscode';
import type { Account } from '../aws/account.ts';
import { createFlowLogsCommands } from '../aws/create-command.ts';
import type { Shell } from '../aws/shell-quoting.ts';
import type { Aws } from '../aws/load.ts';
import type { Vpc } from '../aws/model.ts';
import type { AccountStore } from '../explorer/model/account-store.ts';
import { vpcTitle } from '../explorer/words.ts';
import type { ShowProgress } from '../ui/progress.ts';
import type { Prompts } from '../ui/prompts.ts';
import type { ShowDocument } from '../ui/virtual-documents.ts';
import { askPlan, createFlowLogs, enable, type EnablingAws, type EnablingParts } from './enable.ts';
import { EnablingRun, type Enabling } from './enabling-run.ts';
import { deletionInOneLine, isComplete, outcomeDocument, outcomeInOneLine } from './outcome-words.ts';

export interface FlowParts {
  readonly store: AccountStore;
  readonly loadAws: () => Promise<EnablingAws & Pick<Aws, 'undoEnabling'>>;
  readonly prompts: Prompts;
  readonly showProgress: ShowProgress;
  readonly showDocument: ShowDocument;
  readonly shell: Shell;
  readonly memory: EnablingParts['memory'];
  /** Leads to where the VPC stands in a template. */
  readonly showInTemplate: (vpc: Vpc) => Promise<void>;
}

/** Enabling flow logs from the first question to the undo, for the commands. */
export class EnablingFlow {
  readonly #parts: FlowParts;
  /** The latest, for the window's life: what the palette retries and undoes. */
  #latest: EnablingRun | undefined;

  constructor(parts: FlowParts) {
    this.#parts = parts;
  }

  /** Asks, creates, and tells what became of it. */
  async enable(vpcs: readonly Vpc[]): Promise<void> {
    const { account } = this.#parts.store;
    if (account === undefined) return;
    if (vpcs.length === 0) {
      void window.showInformationMessage(l10n.t('There is no VPC without a flow log to enable one on.'));
      return;
    }
    const chosen = await this.#withoutStacks(vpcs);
    if (chosen.length === 0) return;
    const enabling = await enable(await this.#enablingParts(account), chosen);
    if (enabling !== undefined) await this.#tell(new EnablingRun(enabling));
  }

  /** Asks as enabling does, and copies the commands that would create the flow logs. Calls nothing that changes. */
  async copyCommand(vpcs: readonly Vpc[]): Promise<void> {
    const { account } = this.#parts.store;
    if (account === undefined) return;
    const parts = await this.#enablingParts(account);
    const asked = await askPlan(parts, vpcs);
    if (asked === undefined) return;
    const { shell } = this.#parts;
    const { profile } = account;
    await env.clipboard.writeText(createFlowLogsCommands(asked.plan, { shell, profile }));
    void window.showInformationMessage(l10n.t('The command has been copied.'));
  }

  /** Tries again what failed or was not tried, as it was asked for. */
  async retry(run = this.#latest): Promise<void> {
    if (run === undefined || run.remaining.length === 0) {
      void window.showInformationMessage(l10n.t('There is nothing to try again.'));
      return;
    }
    const { last, remaining: vpcs } = run;
    const account = this.#sameAccount(last);
    if (account === undefined) return;
    run.goOn(await createFlowLogs(await this.#enablingParts(account), { ...last, vpcs }));
    await this.#tell(run);
  }

  /** Deletes exactly the flow logs that an enabling made, its retries included. */
  async undo(run = this.#latest): Promise<void> {
    if (run === undefined || run.made.length === 0) {
      void window.showInformationMessage(l10n.t('There is nothing to undo.'));
      return;
    }
    const { made } = run;
    const account = this.#sameAccount(run.last);
    if (account === undefined) return;
    const { undoEnabling } = await this.#parts.loadAws();
    const outcome = await this.#parts.showProgress({
      title: l10n.t('Deleting the flow logs that were just created'),
      run: (signal, report) =>
        undoEnabling(account, made, {
          signal,
          onProgress: ({ region, done, total }) =>
            report(l10n.t('{0}: {1} of {2}', region, done, total), total === 0 ? 1 : done / total),
        }),
    });
    const gone = new Set([...outcome.deleted, ...outcome.alreadyGone]);
    run.undone(made.filter(({ flowLogId }) => !gone.has(flowLogId)));
    this.#tellMenus();
    const regions = new Set(made.map(({ region }) => region));
    await Promise.all(Array.from(regions, (region) => this.#parts.store.refreshRegion(region)));
    const show = outcome.failed.length > 0 ? window.showWarningMessage : window.showInformationMessage;
    void show(deletionInOneLine(outcome));
  }

  async #enablingParts(account: Account): Promise<EnablingParts> {
    const { store, loadAws, ...others } = this.#parts;
    return {
      ...others,
      aws: await loadAws(),
      account,
      identity: await account.identity,
      showMessage: (text) => void window.showInformationMessage(text),
      setRegions: (regions) => store.setRegions(account, regions),
    };
  }

  /** The account as it is open now, where it is still the one of that enabling. */
  #sameAccount({ identity }: Enabling): Account | undefined {
    const { store } = this.#parts;
    const isSame =
      store.state.kind === 'open' &&
      store.state.identity.profile === identity.profile &&
      (store.state.identity.accountId ?? identity.accountId) === identity.accountId;
    if (isSame && store.account !== undefined) return store.account;
    void window.showWarningMessage(
      l10n.t(
        'That was in another account. Choose the profile {0} first.',
        identity.profile ?? identity.accountId ?? '',
      ),
    );
    return undefined;
  }

  /** A stack does not know of what is made beside it, so its template is the place. The user decides. */
  async #withoutStacks(vpcs: readonly Vpc[]): Promise<readonly Vpc[]> {
    const made = vpcs.filter(({ origin }) => origin !== undefined);
    const [first] = made;
    if (first === undefined) return vpcs;
    const others = vpcs.length - made.length;
    const choice = await this.#parts.prompts.confirm<'show' | 'all' | 'others'>({
      message:
        made.length === 1
          ? l10n.t('A CloudFormation stack made {0}.', vpcTitle(first))
          : l10n.t('CloudFormation stacks made {0} of the VPCs.', made.length),
      detail: [
        ...made
          .slice(0, 10)
          .map((vpc) => `${vpcTitle(vpc)}: ${vpc.origin?.stackName}/${vpc.origin?.logicalId}`),
        ...(made.length > 10 ? ['…'] : []),
        '',
        l10n.t(
          'The template is the place for its flow log: one that is created here is unknown to the stack, and missing wherever the template is deployed next. In the template a quick fix writes it.',
        ),
      ].join('\n'),
      isWarning: true,
      answers: [
        { label: l10n.t('Show in Template'), value: 'show' },
        { label: l10n.t('Enable Here'), value: 'all' },
        ...(others === 0 ? [] : [{ label: l10n.t('Leave Them Out'), value: 'others' as const }]),
      ],
    });
    switch (choice) {
      case 'show':
        await this.#parts.showInTemplate(first);
        return [];
      case 'all':
        return vpcs;
      case 'others':
        return vpcs.filter(({ origin }) => origin === undefined);
      case undefined:
        return [];
    }
  }

  /** Notifications stay, so that what a button does belongs to the enabling that its own tells of. */
  async #tell(run: EnablingRun): Promise<void> {
    this.#latest = run;
    this.#tellMenus();
    const { outcome, settings } = run.last;
    const retry = l10n.t('Retry Failed');
    const undo = l10n.t('Undo');
    const details = l10n.t('Details');
    const show = isComplete(outcome) ? window.showInformationMessage : window.showWarningMessage;
    const answer = await show(
      outcomeInOneLine(outcome),
      ...(run.remaining.length > 0 ? [retry] : []),
      details,
      ...(run.made.length > 0 ? [undo] : []),
    );
    if (answer === retry) await this.retry(run);
    if (answer === undo) await this.undo(run);
    if (answer === details) {
      await this.#parts.showDocument(
        l10n.t('Flow logs'),
        outcomeDocument(outcome, settings.destination.kind),
      );
    }
  }

  #tellMenus(): void {
    const { made = [], remaining = [] } = this.#latest ?? {};
    void commands.executeCommand('setContext', 'flowLogGuard.canUndo', made.length > 0);
    void commands.executeCommand('setContext', 'flowLogGuard.canRetry', remaining.length > 0);
  }
}
