import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { build } from 'esbuild';
import { describe, expect, test } from 'vitest';
import type { FileCheck } from '../../server/src/workspace/file-check.ts';
import { checkText } from '../../server/src/workspace/check.ts';

/** Texts that nobody would deploy, but that an editor may hold: no throw, no hang, no nonsense. */

const vpc = '  Vpc: { Type: AWS::EC2::VPC }\n';

function flowLog(resourceId: string, condition = ''): string {
  const exists = condition === '' ? '' : `Condition: ${condition}, `;
  return `  FlowLog: { Type: AWS::EC2::FlowLog, ${exists}Properties: { ResourceId: ${resourceId}, ResourceType: VPC, TrafficType: ALL, LogDestinationType: s3, LogDestination: 'arn:aws:s3:::b' } }\n`;
}

function verdictOf(text: string, logicalId = 'Vpc'): string {
  const check: FileCheck = checkText(text);
  if (check.kind !== 'template') return check.kind;
  return check.vpcs.find((report) => report.logicalId === logicalId)?.verdict ?? 'no VPC';
}

function repeated(count: number, line: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => line(index)).join('\n');
}

/** Ten aliases of ten aliases of …: ten to the tenth nodes. */
const aliasBomb = `Bomb:\n  - &b0 [x, x]\n${repeated(
  10,
  (index) => `  - &b${index + 1} [${Array.from({ length: 10 }, () => `*b${index}`).join(', ')}]`,
)}\n`;

describe('what grows beyond measure is not read', () => {
  test.each([
    ['brackets', `Resources: ${'['.repeat(100_000)}`],
    ['closed brackets', `Resources: { Vpc: ${'['.repeat(100_000)}${']'.repeat(100_000)} }`],
    ['braces', `{"Resources": ${'{"a":'.repeat(100_000)}`],
    ['JSON lists', `{"Resources": {"Vpc": ${'['.repeat(100_000)}${']'.repeat(100_000)}}}`],
    ['block mappings', `Resources:\n${repeated(1000, (index) => `${' '.repeat(index + 1)}a:`)}\n`],
    ['an alias bomb', `${aliasBomb}Resources:\n${vpc}${flowLog('*b10')}`],
    [
      'branches of branches',
      `Bomb:\n  - &i0 !If [C, a, b]\n${repeated(40, (index) => `  - &i${index + 1} !If [C, *i${index}, *i${index}]`)}\nResources:\n${vpc}${flowLog('*i40')}`,
    ],
    [
      'conditions of conditions',
      `Conditions:\n  C0: &c0 !Equals [!Ref AWS::Region, a]\n${repeated(40, (index) => `  C${index + 1}: &c${index + 1} !And [*c${index}, *c${index}]`)}\nResources:\n${vpc}${flowLog('!Ref Vpc', 'C40')}`,
    ],
  ])('%s', (_, text) => {
    expect(verdictOf(text)).toBe('unreadable');
  });

  // Of its own process: what came before in this one may have kept it from the end of the call stack.
  test.each([12_000, 20_000, 100_000])('%d brackets, as the first of all texts', async (count) => {
    const bundle = await build({
      stdin: {
        contents: `import { checkText } from './server/src/workspace/check.ts';
          console.log(checkText('Resources: ' + '['.repeat(${count})).kind);`,
        resolveDir: path.resolve(import.meta.dirname, '../..'),
      },
      bundle: true,
      platform: 'node',
      format: 'cjs',
      mainFields: ['module', 'main'],
      write: false,
    });
    const { stdout, stderr } = spawnSync(process.execPath, ['-'], {
      input: bundle.outputFiles[0]!.text,
      encoding: 'utf8',
    });
    expect(stdout, stderr).toBe('unreadable\n');
  });
});

