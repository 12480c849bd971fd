import { expect, test } from 'vitest';
import { planDeliveryRole, trustsFlowLogs } from '../../client/src/aws/delivery-role.ts';

const options = {
  partition: 'aws-cn',
  accountId: '111122223333',
  logGroupName: '/vpc/flow logs',
  regions: ['cn-north-1', 'cn-northwest-1'],
};

test('the least privilege, for this account, these regions and this log group', () => {
  expect(planDeliveryRole(options)).toEqual({
    roleName: 'flow-logs-to-vpc-flow-logs',
    roleArn: 'arn:aws-cn:iam::111122223333:role/flow-logs-to-vpc-flow-logs',
    policyName: 'deliver-flow-logs',
    trustPolicy: {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { Service: 'vpc-flow-logs.amazonaws.com' },
          Action: 'sts:AssumeRole',
          Condition: {
            StringEquals: { 'aws:SourceAccount': '111122223333' },
            ArnLike: {
              'aws:SourceArn': [
                'arn:aws-cn:ec2:cn-north-1:111122223333:vpc-flow-log/*',
                'arn:aws-cn:ec2:cn-northwest-1:111122223333:vpc-flow-log/*',
              ],
            },
          },
        },
      ],
    },
    permissionsPolicy: {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Action: [
            'logs:CreateLogGroup',
            'logs:CreateLogStream',
            'logs:DescribeLogStreams',
            'logs:PutLogEvents',
          ],
          Resource: [
            'arn:aws-cn:logs:cn-north-1:111122223333:log-group:/vpc/flow logs:*',
            'arn:aws-cn:logs:cn-northwest-1:111122223333:log-group:/vpc/flow logs:*',
          ],
        },
        {
          Effect: 'Allow',
          Action: 'logs:DescribeLogGroups',
          Resource: [
            'arn:aws-cn:logs:cn-north-1:111122223333:log-group:*',
            'arn:aws-cn:logs:cn-northwest-1:111122223333:log-group:*',
          ],
        },
      ],
    },
  });
});

test('the name of the role is one that IAM takes', () => {
  const { roleName } = planDeliveryRole({ ...options, logGroupName: `/${'long#name/'.repeat(20)}` });
  expect(roleName).toMatch(/^[\w+=,.@-]{1,64}$/);
});

test('a role is offered when flow logs may assume it', () => {
  const { trustPolicy } = planDeliveryRole(options);
  expect(trustsFlowLogs(encodeURIComponent(JSON.stringify(trustPolicy)))).toBe(true);
  expect(trustsFlowLogs(encodeURIComponent('{"Principal":{"Service":"ec2.amazonaws.com"}}'))).toBe(false);
  expect(trustsFlowLogs(undefined)).toBe(false);
  expect(trustsFlowLogs('%')).toBe(false);
});
