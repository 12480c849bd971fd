import path from 'node:path';
import { expect, test } from 'vitest';
import { Workspace } from '../../server/src/workspace/workspace.ts';

/** `verdict: reason` of the VPC of a template whose export another one imports for its flow log. */
function verdictOf(output: string, imported: string, vpcCondition = ''): string {
  const network = `
Parameters:
  Env: { Type: String, Default: dev, AllowedValues: [dev, prod] }
Conditions:
  IsProd: !Equals [!Ref Env, prod]
Resources:
  Vpc:
    Type: AWS::EC2::VPC
    ${vpcCondition}
Outputs:
  VpcId:
    Value: !Ref Vpc
    ${output}
`;
  const audit = `
Parameters:
  Stack: { Type: String }
  Stage: { Type: String, AllowedValues: [test, prod] }
Resources:
  FlowLog:
    Type: AWS::EC2::FlowLog
    Properties:
      ResourceId: { 'Fn::ImportValue': ${imported} }
      ResourceType: VPC
      TrafficType: ALL
      LogDestinationType: s3
      LogDestination: arn:aws:s3:::logs
`;
  const file = path.resolve('/workspace/network.yaml');
  const workspace = new Workspace();
  workspace.setDiskText(file, network);
  workspace.setDiskText(path.resolve('/workspace/audit.yaml'), audit);
  const check = workspace.check(file);
  if (check.kind !== 'template') throw new Error(check.kind);
  return check.vpcs.map(({ verdict, reason }) => `${verdict}: ${reason}`).join('\n');
}

const covered = 'covered: FlowLog records the rejected traffic of Vpc';
const missing = 'missing: Vpc has no flow log';

test.each([
  ['a value that the parameter may have', "!Sub '${Env}-vpc'", 'prod-vpc', covered],
  ['a value that it cannot have', "!Sub '${Env}-vpc'", 'staging-vpc', missing],
  ['a parameter that shares a value', "!Sub '${Env}-vpc'", "{ 'Fn::Sub': '${Stage}-vpc' }", covered],
  ['a parameter that may be anything', "!Sub '${Env}-vpc'", "{ 'Fn::Sub': '${Stack}-vpc' }", covered],
  ['the end of the name twice', "!Sub '${AWS::StackName}-vpc'", 'my-vpc-vpc', covered],
  ['nothing in place of the stack', "!Sub '${AWS::StackName}-vpc'", "'-vpc'", missing],
])('an import by a name with %s', (_, name, imported, expected) => {
  expect(verdictOf(`Export: { Name: ${name} }`, imported)).toBe(expected);
});

test('an export whose name depends on a condition is there under each name in turn', () => {
  expect(verdictOf('Export: { Name: !If [IsProd, prod-vpc, other-vpc] }', 'other-vpc')).toBe(
    "conditional: Vpc has no flow log when Env is 'prod'",
  );
});

test('an export under a condition is not there without it', () => {
  const output = 'Condition: IsProd\n    Export: { Name: shared-vpc }';
  expect(verdictOf(output, 'shared-vpc')).toBe(
    "conditional: Vpc has no flow log when Env is 'dev' (the default)",
  );
  expect(verdictOf(output, 'shared-vpc', 'Condition: IsProd')).toBe(covered);
});
