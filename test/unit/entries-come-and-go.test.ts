import { describe, expect, test } from 'vitest';
import { computeForGood, computeOnce, keep } from '../../server/src/template/kept.ts';
import type { Template } from '../../server/src/template/model.ts';
import { PiecedText } from '../../server/src/template/pieces/pieced-text.ts';
import { rootScope } from '../../server/src/template/scope.ts';
import { toEnd } from '../../server/src/template/steps.ts';
import { readTemplate } from '../../server/src/template/template.ts';

const yaml = `AWSTemplateFormatVersion: '2010-09-09'
Parameters:
  Environment:
    Type: String
    Default: dev
Conditions:
  IsProduction: !Equals [!Ref Environment, prod]
  IsOther: !Equals [a, b]
Resources:
  Vpc:
    Type: AWS::EC2::VPC
  Bucket:
    Type: AWS::S3::Bucket
  Topic:
    Type: AWS::SNS::Topic
`;

const json = JSON.stringify(
  {
    AWSTemplateFormatVersion: '2010-09-09',
    Parameters: { Environment: { Type: 'String', Default: 'dev' } },
    Conditions: {
      IsProduction: { 'Fn::Equals': [{ Ref: 'Environment' }, 'prod'] },
      IsOther: { 'Fn::Equals': ['a', 'b'] },
    },
    Resources: {
      Vpc: { Type: 'AWS::EC2::VPC' },
      Bucket: { Type: 'AWS::S3::Bucket' },
      Topic: { Type: 'AWS::SNS::Topic' },
    },
  },
  undefined,
  2,
);

function pieced(text: string): PiecedText {
  const found = toEnd(PiecedText.of(text));
  if (found === undefined) throw new Error('The text cannot be cut');
  return found;
}

function templateOf(text: PiecedText): Template {
  return computeForGood(() => readTemplate(text.document))!;
}

/** Asks for what is kept, and tells whether it was computed anew. */
function asking<T>(owner: object, find: () => T): () => { readonly value: T; readonly isNew: boolean } {
  let times = 0;
  return () => {
    const before = times;
    const value = computeOnce(() =>
      keep(owner, find, () => {
        times += 1;
        return find();
      }),
    );
    return { value, isNew: times > before };
  };
}

