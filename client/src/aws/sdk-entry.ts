/**
 * What needs the AWS SDK: the one entry of `dist/aws.cjs`, which is loaded when the account is first looked at.
 * Through `loadAws` (load.ts), so that neither the start of the extension nor the language features pay for it.
 */
export { closeAccount, openAccount } from './account.ts';
export { createDeliveryRole } from './create-delivery-role.ts';
export { deleteFlowLog, undoEnabling } from './delete-flow-logs.ts';
export { listBuckets, listDeliveryRoles, listDeliveryStreams, listLogGroups } from './destinations.ts';
export { enableFlowLogs } from './enable-flow-logs.ts';
export { listProfiles } from './profiles.ts';
export { readRegion } from './read-region.ts';
export { sweep } from './sweep.ts';
