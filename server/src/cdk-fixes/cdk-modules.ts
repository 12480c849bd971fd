/** The modules of aws-cdk-lib that fixes need, as its root exports them, and how they are commonly called. */
export const aliasOf = {
  core: 'cdk',
  aws_ec2: 'ec2',
  aws_iam: 'iam',
  aws_kinesisfirehose: 'firehose',
  aws_logs: 'logs',
  aws_s3: 's3',
} as const;

/** A module of aws-cdk-lib; `core` is its root. */
export type CdkModule = keyof typeof aliasOf;

export function isCdkModule(name: string): name is CdkModule {
  return name in aliasOf;
}
