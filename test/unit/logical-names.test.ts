import { describe, expect, test } from 'vitest';
import { nameGiver, type NameGiver } from '../../server/src/fixes/names.ts';
import { readDocuments } from '../../server/src/template/read.ts';

function names(yaml: string): NameGiver {
  const root = readDocuments(yaml)[0]?.root;
  if (root?.kind !== 'mapping') throw new Error('It is no mapping');
  return nameGiver(root);
}

function resources(...ids: readonly string[]): string {
  return `Resources: {${ids.map((id) => `'${id}': {Type: A::B::C}`).join(', ')}}`;
}

describe('the name of what belongs to a resource', () => {
  test.each([
    ['Vpc', 'VpcFlowLog'],
    ['VPC', 'VPCFlowLog'],
    ['vpc', 'vpcFlowLog'],
    ['rVPC', 'rVPCFlowLog'],
    ['VPC1', 'VPC1FlowLog'],
    ['Vpc${Env}', 'Vpc${Env}FlowLog'],
    ['Vpc&{Env}', 'Vpc&{Env}FlowLog'],
    ['My-Vpc', 'MyVpcFlowLog'],
  ])('%s', (owner, name) => {
    expect(names(resources(owner)).ofResource(owner, 'FlowLog')).toBe(name);
  });

  test('is not given twice', () => {
    const giver = names(resources('Vpc'));
    expect([giver.ofResource('Vpc', 'FlowLog'), giver.ofResource('Vpc', 'FlowLog')]).toEqual([
      'VpcFlowLog',
      'VpcFlowLog2',
    ]);
  });

  test.each([
    ['a resource', resources('Vpc', 'VpcFlowLog')],
    ['a resource in another case', resources('Vpc', 'VpcFlowlog')],
    ['a parameter', `${resources('Vpc')}\nParameters: {VpcFlowLog: {Type: String}}`],
    ['a condition', `${resources('Vpc')}\nConditions: {VpcFlowLog: !Equals [a, a]}`],
    ['a mapping', `${resources('Vpc')}\nMappings: {VpcFlowLog: {A: {B: c}}}`],
    [
      'what a loop makes',
      "Resources: {'Fn::ForEach::L': [N, [a], {'Fn::ForEach::M': [O, [b], {VpcFlowLog: {}}]}]}",
    ],
  ])('is not that of %s', (_, yaml) => {
    expect(names(yaml).ofResource('Vpc', 'FlowLog')).toBe('VpcFlowLog2');
  });

  test('has at most 255 letters and digits', () => {
    const long = 'V'.repeat(252);
    const giver = names(resources(long));
    expect(giver.ofResource(long, 'FlowLog')).toBe(`${long}Flo`);
    expect(giver.ofResource(long, 'FlowLog')).toBe(`${long}Fl2`);
    expect(giver.ofResource(`${'V'.repeat(250)}\${Env}`, 'FlowLog')).toBe('V'.repeat(250));
  });
});

describe('the name of what belongs to none', () => {
  test.each([
    ['with capitals', resources('Vpc', 'Subnet', 'route'), 'FlowLogRole'],
    ['with small letters', resources('vpc', 'subnet', 'Route'), 'flowLogRole'],
    ['with a letter for their kind', resources('rVpc', 'rSubnet', 'rRoute'), 'rFlowLogRole'],
    ['not at all', 'Resources: {}', 'FlowLogRole'],
  ])('where the others begin %s', (_, yaml, name) => {
    expect(names(yaml).resource('FlowLogRole')).toBe(name);
  });

  test('has the manner of its section', () => {
    const giver = names(`${resources('rVpc', 'rSubnet')}
Parameters: {pEnv: {Type: String}, pCidr: {Type: String}}
Conditions: {isProd: !Equals [a, a], isDev: !Equals [a, a]}`);
    expect([giver.resource('FlowLog'), giver.parameter('BucketArn'), giver.condition('HasBucket')]).toEqual([
      'rFlowLog',
      'pBucketArn',
      'hasBucket',
    ]);
  });
});
