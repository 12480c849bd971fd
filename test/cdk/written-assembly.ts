import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';

/** What a test writes itself, file by file, in the shapes that synthesis gives them. */
export interface WrittenFolder {
  /** Absolute. Nothing but the test's own files are in it, and outside of it, in `outside`, others. */
  readonly folder: string;
  readonly outside: string;
  readonly write: (name: string, content: unknown) => Promise<string>;
}

/** A workspace folder for an assembly that no CDK would write. */
export async function newFolder(): Promise<WrittenFolder> {
  const root = await realpath(await mkdtemp(path.join(tmpdir(), 'assembly-')));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  const folder = path.join(root, 'workspace');
  const outside = path.join(root, 'outside');
  await mkdir(folder);
  await mkdir(outside);
  return {
    folder,
    outside,
    write: async (name, content) => {
      const file = path.resolve(folder, name);
      await mkdir(path.dirname(file), { recursive: true });
      await writeFile(file, typeof content === 'string' ? content : JSON.stringify(content));
      return file;
    },
  };
}

export const source = `import * as ec2 from 'aws-cdk-lib/aws-ec2';
const stack = 1;
new ec2.Vpc(stack, 'Main', {});
`;

/** Of the expression in {@link source}. */
export function creationStack(file: string): readonly string[] {
  return ['...new Vpc2 in aws-cdk-lib...', `<anonymous> (${file}:3:1)`, '...node internals...'];
}

export const template = {
  Resources: {
    Main54E5BC70: {
      Type: 'AWS::EC2::VPC',
      Properties: { CidrBlock: '10.0.0.0/16' },
      Metadata: { 'aws:cdk:path': 'Network/Main/Resource' },
    },
  },
};

export const coveredTemplate = {
  Resources: {
    ...template.Resources,
    FlowLog: {
      Type: 'AWS::EC2::FlowLog',
      Properties: {
        ResourceId: { Ref: 'Main54E5BC70' },
        ResourceType: 'VPC',
        TrafficType: 'ALL',
        LogDestinationType: 's3',
        LogDestination: 'arn:aws:s3:::amzn-s3-demo-bucket',
      },
    },
  },
};

export const manifest = {
  version: '55.0.0',
  artifacts: {
    Network: {
      type: 'aws:cloudformation:stack',
      environment: 'aws://unknown-account/unknown-region',
      properties: { templateFile: 'Network.template.json' },
      additionalMetadataFile: 'Network.metadata.json',
      displayName: 'Network',
    },
    Tree: { type: 'cdk:tree', properties: { file: 'tree.json' } },
  },
};

export function metadata(frames: readonly unknown[]): Readonly<Record<string, unknown>> {
  return {
    '/Network/Main/Resource': [
      { type: 'aws:cdk:logicalId', data: 'Main54E5BC70' },
      { type: 'aws:cdk:creationStack', data: frames },
    ],
  };
}

export const tree = {
  version: 'tree-0.1',
  tree: {
    id: 'App',
    path: '',
    children: {
      Main: { id: 'Main', path: 'Network/Main', constructInfo: { fqn: 'aws-cdk-lib.aws_ec2.Vpc' } },
    },
  },
};

/** Writes a small application and what its synthesis would leave. */
export async function writeApplication({ write }: Pick<WrittenFolder, 'write'>): Promise<void> {
  const file = await write('app.ts', source);
  await write('cdk.out/Network.template.json', template);
  await write('cdk.out/Network.metadata.json', metadata(creationStack(file)));
  await write('cdk.out/tree.json', tree);
  await write('cdk.out/manifest.json', manifest);
}
