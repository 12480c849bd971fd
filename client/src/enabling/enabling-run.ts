import type { Account } from '../aws/account.ts';
import type { EnablingOutcome } from '../aws/enable-flow-logs.ts';
import type { CreatedFlowLog } from '../aws/model.ts';
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

/** An enabling with the retries that go on with it: what they made together, and what the last of them left to do. */
export class EnablingRun {
  #last: Enabling;
  #made: readonly CreatedFlowLog[];

  constructor(first: Enabling) {
    this.#last = first;
    this.#made = madeBy(first);
  }

  goOn(retry: Enabling): void {
    this.#last = retry;
    this.#made = [...this.#made, ...madeBy(retry)];
  }

  /** What can be undone: exactly the flow logs that were made. */
  get made(): readonly CreatedFlowLog[] {
    return this.#made;
  }

  get last(): Enabling {
    return this.#last;
  }

  /** What a retry would take: what failed, and what was not tried. */
  get remaining(): readonly VpcRef[] {
    const { failed, notTried } = this.#last.outcome;
    return [...failed.map(({ vpc }) => vpc), ...notTried];
  }

  /** @param left those that could not be deleted */
  undone(left: readonly CreatedFlowLog[]): void {
    this.#made = left;
  }
}

function madeBy({ outcome }: Enabling): CreatedFlowLog[] {
  return [...outcome.made, ...outcome.unconfirmed];
}
