import type { Finding, FindingCode, Severity } from './model.ts';

/**
 * By whose rule a flow log counts.
 * - `ec2.6`: Security Hub's control, which asks for REJECT or ALL traffic,
 *   https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-6
 * - `config-rule`: the AWS Config rule without its parameter, which takes any traffic,
 *   https://docs.aws.amazon.com/config/latest/developerguide/vpc-flow-logs-enabled.html
 */
export type Standard = (typeof standards)[number];

export const standards = ['ec2.6', 'config-rule'] as const;

/** What a user may set for a code; `off` drops its findings. */
export type SeveritySetting = (typeof severitySettings)[number];

export const severitySettings = [
  'error',
  'warning',
  'information',
  'hint',
  'off',
] as const satisfies readonly (Severity | 'off')[];

/** What users may decide about an assessment. */
export interface Policy {
  readonly standard: Standard;
  /** Instead of a code's default severities; of `vpc-flow-log-conditional`, instead of both. */
  readonly severities: Readonly<Partial<Record<FindingCode, SeveritySetting>>>;
}

export const defaultPolicy: Policy = { standard: 'ec2.6', severities: {} };

// A record, so that the compiler misses a code that is not here.
const codes: Readonly<Record<FindingCode, true>> = {
  'vpc-no-flow-log': true,
  'vpc-flow-log-accept-only': true,
  'vpc-flow-log-conditional': true,
  'vpc-flow-log-unknown': true,
  'flow-log-target-invalid': true,
  'flow-log-property-invalid': true,
  'flow-log-delivery-denied': true,
  'log-group-no-retention': true,
  'suppression-unused': true,
  'suppression-misspelled': true,
};

/** Every code, in the order in which documentation lists them. */
export const findingCodes = Object.keys(codes) as readonly FindingCode[];

/** The findings with the severities that the policy gives them, without those that it turns off. */
export function applySeverities(findings: readonly Finding[], { severities }: Policy): readonly Finding[] {
  return findings.flatMap((finding) => {
    const severity = severities[finding.code] ?? finding.severity;
    return severity === 'off' ? [] : [{ ...finding, severity }];
  });
}
