import { describe, expect, test } from 'vitest';
import { checkInBothFormats, type Said } from './in-both-formats.ts';

/** A VPC that exists under one condition, and its flow log under another. */
function checkUnder(vpcCondition: string, flowLogCondition: string): Said {
  return checkInBothFormats(`
Parameters:
  Env: { Type: String, Default: dev, AllowedValues: [dev, prod] }
  Tier: { Type: String }
  Group: { Type: String }
Conditions:
  HasVpc: ${vpcCondition}
  IsLogged: ${flowLogCondition}
Resources:
  Vpc: { Type: AWS::EC2::VPC, Condition: HasVpc }
  FlowLog:
    Type: AWS::EC2::FlowLog
    Condition: IsLogged
    Properties:
      ResourceId: { Ref: Vpc }
      ResourceType: VPC
      TrafficType: ALL
      LogDestinationType: s3
      LogDestination: arn:aws:s3:::logs
`);
}

const equal = (left: string, right: string): string => `{ 'Fn::Equals': [${left}, ${right}] }`;
const sub = (text: string): string => `{ 'Fn::Sub': '${text}' }`;
const isProd = equal('{ Ref: Env }', 'prod');
const isWeb = equal('{ Ref: Tier }', 'web');

describe('a text put together from parameters tells what each of them is', () => {
  test.each([
    ['a literal before', equal(sub('app-${Env}'), 'app-prod'), isProd],
    ['a literal behind', equal('prod-app', sub('${Env}-app')), isProd],
    ['two parameters, the one', equal(sub('${Env}-${Tier}'), 'prod-web'), isProd],
    ['two parameters, the other', equal(sub('${Env}-${Tier}'), 'prod-web'), isWeb],
    ['nothing between them', equal(sub('${Env}${Tier}'), 'prodweb'), isWeb],
    ['one parameter twice', equal(sub('${Env}/${Env}'), 'prod/prod'), isProd],
    ['Fn::Join', equal("{ 'Fn::Join': ['/', [{ Ref: Tier }, { Ref: Env }]] }", 'web/prod'), isProd],
    ['two open parameters that are empty', equal(sub('${Tier}${Group}'), "''"), equal('{ Ref: Tier }', "''")],
    ['a text that cannot be', equal(sub('${Env}-app'), 'test-app'), equal('a', 'b')],
  ])('%s', (_, vpcCondition, flowLogCondition) => {
    expect(checkUnder(vpcCondition, flowLogCondition).verdicts).toEqual({ Vpc: 'covered' });
  });

  test('where it can be split in several ways, none of them is sure', () => {
    const said = checkUnder(equal(sub('${Tier}-${Group}'), 'web-a-b'), isWeb);
    expect(said.reasons).toEqual({ Vpc: "Vpc has no flow log when Tier is 'web-a' and Group is 'b'" });
  });

  test('the witness speaks of the parameters', () => {
    const said = checkUnder(equal('a', 'a'), equal(sub('app-${Env}'), 'app-prod'));
    expect(said.reasons).toEqual({ Vpc: "Vpc has no flow log when Env is 'dev' (the default)" });
  });

  test('a great many ways to split it end', () => {
    const many = Array.from({ length: 12 }, () => '${Tier}${Group}').join('');
    const said = checkUnder(equal(sub(many), 'a'.repeat(400)), isWeb);
    expect(said.verdicts).toEqual({ Vpc: 'conditional' });
  });
});
