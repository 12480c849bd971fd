import type { Span } from '../template/syntax.ts';

/** What the analysis decides for each `AWS::EC2::VPC`. */
export type Verdict = 'covered' | 'missing' | 'wrong-traffic' | 'conditional' | 'unknown';

export type Severity = 'error' | 'warning' | 'information' | 'hint';

/** The readable codes of the diagnostics. Quick fixes match on them, so they are part of the interface. */
export type FindingCode =
  | 'vpc-no-flow-log'
  | 'vpc-flow-log-accept-only'
  | 'vpc-flow-log-conditional'
  | 'vpc-flow-log-unknown'
  | 'flow-log-target-invalid'
  | 'flow-log-property-invalid'
  | 'flow-log-delivery-denied'
  | 'log-group-no-retention'
  | 'suppression-unused'
  | 'suppression-misspelled';

/** How a VPC without a qualifying flow log is reported. */
export const codeOfVerdict = {
  missing: 'vpc-no-flow-log',
  'wrong-traffic': 'vpc-flow-log-accept-only',
  conditional: 'vpc-flow-log-conditional',
  unknown: 'vpc-flow-log-unknown',
} as const satisfies Record<Exclude<Verdict, 'covered'>, FindingCode>;

/** A place that explains a finding, such as the flow log that almost covers the VPC. */
export interface RelatedPlace {
  readonly message: string;
  /** The file that the span is in, where it is not the finding's own. */
  readonly file?: string;
  readonly span: Span;
}

/** Something the user should see, at the place where it can be mended. */
export interface Finding {
  readonly code: FindingCode;
  readonly severity: Severity;
  readonly message: string;
  /** The resource that the finding is about. */
  readonly logicalId: string;
  /** The resource's logical-id key, or the value that is wrong. */
  readonly span: Span;
  readonly related: readonly RelatedPlace[];
  /** The property that is missing, where that is what was found. */
  readonly lacks?: string;
}

/** That a user has told us, or another tool, that a VPC needs no flow log. */
export interface Suppression {
  /** The tool in whose spelling it is written. */
  readonly by: 'flow-log-guard' | 'cfn_nag' | 'cdk-nag' | 'cfn-guard' | 'checkov' | 'kics' | 'trivy';
  /** The rule as it is written there, such as `W60`. */
  readonly rule: string;
  readonly reason?: string;
  readonly span: Span;
}

/** The verdict on one VPC; a VPC without a finding has one, too. */
export interface VpcReport {
  readonly logicalId: string;
  /** The logical-id key. */
  readonly span: Span;
  readonly verdict: Verdict;
  /** One sentence in the words of the template. */
  readonly reason: string;
  /** Logical ids of the flow logs that are on this VPC, whether they count or not. */
  readonly flowLogs: readonly string[];
  /** Set where a suppression silences the finding that the verdict would give. */
  readonly suppressed?: Suppression;
}

/** The outcome for one template. */
export interface Assessment {
  readonly vpcs: readonly VpcReport[];
  readonly findings: readonly Finding[];
}
