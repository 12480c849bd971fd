import { codeOfVerdict, type FindingCode, type Suppression } from '../model.ts';

/** The tool in whose spelling a suppression is written. */
export type Tool = Suppression['by'];

/** What a suppression of our own may name. The hints about suppressions are not among it. */
export const suppressibleCodes: readonly FindingCode[] = [
  ...Object.values(codeOfVerdict),
  'flow-log-target-invalid',
  'flow-log-property-invalid',
  'flow-log-delivery-denied',
  'log-group-no-retention',
];

/** What another tool's rule on flow logs stands for: any of the findings on the VPC. */
export const vpcCodes: ReadonlySet<FindingCode> = new Set(Object.values(codeOfVerdict));

/**
 * How each tool names the rule that a VPC must have flow logs.
 * - cfn_nag: https://github.com/stelligent/cfn_nag, `VpcHasFlowLogRule`
 * - cdk-nag: https://github.com/cdklabs/cdk-nag/blob/main/RULES.md; packs of one's own use the same suffix
 * - cfn-guard: https://github.com/aws-cloudformation/aws-guard-rules-registry; every rule set has its own names
 * - checkov: https://www.checkov.io/5.Policy%20Index/all.html, with the id of its paid edition
 * - KICS: https://docs.kics.io/latest/queries/cloudformation-queries
 * - Trivy: https://avd.aquasec.com/misconfig/aws/ec2/avd-aws-0178, with the names it had in tfsec and cfsec
 */
const flowLogRules: Readonly<Record<Exclude<Tool, 'flow-log-guard'>, RegExp>> = {
  cfn_nag: /^W60$/,
  'cdk-nag': /^AwsSolutions-VPC7$|VPC\w*FlowLog/,
  'cfn-guard': /flow[_-]?log/i,
  checkov: /^(?:CKV2_AWS_11|BC_AWS_LOGGING_9)$/,
  kics: /^f6d299d2-21eb-41cc-b1e1-fe12d857500b$/i,
  trivy: /^(?:(?:AVD-)?AWS-0178|(?:aws-ec2-)?require-vpc-flow-logs-for-all-vpcs)$/i,
};

const exactNames: readonly string[] = [
  ...suppressibleCodes,
  'W60',
  'AwsSolutions-VPC7',
  'HIPAA.Security-VPCFlowLogsEnabled',
  'NIST.800.53.R4-VPCFlowLogsEnabled',
  'NIST.800.53.R5-VPCFlowLogsEnabled',
  'PCI.DSS.321-VPCFlowLogsEnabled',
  'CKV2_AWS_11',
  'BC_AWS_LOGGING_9',
];

/** Whether a rule, in that tool's spelling, is the one about the flow logs of a VPC; for ours, any of our codes. */
export function isFlowLogRule(tool: Tool, rule: string): boolean {
  return tool === 'flow-log-guard' ? isSuppressibleCode(rule) : flowLogRules[tool].test(rule);
}

export function isSuppressibleCode(code: string): code is FindingCode {
  return suppressibleCodes.some((known) => known === code);
}

/** The name that a rule's name in the wrong case was meant to be: no tool knows `w60`. */
export function inRightCase(tool: Tool, rule: string): string | undefined {
  if (isFlowLogRule(tool, rule)) return undefined;
  return exactNames.find((name) => name.toLowerCase() === rule.toLowerCase() && isFlowLogRule(tool, name));
}
