import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { Workspace } from '../../server/src/workspace/workspace.ts';

const bucket = 'Resources:\n  Bucket:\n    Type: AWS::S3::Bucket\n';

/** Each with how many mistakes, VPCs and findings are to be told of it. */
const files: readonly (readonly [what: string, text: string, kind: string, told: number])[] = [
  ['a template', bucket, 'template', 0],
  ['one in JSON', '{"Resources": {"Bucket": {"Type": "AWS::S3::Bucket"}}}', 'template', 0],
  ['a version alone', 'AWSTemplateFormatVersion: 2010-09-09\nDescription: Nothing yet\n', 'template', 0],
  ['other resources', 'Resources:\n  Cpu:\n    Type: large\n', 'not-a-template', 0],
  ['resources in one line', 'Resources: {Bucket: {Type: AWS::S3::Bucket}}\n', 'template', 0],
  [
    'a VPC that is not written as such',
    bucket.replace('AWS::S3::Bucket', '"AWS::EC2::VP\\x43"'),
    'template',
    2,
  ],
  ['a VPC of a second list', `${bucket}Resources:\n  Vpc:\n    Type: AWS::EC2::VPC\n`, 'template', 2],
  ['a second list of no resources', `${bucket}Resources:\n  Cpu:\n    Size: large\n`, 'not-a-template', 0],
  ['a mistake', `${bucket}    Properties: {\n`, 'template', 1],
  ['a comment that suppresses nothing', `# flow-log-guard: ignore vpc-no-flow-log\n${bucket}`, 'template', 1],
  [
    'metadata that suppress nothing',
    `${bucket}    Metadata:\n      flow-log-guard:\n        suppress:\n          - vpc-no-flow-log\n`,
    'template',
    1,
  ],
  [
    'a loop',
    `Transform: AWS::LanguageExtensions\n${bucket}  Fn::ForEach::Vpcs:\n    - Name\n    - [A, B]\n    - Vpc\${Name}:\n        Type: AWS::EC2::VPC\n`,
    'template',
    3,
  ],
];

describe('what is told at a glance', () => {
  it.each(files)('of %s is what is told when all of it is read', (_, text, kind, told) => {
    const [glanced, read] = (['pieces', 'whole'] as const).map((reading) => {
      const workspace = new Workspace(reading);
      const file = path.resolve('template.yaml');
      workspace.setDiskText(file, text);
      return workspace.check(file);
    });
    expect(glanced).toEqual(read);
    expect(glanced?.kind).toBe(kind);
    const { problems, vpcs, findings } = { problems: [], vpcs: [], findings: [], ...glanced };
    expect(problems.length + vpcs.length + findings.length).toBe(told);
  });
});