describe('what only looks large is decided', () => {
  test('mappings that merge each other twice over', () => {
    const merges = repeated(40, (index) => `M${index + 1}: &m${index + 1} { <<: [*m${index}, *m${index}] }`);
    expect(verdictOf(`M0: &m0 { a: 1, b: 2 }\n${merges}\nResources:\n${vpc}`)).toBe('missing');
  });

  test.each([
    ['and', (at: number) => `!And [!Condition C${at}, !Condition C${at}]`, 'conditional'],
    [
      'or of and',
      (at: number) =>
        `!Or [!And [!Condition C${at}, !Condition C0], !And [!Condition C${at}, !Not [!Condition C0]]]`,
      'conditional',
    ],
    ['not', (at: number) => `!Not [!Condition C${at}]`, 'conditional'],
    ['neither', (at: number) => `!And [!Condition C${at}, !Not [!Condition C${at}]]`, 'missing'],
  ])('sixty conditions on top of each other: %s', (_, next, verdict) => {
    const conditions = repeated(60, (index) => `  C${index + 1}: ${next(index)}`);
    const text = `Conditions:\n  C0: !Equals [!Ref AWS::Region, a]\n${conditions}\nResources:\n${vpc}${flowLog('!Ref Vpc', 'C60')}`;
    expect(verdictOf(text)).toBe(verdict);
  });

  test('a chain of conditions longer than the call stack', () => {
    const conditions = repeated(5000, (index) => `  C${index}: !Not [!Condition C${index + 1}]`);
    const text = `Conditions:\n${conditions}\nResources:\n${vpc}${flowLog('!Ref Vpc', 'C0')}`;
    expect(verdictOf(text)).toBe('conditional');
  });

  test('an Fn::And of more operands than a call takes arguments', () => {
    const operands = Array.from({ length: 150_000 }, () => ({ Condition: 'C' }));
    const flowLogs = {
      Type: 'AWS::EC2::FlowLog',
      Condition: 'All',
      Properties: { ResourceId: { Ref: 'Vpc' }, ResourceType: 'VPC', TrafficType: 'ALL' },
    };
    const text = JSON.stringify({
      Conditions: { C: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'a'] }, All: { 'Fn::And': operands } },
      Resources: { Vpc: { Type: 'AWS::EC2::VPC' }, FlowLog: flowLogs },
    });
    expect(verdictOf(text)).toBe('conditional');
  });

  test('an Fn::Sub of very many variables', () => {
    const text = `Resources:\n${vpc}${flowLog(`!Sub '${'${Vpc}'.repeat(100_000)}'`)}`;
    expect(verdictOf(text)).toBe('unknown');
  });

  test('a mapping of very many keys, looked up by parameters', () => {
    const row = `{ ${Array.from({ length: 100 }, (_, index) => `k${index}: v${index}`).join(', ')} }`;
    const mapping = repeated(100, (index) => `    r${index}: ${row}`);
    const text = `Parameters: { P: { Type: String }, Q: { Type: String } }\nMappings:\n  Map:\n${mapping}\nResources:\n${vpc}${flowLog('!FindInMap [Map, !Ref P, !Ref Q]')}`;
    expect(verdictOf(text)).toBe('unknown');
  });

  test('a parameter of very many allowed values', () => {
    const values = ['ALL', ...Array.from({ length: 5000 }, (_, index) => `v${index}`)].join(', ');
    const resource = flowLog('!Ref Vpc').replace('TrafficType: ALL', 'TrafficType: !Ref P');
    const text = `Parameters: { P: { Type: String, AllowedValues: [${values}] } }\nResources:\n${vpc}${resource}`;
    expect(['conditional', 'unknown']).toContain(verdictOf(text));
  });

  test('subnets that are in each other’s VPC', () => {
    const subnets = repeated(
      12,
      (index) =>
        `  S${index}: { Type: AWS::EC2::Subnet, Properties: { VpcId: !If [C, !GetAtt S${(index + 1) % 12}.VpcId, !GetAtt S${(index + 2) % 12}.VpcId] } }`,
    );
    const text = `Resources:\n${vpc}${subnets}\n${flowLog('!GetAtt S0.VpcId')}`;
    expect(verdictOf(text)).toBe('unknown');
  });

  test('subnets that may be in the VPCs of very many others', () => {
    const leaves = 100;
    const conditions = repeated(leaves, (index) => `  C${index}: !Equals [!Ref AWS::Region, r${index}]`);
    const treeTo = (subnet: number): string =>
      Array.from({ length: leaves }, (_, index) => `!If [C${index}, !GetAtt S${subnet}.VpcId, `).join('') +
      `!Ref Vpc${']'.repeat(leaves)}`;
    const subnets = repeated(
      6,
      (index) => `  S${index}: { Type: AWS::EC2::Subnet, Properties: { VpcId: ${treeTo(index + 1)} } }`,
    );
    const text = `Conditions:\n${conditions}\nResources:\n${vpc}${subnets}\n${flowLog('!GetAtt S0.VpcId')}`;
    expect(verdictOf(text)).toBe('unknown');
  });

  test('thousands of quotes that are never closed', () => {
    for (const line of ["  a: '\n", '  a: "\n', "  a: 'x\n b'\n"]) {
      expect(verdictOf(`Resources:\n${vpc}${line.repeat(2000)}`)).toBe('missing');
    }
  });

  test('thousands of VPCs and flow logs', () => {
    const vpcs = repeated(1000, (index) => `  V${index}: { Type: AWS::EC2::VPC }`);
    const logs = repeated(1000, (index) =>
      flowLog(`!Ref V${index}`).replace('FlowLog:', `F${index}:`).trimEnd(),
    );
    const text = `Resources:\n${vpcs}\n${logs}\n  Bare: { Type: AWS::EC2::VPC }\n`;
    expect(verdictOf(text, 'V999')).toBe('covered');
    expect(verdictOf(text, 'Bare')).toBe('missing');
  });
});

