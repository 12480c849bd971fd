import { expect, test } from 'vitest';
import type { ClientCapabilities } from 'vscode-languageserver';
import type { ExperimentalCapabilities, OtherTools } from '../../server/src/protocol.ts';
import { pulling } from './capabilities.ts';
import { connect } from './in-process.ts';
import { positionOf } from './test-client.ts';

const template = `Resources:
  Vpc:
    Type: AWS::EC2::VPC
  FlowLog:
    Type: AWS::EC2::FlowLog
    Properties:
      ResourceId: !Ref 
      TrafficType: 
      LogDestinationType: s3
      LogFormat: 
`;

/** What is offered behind a key of the template, in an editor with these tools. */
async function offered(
  key: string,
  otherTools: OtherTools,
  { uri = 'file:///network.yaml', text = template } = {},
): Promise<readonly string[]> {
  const client = connect();
  const experimental: ExperimentalCapabilities = { flowLogGuard: { otherTools } };
  await client.initialize({ ...pulling, experimental } satisfies ClientCapabilities);
  await client.open(uri, text);
  const { line, character } = positionOf(key, text);
  const items = await client.completion(uri, { line, character: character + key.length });
  return items.map(({ label }) => label);
}

const values = 'TrafficType: ';
const reference = 'ResourceId: !Ref ';
const format = 'LogFormat: ';

test.each<[string, OtherTools]>([
  ['nothing else', {}],
  ['vscode-yaml without a schema', { yaml: 'present' }],
])('with %s all is offered', async (_name, tools) => {
  expect(await offered(values, tools)).toContain('REJECT');
  expect(await offered(reference, tools)).toContain('!Ref Vpc');
  expect(await offered(format, tools)).toContain('${vpc-id}');
});

test('beside the AWS server only what it does not know is offered', async () => {
  expect(await offered(values, { awsServer: true })).toEqual([]);
  expect(await offered(reference, { awsServer: true })).toEqual([]);
  expect(await offered(format, { awsServer: true })).toContain('${vpc-id}');
});

test.each([
  ['the settings name it', 'with-cloudformation-schema', {}],
  ['the schema catalogue knows the name', 'present', { uri: 'file:///network.cf.yaml' }],
  ['a comment names it', 'present', { text: `# yaml-language-server: $schema=x.json\n${template}` }],
] as const)(
  'beside vscode-yaml, properties are its own where it has a schema: %s',
  async (_name, yaml, place) => {
    expect(await offered(values, { yaml }, place)).toEqual([]);
    expect(await offered(reference, { yaml }, place)).toContain('!Ref Vpc');
    expect(await offered(format, { yaml }, place)).toContain('${vpc-id}');
  },
);

test('the keys of a project file are left to vscode-yaml, which has their schema', async () => {
  const place = { uri: 'file:///.flow-log-guard.yaml', text: 'standard: \n' };
  expect(await offered('standard: ', {}, place)).toEqual(['ec2.6', 'config-rule']);
  expect(await offered('standard: ', { yaml: 'present' }, place)).toEqual([]);
});

test('without snippets no whole flow log is offered', async () => {
  const text = `${template}  F`;
  const client = connect();
  await client.initialize(pulling);
  await client.open('file:///network.yaml', text);
  const end = { line: text.split('\n').length - 1, character: 3 };
  expect(await client.completion('file:///network.yaml', end)).toEqual([]);
});
