import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { Workspace } from '../../server/src/workspace/workspace.ts';

/** Logical id → verdict, or what the file is instead of a template. */
function check(files: Readonly<Record<string, string>>, name: string): unknown {
  const at = (file: string): string => path.resolve('/workspace', file);
  const workspace = new Workspace();
  for (const [file, text] of Object.entries(files)) workspace.setDiskText(at(file), text);
  const checked = workspace.check(at(name));
  if (checked.kind !== 'template') return checked.kind;
  return Object.fromEntries(checked.vpcs.map(({ logicalId, verdict }) => [logicalId, verdict]));
}

const properties = `
ResourceType: VPC
TrafficType: ALL
LogDestinationType: s3
LogDestination: arn:aws:s3:::logs
`;

const fragment = `
Resources:
  FlowLog:
    Type: AWS::EC2::FlowLog
    Properties:
      ResourceId: !Ref Vpc
      ${properties.trim().replaceAll('\n', '\n      ')}
`;

const including = `
Transform: { Name: AWS::Include, Parameters: { Location: flow-logs.yaml } }
Resources:
  Vpc: { Type: AWS::EC2::VPC }
`;

test('properties of a flow log that are included decide its verdict', () => {
  const text = `
Resources:
  Vpc: { Type: AWS::EC2::VPC }
  FlowLog:
    Type: AWS::EC2::FlowLog
    Properties:
      ResourceId: !Ref Vpc
      Fn::Transform: { Name: AWS::Include, Parameters: { Location: properties.yaml } }
`;
  const files = { 'main.yaml': text, 'properties.yaml': properties };
  expect(check(files, 'main.yaml')).toEqual({ Vpc: 'covered' });
});

describe('sections that another template includes', () => {
  test('count there', () => {
    const files = { 'main.yaml': including, 'flow-logs.yaml': fragment };
    expect(check(files, 'main.yaml')).toEqual({ Vpc: 'covered' });
  });

  test('are no template of their own', () => {
    const files = { 'main.yaml': including, 'flow-logs.yaml': fragment };
    expect(check(files, 'flow-logs.yaml')).toBe('not-a-template');
  });

  test('are one where nothing includes them', () => {
    expect(check({ 'flow-logs.yaml': fragment }, 'flow-logs.yaml')).toEqual({});
  });

  test('are one where they say so', () => {
    const whole = `AWSTemplateFormatVersion: '2010-09-09'${fragment}`;
    expect(check({ 'main.yaml': including, 'flow-logs.yaml': whole }, 'flow-logs.yaml')).toEqual({});
  });
});
