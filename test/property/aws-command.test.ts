import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createFlowLogsCommands } from '../../client/src/aws/create-command.ts';
import type { FlowLogSettings } from '../../client/src/aws/flow-log-settings.ts';
import { quoted } from '../../client/src/aws/shell-quoting.ts';

/** No program takes a NUL as an argument. */
const argument = fc.string({ unit: 'binary' }).map((text) => text.replaceAll('\0', ''));
const plain = fc.stringMatching(/^[ -~äß€’‘'"$`\\!*?#~&|<>(){}[\];]*$/);

const hasSh = process.platform !== 'win32';

test.runIf(hasSh)('what is quoted for a POSIX shell reaches a program as it was', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(argument, plain), { minLength: 1, maxLength: 40 }), (words) => {
      const printed = execFileSync(
        'sh',
        ['-c', `printf '%s\\0' ${words.map((word) => quoted(word, 'posix')).join(' ')}`],
        { encoding: 'buffer' },
      );
      expect(printed.toString('utf8').split('\0').slice(0, -1)).toEqual(
        words.map((word) => Buffer.from(word).toString('utf8')),
      );
    }),
    { numRuns: 60 },
  );
});

/** PowerShell's own rules, for words without its expansion: single quotes of any kind are doubled within any of them. */
function readPowerShell(text: string): string {
  if (!/^['‘’‚‛]/.test(text)) return text;
  return text.slice(1, -1).replaceAll(/(['‘’‚‛])['‘’‚‛]/g, '$1');
}

test('what is quoted for PowerShell is one literal word', () => {
  fc.assert(
    fc.property(fc.oneof(argument, plain), (word) => {
      const text = quoted(word, 'powershell');
      expect(readPowerShell(text)).toBe(word);
      if (!text.startsWith("'")) expect(text).toMatch(/^[\w/.:-]+$/);
      // Every quote within is doubled: the literal ends at its end.
      else expect(text.slice(1, -1).replaceAll(/['‘’‚‛]{2}/g, '')).not.toMatch(/['‘’‚‛]/);
    }),
  );
});

const settings: FlowLogSettings = {
  destination: {
    kind: 's3',
    bucketArn: 'arn:aws:s3:::records/vpc/',
    options: { fileFormat: 'parquet', hiveCompatiblePartitions: true, perHourPartition: false },
  },
  trafficType: 'REJECT',
  maxAggregationInterval: 60,
  logFormat: '${version} ${vpc-id}',
  tags: { Owner: "network's, team", Stage: 'prod' },
};
const batches = [
  { region: 'eu-west-1', vpcs: [{ id: 'vpc-1', region: 'eu-west-1', name: undefined }] },
  {
    region: 'us-east-1',
    vpcs: ['vpc-2', 'vpc-3'].map((id) => ({ id, region: 'us-east-1', name: undefined })),
  },
];

test('one command a call', () => {
  expect(
    createFlowLogsCommands({ batches, settings }, { shell: 'posix', profile: 'my profile' }).split('\n'),
  ).toEqual([
    String.raw`aws ec2 create-flow-logs --profile 'my profile' --region eu-west-1 --resource-type VPC --resource-ids vpc-1 --traffic-type REJECT --log-destination-type s3 --log-destination arn:aws:s3:::records/vpc/ --destination-options 'FileFormat=parquet,HiveCompatiblePartitions=true,PerHourPartition=false' --max-aggregation-interval 60 --log-format '${'$'}{version} ${'$'}{vpc-id}' --tag-specifications 'ResourceType=vpc-flow-log,Tags=[{Key=Owner,Value='\''network\'\''s, team'\''},{Key=Stage,Value=prod}]'`,
    expect.stringContaining(
      '--region us-east-1 --resource-type VPC --resource-ids vpc-2 vpc-3 --traffic-type',
    ),
  ]);
});

test('a log group with its role, for PowerShell', () => {
  const roleArn = 'arn:aws:iam::123456789012:role/deliver';
  const destination = { kind: 'cloud-watch-logs', logGroupName: '/vpc/flow-logs', roleArn } as const;
  const one = { batches: batches.slice(0, 1), settings: { ...settings, destination, tags: {} } };
  expect(createFlowLogsCommands(one, { shell: 'powershell' })).toBe(
    `aws ec2 create-flow-logs --region eu-west-1 --resource-type VPC --resource-ids vpc-1 --traffic-type REJECT --log-destination-type cloud-watch-logs --log-group-name /vpc/flow-logs --deliver-logs-permission-arn ${roleArn} --max-aggregation-interval 60 --log-format '\${version} \${vpc-id}'`,
  );
});
