/** A role that lets VPC flow logs write into one log group, before it is made: what the user is shown. */
export interface DeliveryRolePlan {
  readonly roleName: string;
  readonly policyName: string;
  readonly trustPolicy: PolicyDocument;
  readonly permissionsPolicy: PolicyDocument;
}

export interface PolicyDocument {
  readonly Version: '2012-10-17';
  readonly Statement: readonly Readonly<Record<string, unknown>>[];
}

export interface DeliveryRoleOptions {
  readonly partition: string;
  readonly accountId: string;
  readonly logGroupName: string;
  /** Where it will serve; one or several. */
  readonly regions: readonly string[];
  /** At most 64 of `[\w+=,.@-]`. */
  readonly roleName?: string | undefined;
}

/** The least that delivery to one log group needs, against the confused deputy. Pure. */
export declare function planDeliveryRole(options: DeliveryRoleOptions): DeliveryRolePlan;
