/** The control that the product's question is taken from, and what else asks for the same. */
export const securityHubControl = {
  id: 'EC2.6',
  title: 'VPC flow logging should be enabled in all VPCs',
  severity: 'Medium',
  /** https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-6 */
  url: 'https://docs.aws.amazon.com/securityhub/latest/userguide/ec2-controls.html#ec2-6',
} as const;

export const configRule = {
  id: 'vpc-flow-logs-enabled',
  url: 'https://docs.aws.amazon.com/config/latest/developerguide/vpc-flow-logs-enabled.html',
} as const;

/** Requirements that Security Hub maps the control to, as its documentation of the control lists them. */
export const frameworks: readonly { readonly name: string; readonly requirements: string }[] = [
  { name: 'CIS AWS Foundations', requirements: '5.0.0 and 3.0.0: 3.7; 1.4.0: 3.9; 1.2.0: 2.9' },
  {
    name: 'NIST SP 800-53 Rev. 5',
    requirements: 'AC-4(26), AU-2, AU-3, AU-6(3), AU-6(4), AU-12, CA-7, SI-7(8)',
  },
  { name: 'NIST SP 800-171 Rev. 2', requirements: '3.1.20, 3.3.1, 3.13.1' },
  { name: 'PCI DSS 3.2.1', requirements: '10.3.3 to 10.3.6' },
];
