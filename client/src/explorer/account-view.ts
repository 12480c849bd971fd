import { commands, Disposable, l10n, window, type TreeView } from 'vscode';
import type { Failure } from '../aws/model.ts';
import type { AccountMemory } from './account-memory.ts';
import { isReading, type AccountState } from './model/account-state.ts';
import type { AccountStore } from './model/account-store.ts';
import { countAccount } from './model/counts.ts';
import type { TreeNode } from './model/nodes.ts';
import { rootNodes, type Filters } from './model/tree.ts';
import { AccountTreeData } from './tree-data.ts';
import { accountTitle, failureInFull, failureInWords, profileTitle } from './words.ts';

const accountViewId = 'flowLogGuard.account';

/** The view *VPC Flow Logs*: the tree, what stands beside its name, and what stands there when it is empty. */
export class AccountView implements Disposable {
  readonly #store: AccountStore;
  readonly #memory: AccountMemory;
  readonly #data: AccountTreeData;
  readonly #view: TreeView<TreeNode>;
  readonly #listeners: Disposable;
  readonly #logFailure: (text: string) => void;
  #logged: Failure | undefined;
  #endProgress: (() => void) | undefined;
  #filters: Filters;

  /**
   * @param logFailure takes what AWS said, in full, where an account cannot be read
   * @param openRemembered called when the view is first shown and an account has been asked for before
   */
  constructor(
    store: AccountStore,
    memory: AccountMemory,
    logFailure: (text: string) => void,
    openRemembered: () => void,
  ) {
    this.#logFailure = logFailure;
    this.#store = store;
    this.#memory = memory;
    this.#filters = memory.filters;
    this.#data = new AccountTreeData(store, () => this.#filters);
    this.#view = window.createTreeView(accountViewId, {
      treeDataProvider: this.#data,
      canSelectMany: true,
      showCollapseAll: true,
    });
    const openWhenShown = (visible: boolean): void => {
      if (visible && store.state.kind === 'unasked' && memory.account !== undefined) openRemembered();
    };
    this.#listeners = Disposable.from(
      store.onDidChange(() => this.#update()),
      this.#view.onDidChangeVisibility(({ visible }) => openWhenShown(visible)),
    );
    openWhenShown(this.#view.visible);
    this.#update();
  }

  get selection(): readonly TreeNode[] {
    return this.#view.selection;
  }

  get filters(): Filters {
    return this.#filters;
  }

  async filter(filters: Filters): Promise<void> {
    this.#filters = filters;
    this.#update();
    await this.#memory.rememberFilters(filters);
  }

  /** Shows the view and, in it, a node. */
  async reveal(node: TreeNode): Promise<void> {
    // VS Code looks for it in the tree as it was drawn last.
    this.#data.drawNow();
    await this.#view.reveal(node, { select: true, focus: true, expand: true });
  }

  async focus(): Promise<void> {
    await commands.executeCommand(`${accountViewId}.focus`);
  }

  dispose(): void {
    this.#endProgress?.();
    this.#listeners.dispose();
    this.#view.dispose();
    this.#data.dispose();
  }

  #update(): void {
    const { state } = this.#store;
    this.#data.changed();
    this.#view.description = titleOf(state);
    this.#view.message = messageOf(state);
    this.#view.badge = badgeOf(state);
    this.#showProgress(isReading(state));
    this.#log(state);
    const contexts: Readonly<Record<string, unknown>> = {
      'flowLogGuard.accountState': contextOf(state, this.#filters),
      'flowLogGuard.reading': isReading(state),
      'flowLogGuard.onlyBare': this.#filters.onlyBare,
      'flowLogGuard.hideEmptyRegions': this.#filters.hideEmptyRegions,
    };
    for (const [name, value] of Object.entries(contexts)) this.#setContext(name, value);
  }

  /** Once for each failure of the account; those of a region stand at the region. */
  #log(state: AccountState): void {
    const failure = state.kind === 'failed' || state.kind === 'open' ? state.failure : undefined;
    if (failure !== undefined && failure !== this.#logged) this.#logFailure(failureInFull(failure));
    this.#logged = failure;
  }

  readonly #contexts = new Map<string, unknown>();

  #setContext(name: string, value: unknown): void {
    if (this.#contexts.has(name) && this.#contexts.get(name) === value) return;
    this.#contexts.set(name, value);
    void commands.executeCommand('setContext', name, value);
  }

  #showProgress(show: boolean): void {
    if (!show) {
      this.#endProgress?.();
      this.#endProgress = undefined;
      return;
    }
    if (this.#endProgress !== undefined) return;
    const ended = new Promise<void>((resolve) => {
      this.#endProgress = resolve;
    });
    void window.withProgress({ location: { viewId: accountViewId } }, () => ended);
  }
}

/** Empty where there is nothing to say, which VS Code shows as nothing. */
function titleOf(state: AccountState): string {
  switch (state.kind) {
    case 'unasked':
      return '';
    case 'connecting':
      return profileTitle(state.profile);
    case 'failed':
      return `${profileTitle(state.profile)} · ${failureInWords(state.failure)}`;
    case 'open':
      return accountTitle(state.identity);
  }
}

/** Not for a failure: VS Code shows no welcome text, with its buttons, beside a message. */
function messageOf(state: AccountState): string {
  return state.kind === 'connecting' ? l10n.t('Looking for credentials…') : '';
}

function badgeOf(state: AccountState): { value: number; tooltip: string } | undefined {
  if (state.kind !== 'open') return undefined;
  const { bare } = countAccount(state);
  if (bare === 0) return undefined;
  return {
    value: bare,
    tooltip: bare === 1 ? l10n.t('1 VPC without a flow log') : l10n.t('{0} VPCs without a flow log', bare),
  };
}

/** What the welcome texts of the empty view go by: see `viewsWelcome` in package.json. */
function contextOf(state: AccountState, filters: Filters): string {
  switch (state.kind) {
    case 'unasked':
    case 'connecting':
      return state.kind;
    case 'failed':
      return state.failure.kind;
    case 'open': {
      if (rootNodes(state, filters).length > 0) return 'shown';
      if (isReading(state)) return 'reading';
      return countAccount(state).vpcs > 0 ? 'all-hidden' : 'no-vpcs';
    }
  }
}
