import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sourceFixes } from '../../server/src/cdk-fixes/source-fixes.ts';
import { editFor } from '../../server/src/fixes/catalogue.ts';
import type { FlowLogOptions } from '../../server/src/fixes/options.ts';
import { applyEdits } from '../../server/src/fixes/writer/edits.ts';
import { toEnd } from '../../server/src/template/steps.ts';
import { contextOf, findingsIn } from '../unit/fixed.ts';
import { synthesiseAll } from './synthesis.ts';

const source = `import * as cdk from 'aws-cdk-lib';
import * as ec2 from 'aws-cdk-lib/aws-ec2';

const app = new cdk.App();
const stack = new cdk.Stack(app, 'Stack');
const vpc = new ec2.CfnVPC(stack, 'Vpc', { cidrBlock: '10.0.0.0/16' });
app.synth();
`;

const template = JSON.stringify({
  Resources: { Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } } },
});

const cases: readonly (readonly [string, string, FlowLogOptions])[] = [
  ['a new log group', 'add-flow-log-cloud-watch-logs:new-log-group', {}],
  ['a new bucket', 'add-flow-log-s3:new-bucket', {}],
  [
    'a folder of a new bucket, in partitions',
    'add-flow-log-s3:new-bucket',
    { s3: { prefix: 'network', hiveCompatiblePartitions: true } },
  ],
];

let parent = '';
const folders = cases.map((_, index) => `app${index}`);

beforeAll(async () => {
  const cache = path.resolve(import.meta.dirname, '../../.cache/cdk');
  await mkdir(cache, { recursive: true });
  parent = await mkdtemp(path.join(cache, 'policies-'));
  await writeFile(path.join(parent, 'package.json'), '{ "type": "commonjs" }\n');
  for (const [index, [, id, options]] of cases.entries()) {
    const folder = path.join(parent, folders[index] ?? '');
    await mkdir(folder);
    await writeFile(path.join(folder, 'app.ts'), fixedSource(id, options));
  }
  await synthesiseAll(folders.map((folder) => path.join(parent, folder)));
}, 300_000);

afterAll(() => rm(parent, { recursive: true, force: true }));

function fixedSource(id: string, options: FlowLogOptions): string {
  const edit = sourceFixes({
    language: 'typescript',
    text: source,
    offset: source.indexOf('new ec2.CfnVPC'),
    construct: 'CfnVPC',
    code: 'vpc-no-flow-log',
    options,
  })
    .find((fix) => fix.id === id)
    ?.edits();
  if (edit?.kind !== 'edit') throw new Error('The source is not fixed');
  return applyEdits(source, edit.edits);
}

function fixedTemplate(id: string, options: FlowLogOptions): string {
  const [finding] = findingsIn(template);
  const edit = finding && toEnd(editFor(id, finding, contextOf(template, options)));
  if (edit?.kind !== 'edit') throw new Error('The template is not fixed');
  return applyEdits(template, edit.edits);
}

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

interface Resource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, Json>>;
  readonly DependsOn?: string | readonly string[];
}

/** What the policies of a template say, and which types of resource the flow log waits for. */
function policiesOf(text: string): { readonly statements: readonly Json[]; readonly awaited: string[] } {
  const { Resources: resources } = JSON.parse(text) as { Resources: Record<string, Resource> };
  const typeOf = (name: string): string => resources[name]?.Type ?? name;
  const statements = Object.values(resources).flatMap(({ Properties = {} }) =>
    statementsIn(resolved(Properties, typeOf)),
  );
  const flowLog = Object.values(resources).find(({ Type }) => Type === 'AWS::EC2::FlowLog');
  return {
    statements: statements.toSorted((a, b) => textOf(a).localeCompare(textOf(b))),
    awaited: [flowLog?.DependsOn ?? []].flat().map(typeOf),
  };
}

/** The statements of all policies, however deep they are. */
function statementsIn(value: Json): readonly Json[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === 'Statement' && Array.isArray(inner) ? (inner as readonly Json[]) : statementsIn(inner),
  );
}

/** References as texts that have the type of a resource for its name, the keys of objects in order. */
function resolved(value: Json, typeOf: (name: string) => string): Json {
  if (Array.isArray(value)) return value.map((item: Json) => resolved(item, typeOf));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value as Readonly<Record<string, Json>>)
    .map(([key, inner]) => [key, resolved(inner, typeOf)] as const)
    .toSorted(([a], [b]) => a.localeCompare(b));
  const [name, argument] = entries[0] ?? [];
  const of = (reference: string): string => {
    const [resource = '', ...attribute] = reference.split('.');
    return `<${[typeOf(resource), ...attribute].join('.')}>`;
  };
  if (name === 'Ref') return of(argument as string);
  if (name === 'Fn::GetAtt') return of((argument as string[]).join('.'));
  if (name === 'Fn::Sub')
    return (argument as string).replaceAll(/\$\{([^}]+)\}/g, (_, inner: string) => of(inner));
  if (name === 'Fn::Join') {
    const [separator, parts] = argument as unknown as [string, string[]];
    return parts.join(separator);
  }
  return Object.fromEntries(entries);
}

/** The CDK grants on a log group itself, too, beside its streams. */
function ofStreams(statement: Json): Json {
  const { Resource: resource, ...rest } = statement as { Resource: Json };
  const group = 'arn:<AWS::Partition>:logs:<AWS::Region>:<AWS::AccountId>:log-group:<AWS::Logs::LogGroup>';
  const [first, second, ...more] = [resource].flat();
  return first === group && second !== undefined && more.length === 0
    ? { ...rest, Resource: second }
    : statement;
}

function textOf(value: Json): string {
  return JSON.stringify(value);
}

test.each(cases.map(([what, id, options], index) => ({ what, id, options, folder: folders[index] ?? '' })))(
  'a CfnFlowLog to $what has the policies that a template gets',
  async ({ id, options, folder }) => {
    const synthesised = await readFile(path.join(parent, folder, 'cdk.out/Stack.template.json'), 'utf8');
    const expected = policiesOf(fixedTemplate(id, options));
    const { statements, awaited } = policiesOf(synthesised);
    expect(expected.statements.length).toBeGreaterThan(1);
    expect(statements.map(ofStreams)).toEqual(expected.statements);
    expect(awaited).toEqual(expect.arrayContaining(expected.awaited));
  },
);