describe.each([
  ['YAML', yaml],
  ['JSON', json],
])('in %s', (_, text) => {
  const renamed = text.replace(/Bucket\b(?=["']?:[^:])/, 'Store');

  test('a new name that nobody asked about moves what was read', () => {
    const live = pieced(text);
    const { document } = live;
    const template = templateOf(live);
    const vpcs = asking(template, () => template.resources.ofType('AWS::EC2::VPC'));
    const [vpc] = vpcs().value;
    expect(live.update(renamed)).toBe('moved');
    expect(live.document).toBe(document);
    expect(vpcs()).toEqual({ value: [vpc], isNew: false });
    expect([...computeOnce(() => [...template.resources.keys()])]).toEqual(['Vpc', 'Store', 'Topic']);
  });

  test.each(['Bucket', 'Store'])('whoever asked for %s is told when it comes or goes', (name) => {
    const live = pieced(text);
    const template = templateOf(live);
    const has = asking(template, () => template.resources.has(name));
    const other = asking(template, () => template.resources.get('Vpc')?.logicalId);
    const { value } = has();
    other();
    expect(live.update(renamed)).toBe('touched');
    expect(has()).toEqual({ value: !value, isNew: true });
    expect(other()).toEqual({ value: 'Vpc', isNew: false });
    expect(live.update(text)).toBe('touched');
    expect(has()).toEqual({ value, isNew: true });
  });

  test('whoever asked for those of a type is told of one that has another name', () => {
    const live = pieced(text);
    const template = templateOf(live);
    const names = asking(template, () =>
      template.resources.ofType('AWS::S3::Bucket').map(({ logicalId }) => logicalId),
    );
    expect(names().value).toEqual(['Bucket']);
    expect(live.update(renamed)).toBe('touched');
    expect(names()).toEqual({ value: ['Store'], isNew: true });
  });

  test('whoever asked for those of a type is told of one that has become one', () => {
    const live = pieced(text);
    const template = templateOf(live);
    const vpcs = asking(template, () => template.resources.ofType('AWS::EC2::VPC').length);
    expect(vpcs().value).toBe(1);
    expect(live.update(text.replace('AWS::SNS::Topic', 'AWS::EC2::VPC'))).toBe('touched');
    expect(vpcs()).toEqual({ value: 2, isNew: true });
  });

  test('whoever asked for a type is told of another', () => {
    const live = pieced(text);
    const template = templateOf(live);
    const type = asking(template, () => template.resources.get('Topic')?.type);
    type();
    expect(live.update(text.replace('AWS::SNS::Topic', 'AWS::SQS::Queue'))).toBe('touched');
    expect(type()).toEqual({ value: 'AWS::SQS::Queue', isNew: true });
  });

  test('what was found for good in a name makes another document', () => {
    const live = pieced(text);
    const template = templateOf(live);
    computeForGood(() => template.resources.get('Bucket'));
    expect(live.update(renamed)).toBe('changed');
    expect([...templateOf(live).resources.keys()]).toEqual(['Vpc', 'Store', 'Topic']);
  });

  test('of two of one name the last counts, and when it goes, the first', () => {
    const live = pieced(text);
    const template = templateOf(live);
    const type = asking(template, () => template.resources.get('Vpc')?.type);
    const vpcs = asking(template, () => template.resources.ofType('AWS::EC2::VPC').length);
    expect([type().value, vpcs().value]).toEqual(['AWS::EC2::VPC', 1]);
    expect(live.update(text.replace(/Topic\b(?=["']?:[^:])/, 'Vpc'))).toBe('touched');
    expect([type().value, vpcs().value]).toEqual(['AWS::SNS::Topic', 0]);
    expect(live.update(text)).toBe('touched');
    expect([type().value, vpcs().value]).toEqual(['AWS::EC2::VPC', 1]);
  });

  test('a condition is read again where it, or its parameter, has changed, and only then', () => {
    const live = pieced(text);
    const scope = rootScope(templateOf(live));
    const condition = asking(scope, () => scope.condition('IsProduction'));
    const first = condition().value;
    expect(live.update(text.replace(/\bb\b/, 'c'))).toBe('moved');
    expect(condition().value).toBe(first);
    expect(live.update(text.replace('prod', 'live'))).toBe('touched');
    expect(JSON.stringify(condition().value)).toContain('live');
    expect(live.update(text.replace('dev', 'test'))).toBe('touched');
    expect(JSON.stringify(condition().value)).toContain('test');
    expect(live.update(text.replace(/Environment(?=["']?:)/, 'Stage'))).toBe('touched');
    expect(JSON.stringify(condition().value)).not.toContain('test');
  });
});

test('conditions that name each other make another document when one is edited', () => {
  const circle = `Conditions:
  First: !Not [!Condition Second]
  Second: !And [!Equals [!Ref AWS::Region, a], !Condition First]
${yaml.slice(yaml.indexOf('Resources:'))}`;
  const live = pieced(circle);
  const scope = rootScope(templateOf(live));
  computeOnce(() => scope.condition('First'));
  expect(live.update(circle.replace('!Ref AWS::Region', '!Ref AWS::Partition'))).toBe('changed');
});

test('an entry comes and goes with its lines', () => {
  const live = pieced(yaml);
  const template = templateOf(live);
  const vpcs = asking(template, () =>
    template.resources.ofType('AWS::EC2::VPC').map(({ logicalId }) => logicalId),
  );
  vpcs();
  const topics = asking(template, () => template.resources.ofType('AWS::SNS::Topic').length);
  topics();
  const added = yaml.replace('  Bucket:', '  Other:\n    Type: AWS::EC2::VPC\n  Bucket:');
  expect(live.update(added)).toBe('touched');
  expect(vpcs()).toEqual({ value: ['Vpc', 'Other'], isNew: true });
  expect(topics().isNew).toBe(false);
  expect(live.update(yaml)).toBe('touched');
  expect(vpcs().value).toEqual(['Vpc']);
});

test('a copy that is put above an entry does not count', () => {
  const live = pieced(yaml);
  const template = templateOf(live);
  const buckets = asking(template, () => template.resources.ofType('AWS::S3::Bucket'));
  const [bucket] = buckets().value;
  const copied = yaml.replace(
    '  Bucket:',
    '  Bucket:\n    Type: AWS::S3::Bucket\n    DeletionPolicy: Retain\n  Bucket:',
  );
  live.update(copied);
  expect(buckets().value.map(({ span }) => span.start)).toEqual([copied.lastIndexOf('Bucket:')]);
  live.update(yaml);
  expect(buckets().value.map(({ span }) => span.start)).toEqual([yaml.indexOf('Bucket:')]);
  expect(buckets().value).toEqual([bucket]);
});

test('the last entry of a section goes with the section', () => {
  const live = pieced('Resources:\n  Vpc:\n    Type: AWS::EC2::VPC\nOutputs:\n  Id:\n    Value: a\n');
  templateOf(live);
  expect(live.update('Resources:\n  Vpc:\n    Type: AWS::EC2::VPC\nOutputs:\n')).toBe('changed');
  expect(templateOf(live).outputs.size).toBe(0);
});

test('what is remembered of entries that have gone is forgotten in time', () => {
  const live = pieced(yaml);
  const template = templateOf(live);
  const isThere = asking(template, () => template.resources.has('Bucket'));
  const effects = new Set<string>();
  for (let time = 0; time < 1200; time += 1) {
    isThere();
    effects.add(live.update(yaml.replace('  Bucket:', `  Bucket${time}:`)));
  }
  expect([...effects].toSorted()).toEqual(['changed', 'moved', 'touched']);
});
