import {
  CreateRoleCommand,
  DeleteRoleCommand,
  GetRoleCommand,
  PutRolePolicyCommand,
  type IAMClient,
} from '@aws-sdk/client-iam';
import type { Account } from './account.ts';
import type { DeliveryRolePlan } from './delivery-role.ts';
import { failureOf } from './failure.ts';
import type { Failure } from './model.ts';

export type CreatedRole =
  | { readonly kind: 'created'; readonly roleArn: string }
  /** A role of that name is there; it is not touched. Its ARN is undefined where it may not be read. */
  | { readonly kind: 'exists'; readonly roleArn: string | undefined }
  /** A role without its policy would be of no use; where it could not be taken away again, `leftRole` names it. */
  | { readonly kind: 'failed'; readonly failure: Failure; readonly leftRole: string | undefined };

/**
 * Makes the role as planned: iam:CreateRole and iam:PutRolePolicy. Tell `enableFlowLogs` that it is new, as other services
 * learn of it only after a while. Never rejects.
 */
export async function createDeliveryRole(account: Account, plan: DeliveryRolePlan): Promise<CreatedRole> {
  const client = await account.clients.iam();
  const RoleName = plan.roleName;
  try {
    await client.send(
      new CreateRoleCommand({
        RoleName,
        AssumeRolePolicyDocument: JSON.stringify(plan.trustPolicy),
        Description: 'Lets VPC flow logs write to CloudWatch Logs.',
      }),
    );
  } catch (error) {
    const failure = failureOf(error, { operation: 'CreateRole', permission: 'iam:CreateRole' });
    return isThere(failure)
      ? { kind: 'exists', roleArn: await existingRole(client, RoleName) }
      : { kind: 'failed', failure, leftRole: undefined };
  }
  try {
    const PolicyDocument = JSON.stringify(plan.permissionsPolicy);
    await client.send(new PutRolePolicyCommand({ RoleName, PolicyName: plan.policyName, PolicyDocument }));
    return { kind: 'created', roleArn: plan.roleArn };
  } catch (error) {
    const failure = failureOf(error, { operation: 'PutRolePolicy', permission: 'iam:PutRolePolicy' });
    return {
      kind: 'failed',
      failure,
      leftRole: (await isTakenAway(client, RoleName)) ? undefined : RoleName,
    };
  }
}

async function existingRole(client: IAMClient, RoleName: string): Promise<string | undefined> {
  try {
    return (await client.send(new GetRoleCommand({ RoleName }))).Role?.Arn;
  } catch {
    return undefined;
  }
}

async function isTakenAway(client: IAMClient, RoleName: string): Promise<boolean> {
  try {
    await client.send(new DeleteRoleCommand({ RoleName }));
    return true;
  } catch {
    return false;
  }
}

function isThere({ code }: Failure): boolean {
  return code === 'EntityAlreadyExists' || code === 'EntityAlreadyExistsException';
}
