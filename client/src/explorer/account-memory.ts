import type { Memento } from 'vscode';
import type { Filters } from './model/tree.ts';

/** What is remembered of the account in a workspace, across windows. Never a secret. */
export interface RememberedAccount {
  readonly profile: string | undefined;
}

/** By workspace: two of them may belong to two accounts. */
export class AccountMemory {
  readonly #memento: Memento;

  constructor(memento: Memento) {
    this.#memento = memento;
  }

  /** Undefined until the user has once asked for an account. */
  get account(): RememberedAccount | undefined {
    const stored = this.#memento.get<{ profile?: unknown }>('account');
    if (stored === undefined) return undefined;
    return { profile: typeof stored.profile === 'string' ? stored.profile : undefined };
  }

  async rememberAccount(account: RememberedAccount): Promise<void> {
    await this.#memento.update('account', account);
  }

  get filters(): Filters {
    return {
      onlyBare: this.#memento.get('onlyBare') === true,
      hideEmptyRegions: this.#memento.get('hideEmptyRegions') !== false,
    };
  }

  async rememberFilters({ onlyBare, hideEmptyRegions }: Filters): Promise<void> {
    await this.#memento.update('onlyBare', onlyBare);
    await this.#memento.update('hideEmptyRegions', hideEmptyRegions);
  }
}
