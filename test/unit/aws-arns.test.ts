import { describe, expect, test } from 'vitest';
import {
  parseArn,
  problemOfBucketArn,
  problemOfDeliveryStreamArn,
  problemOfLogGroupName,
  problemOfRoleArn,
} from '../../client/src/aws/arns.ts';

test('an ARN is taken apart', () => {
  expect(parseArn('arn:aws-us-gov:iam::123456789012:role/path/to')).toEqual({
    partition: 'aws-us-gov',
    service: 'iam',
    region: '',
    accountId: '123456789012',
    resource: 'role/path/to',
  });
  for (const text of ['', 'arn:aws:s3', 'arn:aws:s3:::', 'bucket', 'arn:aws:iam::12:role/x'])
    expect(parseArn(text), text).toBeUndefined();
});

describe('destinations', () => {
  test.each(['arn:aws:s3:::bucket', 'arn:aws:s3:::my.bucket-1/', 'arn:aws:s3:::bucket/pre/fix/'])(
    '%s',
    (arn) => {
      expect(problemOfBucketArn(arn, 'aws')).toBeUndefined();
    },
  );

  test.each([
    ['bucket', /looks like arn:aws:s3:::bucket/],
    ['arn:aws:ec2:::bucket', /looks like/],
    ['arn:aws:s3:eu-west-1:123456789012:bucket', /neither a region nor an account/],
    ['arn:aws:s3:::Bucket', /lowercase/],
    ['arn:aws:s3:::b', /3 to 63/],
    ['arn:aws:s3:::a..b', /3 to 63/],
    ['arn:aws:s3:::bucket/AWSLogs/', /reserves/],
    ['arn:aws:s3:::bucket/pre/AWSLogs', /reserves/],
    ['arn:aws-cn:s3:::bucket', /partition aws, the ARN in aws-cn/],
  ])('%s is refused', (arn, problem) => {
    expect(problemOfBucketArn(arn, 'aws')).toMatch(problem);
  });

  test('roles', () => {
    expect(problemOfRoleArn('arn:aws-cn:iam::123456789012:role/a/b', 'aws-cn')).toBeUndefined();
    for (const arn of [
      '',
      'arn:aws:iam::123456789012:user/a',
      'arn:aws:iam:::role/a',
      'arn:aws:sts::123456789012:role/a',
    ])
      expect(problemOfRoleArn(arn, 'aws'), arn).toMatch(/looks like/);
    expect(problemOfRoleArn('arn:aws:iam::123456789012:role/a', 'aws-us-gov')).toMatch(/partition/);
  });

  test('delivery streams', () => {
    const arn = 'arn:aws:firehose:eu-west-1:123456789012:deliverystream/logs';
    expect(problemOfDeliveryStreamArn(arn, 'aws')).toBeUndefined();
    expect(problemOfDeliveryStreamArn(arn.replace('eu-west-1', ''), 'aws')).toMatch(/looks like/);
    expect(problemOfDeliveryStreamArn(arn.replace('firehose', 'kinesis'), 'aws')).toMatch(/looks like/);
  });

  test('log groups', () => {
    for (const name of ['/vpc/flow-logs', 'a', 'A_b-c/d.e#f'])
      expect(problemOfLogGroupName(name), name).toBeUndefined();
    for (const name of ['', 'a b', 'aws/x', 'x'.repeat(513), 'a:*'])
      expect(problemOfLogGroupName(name), name).toBeTypeOf('string');
    expect(problemOfLogGroupName('arn:aws:logs:eu-west-1:123456789012:log-group:a:*')).toMatch(/not its ARN/);
  });
});