test('conditions that are too hard to decide are unknown, and a hundred take little longer than one', () => {
  // Thirteen pigeons in twelve holes, as parameters that must all differ.
  const parameters = repeated(
    13,
    (index) =>
      `  P${index}: { Type: String, AllowedValues: [${Array.from({ length: 12 }, (_, hole) => hole).join(', ')}] }`,
  );
  const pairs = Array.from({ length: 13 * 13 }, (_, index) => [Math.floor(index / 13), index % 13] as const)
    .filter(([left, right]) => left < right)
    .map(([left, right]) => `!Not [!Equals [!Ref P${left}, !Ref P${right}]]`);
  const vpcs = repeated(100, (index) => `  V${index}: { Type: AWS::EC2::VPC, Condition: AllDiffer }`);
  const text = `Parameters:\n${parameters}\nConditions:\n  AllDiffer: !And [${pairs.join(', ')}]\nResources:\n${vpcs}\n`;
  expect(verdictOf(text, 'V0')).toBe('unknown');
  expect(verdictOf(text, 'V99')).toBe('unknown');
});

describe('what refers to itself ends', () => {
  test.each([
    ['a condition', 'Conditions:\n  A: !Condition A\n', 'conditional'],
    ['two conditions', 'Conditions:\n  A: !Not [!Condition B]\n  B: !Not [!Condition A]\n', 'conditional'],
    ['a condition within', 'Conditions:\n  A: !And [!Condition A, !Equals [a, b]]\n', 'missing'],
  ])('%s', (_, conditions, verdict) => {
    expect(verdictOf(`${conditions}Resources:\n${vpc}${flowLog('!Ref Vpc', 'A')}`)).toBe(verdict);
  });

  test('an anchor', () => {
    expect(verdictOf(`Resources: &all\n${vpc}  All: *all\n`)).toBe('missing');
  });

  test.each([
    ['a name', '!Ref Logs', 'x'],
    ['two names', '!Ref Other', '!Sub "a-${Logs}"'],
  ])('%s', (_, logs, other) => {
    const group = (name: string, named: string): string =>
      `  ${name}: { Type: AWS::Logs::LogGroup, Properties: { LogGroupName: ${named} } }\n`;
    const policy = '{ Statement: [{ Effect: Allow, Action: "logs:*", Resource: !GetAtt Logs.Arn }] }';
    const trust =
      '{ Statement: [{ Effect: Allow, Principal: { Service: vpc-flow-logs.amazonaws.com }, Action: "sts:AssumeRole" }] }';
    const role = `  Role: { Type: AWS::IAM::Role, Properties: { AssumeRolePolicyDocument: ${trust}, Policies: [{ PolicyName: p, PolicyDocument: ${policy} }] } }\n`;
    const log =
      '  Log: { Type: AWS::EC2::FlowLog, Properties: { ResourceId: !Ref Vpc, ResourceType: VPC, TrafficType: ALL, LogGroupName: !Ref Logs, DeliverLogsPermissionArn: !GetAtt Role.Arn } }\n';
    expect(verdictOf(`Resources:\n${vpc}${group('Logs', logs)}${group('Other', other)}${role}${log}`)).toBe(
      'covered',
    );
  });

  test('a nested stack of itself', () => {
    const nested = '  Nested: { Type: AWS::CloudFormation::Stack, Properties: { TemplateURL: . } }\n';
    expect(verdictOf(`Resources:\n${vpc}${nested}${flowLog('!GetAtt Nested.Outputs.VpcId')}`)).toBe(
      'missing',
    );
  });
});

