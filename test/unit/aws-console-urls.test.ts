import { expect, test } from 'vitest';
import { bucketUrl, flowLogUrl, recordsUrl, vpcUrl } from '../../client/src/aws/console-urls.ts';

const place = { partition: 'aws', region: 'eu-west-1' };

test('a VPC, in each partition', () => {
  expect(vpcUrl(place, 'vpc-1')).toBe(
    'https://eu-west-1.console.aws.amazon.com/vpcconsole/home?region=eu-west-1#VpcDetails:VpcId=vpc-1',
  );
  expect(vpcUrl({ partition: 'aws-cn', region: 'cn-north-1' }, 'vpc-1')).toBe(
    'https://console.amazonaws.cn/vpcconsole/home?region=cn-north-1#VpcDetails:VpcId=vpc-1',
  );
  expect(vpcUrl({ partition: 'aws-us-gov', region: 'us-gov-west-1' }, 'vpc-1')).toBe(
    'https://console.amazonaws-us-gov.com/vpcconsole/home?region=us-gov-west-1#VpcDetails:VpcId=vpc-1',
  );
  expect(vpcUrl({ partition: 'aws-iso', region: 'us-iso-east-1' }, 'vpc-1')).toBeUndefined();
});

test('what a flow log is on', () => {
  expect(flowLogUrl(place, { resourceId: 'vpc-1' })).toBe(vpcUrl(place, 'vpc-1'));
  expect(flowLogUrl(place, { resourceId: 'subnet-1' })).toMatch(/#SubnetDetails:subnetId=subnet-1$/);
  expect(flowLogUrl(place, { resourceId: 'eni-1' })).toMatch(
    /\/ec2\/home.*#NetworkInterface:networkInterfaceId=eni-1$/,
  );
});

test('the records, wherever they are', () => {
  expect(recordsUrl(place, { destination: 'cloud-watch-logs', destinationName: '/vpc/flow logs' })).toBe(
    "https://eu-west-1.console.aws.amazon.com/cloudwatch/home?region=eu-west-1#logsV2:logs-insights$3FqueryDetail$3D~(end~0~start~-3600~timeType~'RELATIVE~unit~'seconds~editorString~'fields*20*40timestamp*2c*20srcAddr*2c*20dstAddr*2c*20dstPort*2c*20action*0a*7c*20filter*20action*20*3d*20*22REJECT*22*0a*7c*20sort*20*40timestamp*20desc*0a*7c*20limit*20200~source~(~'*2fvpc*2fflow*20logs))",
  );
  expect(bucketUrl(place, 'arn:aws:s3:::bucket/pre/fix/')).toBe(
    'https://eu-west-1.console.aws.amazon.com/s3/buckets/bucket?prefix=pre%2Ffix%2FAWSLogs%2F',
  );
  const destinationName = 'arn:aws:firehose:us-east-1:123456789012:deliverystream/logs';
  expect(recordsUrl(place, { destination: 'kinesis-data-firehose', destinationName })).toBe(
    'https://us-east-1.console.aws.amazon.com/firehose/home?region=us-east-1#/details/logs/monitoring',
  );
  expect(recordsUrl(place, { destination: 's3', destinationName: undefined })).toBeUndefined();
});
