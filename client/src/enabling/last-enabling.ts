import { commands } from 'vscode';
import type { Account } from '../aws/account.ts';
import type { CreatedFlowLog, EnablingOutcome } from '../aws/enable-flow-logs.ts';
import type { FlowLogSettings } from '../aws/flow-log-settings.ts';
import type { AccountIdentity } from '../aws/model.ts';
import type { VpcRef } from '../aws/plan-enabling.ts';

/** An enabling that has been carried out, whatever became of it. */
export interface Enabling {
  readonly account: Account;
  readonly identity: AccountIdentity;
  readonly settings: FlowLogSettings;
  readonly isRoleNew: boolean;
  readonly outcome: EnablingOutcome;
}

/** Remembers, for the window's life, what the last enabling made and what it left to do. */
export class LastEnabling {
  #last: Enabling | undefined;
  /** What retries made adds up: an undo takes it all. */
  #made: readonly CreatedFlowLog[] = [];

  /** @param isRetry whether it goes on with the one before it */
  keep(enabling: Enabling, isRetry: boolean): void {
    const { made, unconfirmed } = enabling.outcome;
    this.#made = [...(isRetry ? this.#made : []), ...made, ...unconfirmed];
    this.#last = enabling;
    this.#tellMenus();
  }

  /** What can be undone: exactly the flow logs that were made. */
  get made(): readonly CreatedFlowLog[] {
    return this.#made;
  }

  get last(): Enabling | undefined {
    return this.#last;
  }

  /** What a retry would take: what failed, and what was not tried. */
  get remaining(): readonly VpcRef[] {
    if (this.#last === undefined) return [];
    const { failed, notTried } = this.#last.outcome;
    return [...failed.map(({ vpc }) => vpc), ...notTried];
  }

  /** @param left those that could not be deleted */
  undone(left: readonly CreatedFlowLog[]): void {
    this.#made = left;
    this.#tellMenus();
  }

  #tellMenus(): void {
    void commands.executeCommand('setContext', 'flowLogGuard.canUndo', this.#made.length > 0);
    void commands.executeCommand('setContext', 'flowLogGuard.canRetry', this.remaining.length > 0);
  }
}