describe('what stands in the wrong place is passed over', () => {
  test.each([
    ['Properties as a list', '  FlowLog: { Type: AWS::EC2::FlowLog, Properties: [a, b] }\n', 'missing'],
    ['Properties as a text', '  FlowLog: { Type: AWS::EC2::FlowLog, Properties: x }\n', 'missing'],
    ['no Properties', '  FlowLog: { Type: AWS::EC2::FlowLog }\n', 'missing'],
    ['a list as a resource', '  FlowLog: [{ Type: AWS::EC2::FlowLog }]\n', 'missing'],
    ['a list as a Type', '  FlowLog: { Type: [AWS::EC2::FlowLog] }\n', 'missing'],
    ['a list as ResourceId', flowLog('[!Ref Vpc]'), 'unknown'],
    ['a mapping as ResourceId', flowLog('{ a: b }'), 'unknown'],
    ['null as ResourceId', flowLog('null'), 'missing'],
    ['a list in a Ref', flowLog('!Ref [Vpc]'), 'unknown'],
    ['names of JavaScript', flowLog('!Ref __proto__'), 'missing'],
    ['a Ref of nothing', flowLog("!Ref ''"), 'missing'],
    ['a list as a condition', flowLog('!Ref Vpc', '[A]'), 'covered'],
    ['a condition that is not there', flowLog('!Ref Vpc', 'No'), 'conditional'],
  ])('%s', (_, resource, verdict) => {
    expect(verdictOf(`Resources:\n${vpc}${resource}`)).toBe(verdict);
  });

  test.each([
    ['Resources', 'AWSTemplateFormatVersion: x\nResources: [a]\n', 'no VPC'],
    ['Parameters', `Parameters: [a]\nResources:\n${vpc}`, 'missing'],
    ['one parameter', `Parameters: { P: x }\nResources:\n${vpc}${flowLog('!Ref P')}`, 'missing'],
    ['AllowedValues', `Parameters: { P: { AllowedValues: x } }\nResources:\n${vpc}`, 'missing'],
    ['Conditions', `Conditions: [a]\nResources:\n${vpc}`, 'missing'],
    ['one condition', `Conditions: { C: [x] }\nResources:\n${vpc}${flowLog('!Ref Vpc', 'C')}`, 'conditional'],
    ['operands', `Conditions: { C: !And x }\nResources:\n${vpc}${flowLog('!Ref Vpc', 'C')}`, 'conditional'],
    [
      'no operands',
      `Conditions: { C: !And [] }\nResources:\n${vpc}${flowLog('!Ref Vpc', 'C')}`,
      'conditional',
    ],
    [
      'a negation',
      `Conditions: { C: !Not [] }\nResources:\n${vpc}${flowLog('!Ref Vpc', 'C')}`,
      'conditional',
    ],
    [
      'an equality',
      `Conditions: { C: !Equals [a] }\nResources:\n${vpc}${flowLog('!Ref Vpc', 'C')}`,
      'conditional',
    ],
    ['Mappings', `Mappings: x\nResources:\n${vpc}${flowLog('!FindInMap [M, a, b]')}`, 'unknown'],
    ['Outputs', `Outputs: [x]\nRules: x\nMetadata: [y]\nResources:\n${vpc}`, 'missing'],
  ])('%s', (_, text, verdict) => {
    expect(verdictOf(text)).toBe(verdict);
  });
});

test('logical ids may be names of JavaScript', () => {
  const text = `Resources:\n  __proto__: { Type: AWS::EC2::VPC }\n  constructor: { Type: AWS::EC2::VPC }\n${flowLog('!Ref __proto__')}`;
  expect(verdictOf(text, '__proto__')).toBe('covered');
  expect(verdictOf(text, 'constructor')).toBe('missing');
});

test.each(['\0', '\uD800', '\u2028', '\uFEFF\uFEFF', '\x85'])(
  'odd characters do no harm: %j',
  (character) => {
    for (const text of [
      `${character}Resources:\n${vpc}`,
      `Resources:\n${vpc}${character}`,
      `Resources:\n  Vpc:\n    Type: AWS::EC2::VPC\n    ${character}: ${character}\n`,
    ]) {
      expect(() => checkText(text)).not.toThrow();
    }
  },
);
