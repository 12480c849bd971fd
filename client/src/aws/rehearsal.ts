import { setTimeout as pause } from 'node:timers/promises';
import { DescribeRegionsCommand, EC2Client } from '@aws-sdk/client-ec2';
import { HttpResponse } from '@smithy/core/protocols';
import { describeFlowLogs, describeVpcs } from './describe-region.ts';
import { defaultLogFormat } from './log-format.ts';

/** In milliseconds: until the real calls have been prepared, which takes many turns. */
const HEAD_START = 30;

/** After so many, the parser is as fast as it will be. */
const ROUNDS = 40;

/**
 * Has the SDK read made-up answers while the first real ones are on their way. Its parser is interpreted when it is first
 * used, which makes it several times slower: hundreds of VPCs would come later, and stop the event loop meanwhile. The time
 * of waiting costs nobody anything. Calls nobody; never rejects.
 *
 * @param turn of the event loop, for each answer
 * @param signal that there is something real to be read, or nothing any more
 */
export async function rehearseReading(turn: () => Promise<void>, signal: AbortSignal): Promise<void> {
  try {
    await pause(HEAD_START, undefined, { signal });
    const client = rehearsalClient();
    const calls = [
      () => client.send(new DescribeRegionsCommand()),
      () => describeVpcs(client, { region, partition: 'aws' }, signal),
      () => describeFlowLogs(client, signal),
    ];
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const call of calls) {
        await turn();
        if (signal.aborted) return;
        await call();
      }
    }
  } catch {
    // Real answers are then read as slowly as they would have been.
  }
}

const region = 'us-east-1';

/** One that is answered here: with ten regions, VPCs or flow logs, which are always the same. */
export function rehearsalClient(): EC2Client {
  return new EC2Client({
    region,
    credentials: { accessKeyId: 'rehearsal', secretAccessKey: 'rehearsal' },
    requestHandler: {
      metadata: { handlerProtocol: 'http/1.1' },
      handle: ({ body }: { readonly body?: unknown }) => {
        const operation = new URLSearchParams(String(body)).get('Action') ?? '';
        const answer = Buffer.from(madeUpAnswer(operation));
        return Promise.resolve({
          response: new HttpResponse({ statusCode: 200, headers: {}, body: answer }),
        });
      },
      updateHttpClientConfig: () => undefined,
      httpHandlerConfigs: () => ({}),
      destroy: () => undefined,
    },
  });
}

/** Written as AWS does: what is not met in it, such as space between the elements, is not compiled either. */
function madeUpAnswer(operation: string): string {
  const { set = '', item = '' } = made[operation] ?? {};
  return `<?xml version="1.0" encoding="UTF-8"?>
<${operation}Response xmlns="http://ec2.amazonaws.com/doc/2016-11-15/">
    <requestId>rehearsal</requestId>
    <${set}>${`
        <item>${item}
        </item>`.repeat(10)}
    </${set}>
</${operation}Response>`;
}

const tagSet = `
            <tagSet>${['Name', 'Environment', 'Owner']
              .map(
                (key) => `
                <item>
                    <key>${key}</key>
                    <value>rehearsal</value>
                </item>`,
              )
              .join('')}
            </tagSet>`;

const made: Readonly<Record<string, { readonly set: string; readonly item: string }>> = {
  DescribeRegions: {
    set: 'regionInfo',
    item: `
            <regionName>us-east-1</regionName>
            <regionEndpoint>ec2.us-east-1.amazonaws.com</regionEndpoint>
            <optInStatus>opt-in-not-required</optInStatus>`,
  },
  DescribeVpcs: {
    set: 'vpcSet',
    item: `
            <vpcId>vpc-00000000000000000</vpcId>
            <ownerId>111122223333</ownerId>
            <state>available</state>
            <cidrBlock>10.0.0.0/16</cidrBlock>
            <cidrBlockAssociationSet>
                <item>
                    <cidrBlock>10.0.0.0/16</cidrBlock>
                    <cidrBlockState>
                        <state>associated</state>
                    </cidrBlockState>
                </item>
            </cidrBlockAssociationSet>
            <instanceTenancy>default</instanceTenancy>
            <isDefault>false</isDefault>${tagSet}`,
  },
  DescribeFlowLogs: {
    set: 'flowLogSet',
    item: `
            <flowLogId>fl-00000000000000000</flowLogId>
            <resourceId>vpc-00000000000000000</resourceId>
            <flowLogStatus>ACTIVE</flowLogStatus>
            <deliverLogsStatus>SUCCESS</deliverLogsStatus>
            <trafficType>ALL</trafficType>
            <logDestinationType>s3</logDestinationType>
            <logDestination>arn:aws:s3:::rehearsal</logDestination>
            <logFormat>${defaultLogFormat}</logFormat>
            <maxAggregationInterval>600</maxAggregationInterval>
            <creationTime>2026-01-01T00:00:00.000Z</creationTime>${tagSet}`,
  },
};
