import { t } from '@vscode/l10n';
import type { Failure, FlowLog, VpcState } from './model.ts';

/** What a VPC's state depends on beside the VPC. */
export interface StateContext {
  /** Whose credentials they are; undefined where that could not be told. */
  readonly accountId: string | undefined;
  /** Why the account could not be told. */
  readonly identityFailure: Failure | undefined;
  /** Why the region's flow logs could not be read. */
  readonly flowLogsFailure: Failure | undefined;
}

/**
 * Security Hub control EC2.6 for one VPC.
 *
 * @param flowLogs those on the VPC itself
 * @see https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-6
 */
export function vpcState(
  vpc: { readonly ownerId: string; readonly isDefault: boolean },
  flowLogs: readonly FlowLog[],
  { accountId, identityFailure, flowLogsFailure }: StateContext,
): VpcState {
  const active = flowLogs.filter(({ isActive }) => isActive);
  const counting = active.filter(({ trafficType }) => trafficType === 'ALL' || trafficType === 'REJECT');
  if (counting.some(({ deliveryError }) => deliveryError === undefined)) return { kind: 'logged' };
  const failed = counting.find(({ deliveryError }) => deliveryError !== undefined);
  if (failed?.deliveryError !== undefined) return { kind: 'delivery-failed', error: failed.deliveryError };
  // AWS shows a participant neither the owner's flow logs nor that there are any.
  if (accountId !== undefined && vpc.ownerId !== accountId) return { kind: 'shared', ownerId: vpc.ownerId };
  if (flowLogsFailure !== undefined) return { kind: 'unreadable', failure: flowLogsFailure };
  // Flow logs are shown to the owner alone, and a default VPC cannot be shared.
  const isOwn = accountId !== undefined || flowLogs.length > 0 || vpc.isDefault;
  if (!isOwn) return { kind: 'unreadable', failure: identityFailure ?? unknownAccount() };
  return active.some(({ trafficType }) => trafficType === 'ACCEPT')
    ? { kind: 'accept-only' }
    : { kind: 'none' };
}

function unknownAccount(): Failure {
  return {
    kind: 'other',
    operation: 'GetCallerIdentity',
    code: undefined,
    message: t('It is not known whether the VPC is of this account.'),
    permission: undefined,
  };
}
