import type { Account } from './account.ts';
import type { DeliveryRolePlan } from './delivery-role.ts';
import type { Failure } from './model.ts';

export type CreatedRole =
  | { readonly kind: 'created'; readonly roleArn: string }
  /** A role of that name is there; it is not touched. */
  | { readonly kind: 'exists'; readonly roleArn: string }
  /** A role without its policy would be of no use, and is taken away again where that can be done. */
  | { readonly kind: 'failed'; readonly failure: Failure };

/** CreateRole and PutRolePolicy. Tell `enableFlowLogs` that the role is new. Rejects only when aborted before the first call. */
export declare function createDeliveryRole(
  account: Account,
  plan: DeliveryRolePlan,
  signal?: AbortSignal,
): Promise<CreatedRole>;
