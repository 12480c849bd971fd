import { expect, test } from 'vitest';
import { checkInBothFormats } from './in-both-formats.ts';

/** The reason for the verdict on a VPC whose flow log takes its traffic type from the mapping of that name. */
function reasonUnder(name: string, traffic = 'REJECT'): string | undefined {
  const { reasons } = checkInBothFormats(`
Transform: AWS::LanguageExtensions
Parameters:
  Env: { Type: String, Default: dev, AllowedValues: [dev, prod] }
Mappings:
  dev: { Logs: { traffic: ALL } }
  prod: { Logs: { traffic: ${traffic} } }
Resources:
  Vpc: { Type: AWS::EC2::VPC }
  FlowLog:
    Type: AWS::EC2::FlowLog
    Properties:
      ResourceId: { Ref: Vpc }
      ResourceType: VPC
      TrafficType: { 'Fn::FindInMap': [${name}, Logs, traffic] }
      LogDestinationType: s3
      LogDestination: arn:aws:s3:::logs
`);
  return reasons['Vpc'];
}

test('a parameter may name the mapping', () => {
  expect(reasonUnder('{ Ref: Env }')).toBe('FlowLog records the rejected traffic of Vpc');
  expect(reasonUnder('{ Ref: Env }', 'ACCEPT')).toBe("Vpc has no flow log that counts when Env is 'prod'");
});

test('a name that no mapping has tells nothing', () => {
  expect(reasonUnder("{ 'Fn::Sub': '${Env}-logs' }")).toMatch(/cannot be told/);
  expect(reasonUnder('test')).toMatch(/cannot be told/);
});
