import type { Aws } from './aws/load.ts';
import type { Vpc } from './aws/model.ts';
import type { EnablingFlow } from './enabling/enabling-flow.ts';
import type { AccountSession } from './explorer/account-session.ts';
import type { AccountView } from './explorer/account-view.ts';
import type { TargetParts } from './explorer/targets.ts';

/** What the commands of the account's tree work with. */
export interface AccountParts extends TargetParts {
  readonly view: AccountView;
  readonly session: AccountSession;
  readonly enabling: EnablingFlow;
  readonly loadAws: () => Promise<Aws>;
  readonly showInTemplate: (vpc: Vpc) => Promise<void>;
}
