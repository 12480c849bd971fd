import { l10n } from 'vscode';
import { isOfCredentials } from '../aws/model.ts';
import type { ShowProgress } from '../ui/progress.ts';
import type { Prompts } from '../ui/prompts.ts';
import type { AccountMemory, RememberedAccount } from './account-memory.ts';
import { isReading, type OpenAccount } from './model/account-state.ts';
import type { AccountStore } from './model/account-store.ts';

/** Opens accounts for the user: with questions where the user has just asked for one, else without. */
export class AccountSession {
  readonly #store: AccountStore;
  readonly #memory: AccountMemory;
  readonly #prompts: Prompts;
  readonly #showProgress: ShowProgress;

  constructor(store: AccountStore, memory: AccountMemory, prompts: Prompts, showProgress: ShowProgress) {
    this.#showProgress = showProgress;
    this.#store = store;
    this.#memory = memory;
    this.#prompts = prompts;
  }

  /** Opens what was asked for in an earlier window. Asks nobody anything. */
  async openRemembered(): Promise<void> {
    const remembered = this.#memory.account;
    if (remembered !== undefined) await this.#store.open({ profile: remembered.profile });
  }

  /** Opens the account of a profile because the user said so; may ask for an MFA code. */
  async open(profile: string | undefined): Promise<void> {
    await this.#memory.rememberAccount({ profile });
    await this.#store.open({ profile, mfaCode: (serial) => this.#askMfaCode(serial) });
  }

  /** Reads all again because the user said so. */
  async refresh(): Promise<void> {
    const { state } = this.#store;
    const isUsable =
      state.kind === 'open' && (state.failure === undefined || !isOfCredentials(state.failure));
    if (isUsable) await this.#store.refresh();
    else await this.open(this.profile);
  }

  /** Undefined until the user has once asked for an account. */
  get remembered(): RememberedAccount | undefined {
    return this.#memory.account;
  }

  /** That of the account at hand, else the remembered one. */
  get profile(): string | undefined {
    const { state } = this.#store;
    if (state.kind === 'connecting' || state.kind === 'failed') return state.profile;
    return this.#memory.account?.profile;
  }

  /** The account, once all of it has been read that can be; opened first if need be. Undefined where it cannot be had. */
  async wholeAccount(): Promise<OpenAccount | undefined> {
    const { kind } = this.#store.state;
    if (kind === 'unasked' || kind === 'failed') await this.#showReading(this.open(this.profile));
    else if (isReading(this.#store.state)) await this.#showReading(this.#store.whenRead());
    const { state } = this.#store;
    return state.kind === 'open' && !isReading(state) ? state : undefined;
  }

  /** Whoever asks for all VPCs is told why it takes a while, and may give up. */
  async #showReading(reading: Promise<void>): Promise<void> {
    await this.#showProgress({
      title: l10n.t('Reading the VPCs of the account'),
      run: async (signal) => {
        const cancelled = new Promise<void>((resolve) => {
          signal.addEventListener('abort', () => resolve(), { once: true });
        });
        await Promise.race([reading, cancelled]);
      },
    });
  }

  async #askMfaCode(serial: string): Promise<string | undefined> {
    const typed = await this.#prompts.type({
      title: l10n.t('MFA Code'),
      prompt: l10n.t('Code of the device {0}', serial),
      validate: (text) =>
        /^\d{6,8}$/.test(text) ? undefined : l10n.t('Six digits, as the device shows them.'),
    });
    return typed.kind === 'answer' ? typed.value : undefined;
  }
}
