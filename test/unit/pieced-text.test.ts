import { describe, expect, test } from 'vitest';
import { computeOnce, keep } from '../../server/src/template/kept.ts';
import { readDocuments } from '../../server/src/template/read.ts';
import type { ReadDocument } from '../../server/src/template/document.ts';
import { insertIncludes } from '../../server/src/template/includes.ts';
import { PiecedText } from '../../server/src/template/pieces/pieced-text.ts';
import { toEnd } from '../../server/src/template/steps.ts';
import type { Template } from '../../server/src/template/model.ts';
import { readTemplate } from '../../server/src/template/template.ts';
import {
  child,
  entriesOf,
  entry,
  factsOf,
  textOf,
  type SyntaxNode,
} from '../../server/src/template/syntax.ts';

const yaml = [
  'Description: two resources',
  'Resources:',
  '  Vpc:',
  '    Type: AWS::EC2::VPC',
  '    Properties:',
  '      CidrBlock: 10.0.0.0/16',
  '  # what is said of the bucket',
  '  Bucket:',
  '    Type: AWS::S3::Bucket',
  '    Condition: IsProduction',
  '    Metadata:',
  '      aws:cdk:path: App/Bucket',
  '    Properties:',
  '      BucketName: logs',
  '',
].join('\n');

const json = JSON.stringify({
  Resources: {
    Vpc: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: '10.0.0.0/16' } },
    Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'logs' } },
  },
});

function pieced(text: string): PiecedText {
  const found = toEnd(PiecedText.of(text));
  if (found === undefined) throw new Error('The text cannot be cut');
  return found;
}

function resource(text: PiecedText, name: string): SyntaxNode | undefined {
  return child(child(text.document.root, 'Resources'), name);
}

describe.each([
  ['YAML', yaml],
  ['JSON', json],
])('an edit of %s', (_, text) => {
  const withBucket = (name: string): string => text.replace('logs', name);

  test('of what nobody has looked at moves what was read', () => {
    const live = pieced(text);
    const { document } = live;
    const vpc = resource(live, 'Vpc')!;
    const start = vpc.span.start;
    expect(live.update(withBucket('other-logs'))).toBe('moved');
    expect(live.document).toBe(document);
    expect(resource(live, 'Vpc')).toBe(vpc);
    expect(vpc.span.start).toBe(start);
    const above = text.startsWith('{')
      ? `\n\n${withBucket('other-logs')}`
      : `# above\n${withBucket('other-logs')}`;
    expect(live.update(above)).toBe('moved');
    expect(vpc.span.start).toBe(start + above.length - withBucket('other-logs').length);
    expect(above.slice(vpc.span.start, vpc.span.end)).toBe(
      text.slice(start, start + vpc.span.end - vpc.span.start),
    );
  });

  test('is read when it is asked for later', () => {
    const live = pieced(text);
    live.update(withBucket('other'));
    expect(child(child(resource(live, 'Bucket'), 'Properties'), 'BucketName')).toMatchObject({
      text: 'other',
    });
  });

  test('of what was looked at changes the document, and keeps the other pieces', () => {
    const live = pieced(text);
    const { document } = live;
    const vpc = resource(live, 'Vpc');
    resource(live, 'Bucket');
    expect(live.update(withBucket('other'))).toBe('changed');
    expect(live.document).not.toBe(document);
    expect(resource(live, 'Vpc')).toBe(vpc);
  });

  test('of what results are kept of touches them, and leaves the document', () => {
    const live = pieced(text);
    const { document } = live;
    const nameOf = (): unknown => {
      const name = child(child(resource(live, 'Bucket'), 'Properties'), 'BucketName');
      return name?.kind === 'scalar' ? name.text : undefined;
    };
    const keptName = (): unknown => computeOnce(() => keep(document, 'name', nameOf));
    expect(keptName()).toBe('logs');
    expect(live.update(withBucket('other'))).toBe('touched');
    expect(live.document).toBe(document);
    expect(keptName()).toBe('other');
  });

  test('that brings a word which was looked for changes the document', () => {
    const live = pieced(text);
    const bucket = live.pieces.find(({ name }) => name === 'Bucket')!;
    expect(bucket.mentions('other')).toBe(false);
    expect(live.update(withBucket('new'))).toBe('moved');
    expect(live.update(withBucket('other'))).toBe('changed');
  });

  test('is found out again about its piece alone', () => {
    const live = pieced(text);
    const found: string[] = [];
    const find = ({ name }: { readonly name: string }): number => found.push(name);
    const findAll = (): void => live.pieces.forEach((piece) => void piece.once(find));
    findAll();
    const all = found.splice(0);
    expect(live.update(withBucket('other'))).toBe('moved');
    findAll();
    expect(all).toContain('Vpc');
    expect(found).toEqual(['Bucket']);
  });

  test('can be cut beforehand, and what it does not touch is what is there already', () => {
    const live = pieced(text);
    const vpcAt = text.indexOf('Vpc') + 'Vpc'.length;
    const logsAt = text.indexOf('logs');
    const wanted = `${text.slice(0, vpcAt)}2${text.slice(vpcAt, logsAt)}other${text.slice(logsAt + 4)}`;
    const windows = [
      { start: vpcAt, oldEnd: vpcAt, newEnd: vpcAt + 1 },
      { start: logsAt, oldEnd: logsAt + 4, newEnd: logsAt + 6 },
    ];
    const cut = live.piecesOf(wanted, windows)!;
    expect(cut.map((piece) => piece.name)).toEqual(pieced(wanted).pieces.map((piece) => piece.name));
    expect(cut.map((piece) => piece.text)).toEqual(pieced(wanted).pieces.map((piece) => piece.text));
    const [first] = live.pieces;
    expect(cut[0]).toBe(first);
    expect(live.text).toBe(text);
    expect(live.pieces.map(({ name }) => name)).not.toContain('Vpc2');
  });

  describe('of a type', () => {
    const asQueue = text.replace('AWS::S3::Bucket', 'AWS::SQS::Queue');

    function template(live: PiecedText): Template {
      return readTemplate(live.document)!;
    }

    test('that nobody looked at moves it, and whoever asks later is told the new one', () => {
      const live = pieced(text);
      const { resources } = template(live);
      expect(template(live).resources.ofType('AWS::EC2::VPC')).toHaveLength(1);
      expect(live.update(asQueue)).toBe('moved');
      expect(template(live).resources.ofType('AWS::SQS::Queue')).toHaveLength(1);
      expect(resources.get('Bucket')?.type).toBe('AWS::SQS::Queue');
    });

    test.each(['AWS::S3::Bucket', 'AWS::SQS::Queue'])(
      'of which those of %s were asked for changes it',
      (type) => {
        const live = pieced(text);
        template(live).resources.ofType(type);
        expect(live.update(asQueue)).toBe('changed');
      },
    );

    test('that was looked at changes it', () => {
      const live = pieced(text);
      expect(template(live).resources.get('Bucket')?.type).toBe('AWS::S3::Bucket');
      expect(live.update(asQueue)).toBe('changed');
    });

    test('is asked about the document that it changed alone', () => {
      const live = pieced(text);
      template(live).resources.ofType('AWS::SQS::Queue');
      expect(live.update(asQueue)).toBe('changed');
      expect(live.update(text)).toBe('moved');
    });
  });

  test('that cannot be cut leaves the pieces for one that can', () => {
    const live = pieced(text);
    const vpc = resource(live, 'Vpc');
    const uncut = text.startsWith('{') ? `[${text}` : text.replace('Resources:', '}$&');
    expect(live.update(uncut)).toBe('lost');
    expect(live.update(withBucket('closed'))).toBe('moved');
    expect(resource(live, 'Vpc')).toBe(vpc);
  });
});

test('the line behind a piece, when it moves to the right, becomes a part of it', () => {
  const live = pieced(yaml);
  resource(live, 'Vpc');
  const indented = yaml
    .replace('  Bucket:', '    Bucket:')
    .replaceAll(/^( {4}(?:Type: AWS::S3|Condition|Metadata))/gm, '  $1');
  live.update(yaml.replace('  Bucket:', '    Bucket:'));
  const effect = live.update(indented);
  const names = (found: PiecedText): unknown =>
    entriesOf(child(found.document.root, 'Resources')).map(({ name }) => name);
  expect(effect === 'lost' ? 'lost' : names(live)).toEqual(
    toEnd(PiecedText.of(indented)) === undefined ? 'lost' : names(pieced(indented)),
  );
  expect(live.update(yaml.replace('  Bucket:\n', '    Other: x\n  Bucket:\n'))).toBe('changed');
  expect(child(resource(live, 'Vpc'), 'Other')).toMatchObject({ text: 'x' });
});

test('a stray name becomes an entry when its colon is typed', () => {
  const live = pieced(yaml.replace('  Bucket:', '  Bucket'));
  expect(resource(live, 'Bucket')).toBeUndefined();
  expect(live.update(yaml)).toBe('changed');
  expect(resource(live, 'Bucket')?.kind).toBe('mapping');
});

test('what is said of an entry is told without reading it', () => {
  const bucket = entry(child(pieced(yaml).document.root, 'Resources'), 'Bucket')!;
  expect(factsOf(bucket)).toEqual({
    isMapping: true,
    type: 'AWS::S3::Bucket',
    condition: 'IsProduction',
    metadataKeys: ['aws:cdk:path'],
  });
});

test.each([
  [
    'YAML',
    `Transform: AWS::LanguageExtensions
${yaml}  Fn::ForEach::Nets:
  - Net
  - [A, B]
  - Vpc\${Net}:
      Type: AWS::EC2::VPC
`,
  ],
  [
    'JSON',
    `{ "Transform": "AWS::LanguageExtensions", ${json.slice(1, -2)}, "Fn::ForEach::Nets": [
      "Net", ["A", "B"], { "Vpc\${Net}": { "Type": "AWS::EC2::VPC" } }] } }`,
  ],
])('to expand the loops of %s, only they are read', (_, text) => {
  const live = pieced(text);
  expect([...readTemplate(live.document)!.resources.keys()]).toEqual(['Vpc', 'Bucket', 'VpcA', 'VpcB']);
  expect(live.pieces.filter(({ isLookedAt }) => isLookedAt).map(({ name }) => name)).toEqual([
    'Transform',
    'Fn::ForEach::Nets',
  ]);
});

test('to insert what is included, only that is read which may name it', () => {
  const include = '    Fn::Transform: { Name: AWS::Include, Parameters: { Location: part.yaml } }\n';
  const live = pieced(yaml.replace('    Condition: IsProduction\n', include));
  const [included] = readDocuments('Condition: IsStage');
  const root = insertIncludes(live.document.root!, () => included?.root);
  expect(factsOf(entry(child(root, 'Resources'), 'Bucket')!).condition).toBe('IsStage');
  expect(live.pieces.filter(({ isLookedAt }) => isLookedAt).map(({ name }) => name)).toEqual(['Bucket']);
});

test('what a loop in an entry makes of it counts, and not what it was before', () => {
  const loop =
    "    Fn::ForEach::Keys: [Key, [Condition], {'${Key}': IsProduction}]\n    DeletionPolicy: Retain\n";
  const live = pieced(
    `Transform: AWS::LanguageExtensions\n${yaml}`.replace('    Condition: IsProduction\n', loop),
  );
  expect(readTemplate(live.document)?.resources.get('Bucket')?.condition).toBe('IsProduction');
});

test('a mistake that ends where its piece does is a problem of that piece', () => {
  const broken = pieced(yaml.replace('      BucketName: logs', '      BucketName: logs\n      half'));
  expect(broken.document.problems).toHaveLength(1);
  expect(factsOf(entry(child(broken.document.root, 'Resources'), 'Vpc')!).type).toBe('AWS::EC2::VPC');
});

test.each([
  ['below the last entry', `${yaml}  Half\n`],
  ['between entries', yaml.replace('  Bucket:', '  Half # typed\n  Bucket:')],
  ['with what belonged to it', yaml.replace('  Bucket:', '  Bucket')],
  ['before the first entry', yaml.replace('  Vpc:', '  Half\n  Vpc:')],
  ['at the left margin', `${yaml}Outp\nOutputs:\n  Id:\n    Value: !Ref Vpc\n`],
  ['above a section', yaml.replace('Resources:', 'Param\nResources:')],
  ['above all', `Half\n${yaml}`],
  ['behind a quote', yaml.replace('  Bucket:', '  "Half\n  Bucket:')],
  ['in quotes', yaml.replace('  Bucket:', "  'Half'\n  Bucket:")],
  ['in an entry, at its left', yaml.replace('    Condition:', 'Half\n    Condition:')],
  ['of which there is but the quote', yaml.replace('  Bucket:', '  "\n  Bucket:')],
  ['and of several words', yaml.replace('  Bucket:', '  A bucket\n  Bucket:')],
])('a name without a colon, %s, is a mistake and no part of the document', (_, text) => {
  expect(readAsWhole(text).problems).toMatchObject([{ message: 'A key needs a colon' }]);
});

test.each([
  ['a quote', yaml.replace('  Bucket:', '  "Bucket:'), 'Missing closing "quote'],
  ['an apostrophe', yaml.replace('  Bucket:', "  'Bucket:"), "Missing closing 'quote"],
  ['a tab', yaml.replace('  Bucket:', '\t  Bucket:'), 'Tabs are not allowed as indentation'],
  ['spaces and a tab', yaml.replace('  Bucket:', '  \tBucket:'), 'Tabs are not allowed as indentation'],
])('an entry keeps what it says behind %s', (_, text, message) => {
  const document = readAsWhole(text);
  expect(document.problems).toMatchObject([{ message }]);
  const bucket = entry(child(document.root, 'Resources'), 'Bucket')!;
  expect(factsOf(bucket)).toMatchObject({ type: 'AWS::S3::Bucket', condition: 'IsProduction' });
  expect(text.slice(bucket.keySpan.start, bucket.keySpan.end)).toBe('Bucket');
});

test('a quote before a key in an entry, which has more than one mistake by that, leaves the other entries', () => {
  const { problems, root } = readAsWhole(yaml.replace('CidrBlock', '"CidrBlock'));
  expect(problems.length).toBeGreaterThan(0);
  expect(factsOf(entry(child(root, 'Resources'), 'Bucket')!).type).toBe('AWS::S3::Bucket');
});

test('a quote before a key that is a word of YAML makes it a text', () => {
  for (const word of ['true', 'no', 'null']) {
    const { problems, root } = readAsWhole(yaml.replace('Bucket:', `'${word}:`));
    expect(problems).toMatchObject([{ message: "Missing closing 'quote" }]);
    expect(entriesOf(child(root, 'Resources')).map(({ name }) => name)).toEqual(['Vpc', word]);
  }
});

test('a bracket in the column of a key closes what it opened, also where something else is wrong', () => {
  const other = "  Other: !Not [\n    !Condition Is\n  ]\n  Open: 'x\n";
  const { problems } = readAsWhole(yaml.replace('Resources:\n', (header) => header + other));
  expect(problems).toMatchObject([{ message: "Missing closing 'quote" }]);
});

test('a section keeps its entries behind a quote', () => {
  const { problems, root } = readAsWhole(yaml.replace('Resources:', '"Resources:'));
  expect(problems).toMatchObject([{ message: 'Missing closing "quote' }]);
  expect(entriesOf(child(root, 'Resources'))).toHaveLength(2);
});

test('what stands behind a tab belongs to the entry above', () => {
  const text = yaml.replace('  Bucket:', '\tOther: x\n  Bucket:');
  const { root, problems } = readAsWhole(text);
  expect(problems[0]?.span.start).toBe(text.indexOf('\tOther'));
  expect(factsOf(entry(child(root, 'Resources'), 'Bucket')!).type).toBe('AWS::S3::Bucket');
});

test.each([
  ['between entries', yaml.replace('  Bucket:', '\t\n  Bucket:')],
  ['in an entry', yaml.replace('    Condition:', ' \t\n    Condition:')],
  ['behind a key', yaml.replace('Resources:', 'Resources:\t').replace('Bucket:', 'Bucket:\t# first')],
])('a tab %s is no mistake', (_, text) => {
  expect(readAsWhole(text).problems).toEqual([]);
});

/** Reads in pieces what must be read alike as a whole. */
function readAsWhole(text: string): ReadDocument {
  const [whole] = readDocuments(text);
  const { document } = pieced(text);
  expect(
    document.problems.map(({ message, span: { start, end } }) => ({ message, span: { start, end } })),
  ).toEqual(whole?.problems);
  const names = (root: SyntaxNode | undefined): unknown =>
    entriesOf(root).map(({ name, value }) => [name, entriesOf(value).map((one) => one.name)]);
  expect(names(document.root)).toEqual(names(whole?.root));
  return document;
}

test('a quote that is surely not closed is a mistake of its piece', () => {
  const broken = pieced(yaml.replace('AWS::EC2::VPC', '"AWS').replace('logs', "'logs'"));
  expect(broken.document.problems).toMatchObject([{ message: 'Missing closing "quote' }]);
  expect(entriesOf(child(broken.document.root, 'Resources')).map(({ name }) => name)).toEqual([
    'Vpc',
    'Bucket',
  ]);
});

test.each([
  ['two documents', `${yaml}---\n${yaml}`],
  ['an anchor', yaml.replace('logs', '&name logs')],
  ['an alias', yaml.replace('logs', '*name')],
  ['a merge key', yaml.replace('BucketName: logs', '<<: { A: b }')],
  ['flow style at the top', '{Resources: {Vpc: {Type: AWS::EC2::VPC}}}'],
  ['tabs before all entries', yaml.replaceAll(/^ +/gm, '\t')],
  [
    'a quote that the reader of CloudFormation may close',
    yaml.replace('logs', "'logs").replace('two', "two'").replace('Description', 'Metadata: x\nDescription') +
      "Metadata: it's\nOther: '\n",
  ],
  ['a name alone, which is a value', 'Resources:\n  Vpc\n'],
  ['a key further to the left', yaml.replace('    Condition', ' Condition')],
  ['a list in JSON', `[${json}]`],
  ['JSON that is nested very deeply', json.replace('"logs"', `${'['.repeat(250)}${']'.repeat(250)}`)],
])('%s is for the whole to be read', (_, text) => {
  expect(toEnd(PiecedText.of(text))).toBeUndefined();
});

test('a quote that is open is read again when one is typed in another entry', () => {
  const entries = (key: string): string =>
    `Resources:\n  A:\n    Type: A::B::C\n    Foo: "open\n  B:\n    Type: A::B::C\n    ${key}: a\n`;
  const live = pieced(entries('Bar'));
  expect(live.update(entries('Bar2'))).toBe('moved');
  expect(toEnd(PiecedText.of(entries('Bar2"')))).toBeUndefined();
  expect(live.update(entries('Bar2"'))).toBe('lost');
});

test('what is wrong in an entry is read anew for who asks, also where a word of it was typed', () => {
  const entries = (half: string): string =>
    `Resources:\n  A:\n    Type: A::B::C\n    ${half}\n    Foo: bar\n  B:\n    Type: A::B::C\n`;
  const live = pieced(entries('Hal'));
  for (const half of ['Half', 'HalfA', 'Type']) {
    live.update(entries(half));
    const [fresh] = pieced(entries(half)).problems;
    const [problem] = live.problems;
    expect([problem?.message, problem?.span.start]).toEqual([fresh?.message, fresh?.span.start]);
    expect(live.pieces[1]?.facts).toEqual(pieced(entries(half)).pieces[1]?.facts);
  }
});

test('what is typed above broken JSON may tell where its members begin', () => {
  const members = '"Resources": {\n    "A": {"Condition": "C",\n    "B": {"Condition": "C"}\n  }\n}';
  const live = pieced(`{\n  ${members}`);
  const indented = `{\n      ${members}`;
  const described = ({ pieces }: PiecedText): unknown =>
    pieces.map(({ kind, name, start, end, problems }) => ({
      kind,
      name,
      start,
      end,
      problems: problems.length,
    }));
  const fresh = toEnd(PiecedText.of(indented));
  expect(live.update(indented) === 'lost' ? undefined : described(live)).toEqual(fresh && described(fresh));
});

test.each(['e9', 'x', '9', '"', 'true'])(
  'JSON is cut with %s behind an entry, which is a mistake',
  (typed) => {
    const entries = [`"A": {"Type": "A::B::C"}${typed},`, '"B": {"Type": "A::B::C"}'];
    const live = pieced(`{\n  "Resources": {\n    ${entries.join('\n    ')}\n  }\n}`);
    expect(live.pieces.filter(({ kind }) => kind === 'entry').map(({ name }) => name)).toEqual(['A', 'B']);
    expect(live.problems).not.toEqual([]);
  },
);

test('comments in JSON may hold brackets', () => {
  const commented = pieced(json.replace('"Type"', '/* } */ "Type"').replace('}}', '} // {\n}'));
  expect(commented.document.problems).toEqual([]);
  expect(child(resource(commented, 'Vpc'), 'Type')).toMatchObject({ text: 'AWS::EC2::VPC' });
  expect(resource(commented, 'Bucket')?.kind).toBe('mapping');
});

/** What typing leaves behind in the first of three resources, in its line `"Properties": {`, or behind it. */
const mistakes: Readonly<Record<string, (text: string) => string>> = {
  'a brace too many': (text) => text.replace(/"Properties":\s*\{/, '$&{'),
  'a bracket too many': (text) => text.replace(/"Properties":\s*\{/, '$&['),
  'a closing brace too many': (text) => text.replace(/"10.0.0.0\/16"/, '$&}'),
  'a closing bracket too many': (text) => text.replace(/"10.0.0.0\/16"/, '$&]'),
  'a brace missing': (text) => text.replace(/("Properties":\s*)\{/, '$1'),
  'a closing brace missing': (text) => text.replace(/("10.0.0.0\/16"\s*)\}/, '$1'),
  'a quote too many': (text) => text.replace('"Properties"', '""Properties"'),
  'a quote missing': (text) => text.replace('"Properties"', 'Properties"'),
  'a quote that is not closed': (text) => text.replace('"Properties"', '"Properties'),
  'a comma missing': (text) => text.replace('VPC",', 'VPC"'),
  'a comma missing between entries': (text) => text.replace(/,(\s*"Bucket")/, '$1'),
  'a colon missing': (text) => text.replace('"Properties":', '"Properties"'),
  'a value missing': (text) => text.replace('"10.0.0.0/16"', ''),
  'a word between entries': (text) => text.replace(/,(\s*"Bucket")/, ', Half$1'),
  'half a key between entries': (text) => text.replace(/,(\s*"Bucket")/, ',\n"Half\n$1'),
  'two braces too many, which close the template': (text) => text.replace(/"10.0.0.0\/16"/, '$&}}}}'),
  'a comment that is not closed': (text) => text.replace('"Properties"', '/* $&'),
};

describe.each([
  ['in lines', '\n'],
  ['in lines that end in CRLF', '\r\n'],
  ['in one line', ''],
])('in JSON %s, a mistake stays where it is:', (_, lineEnd) => {
  const others = {
    Conditions: { IsProduction: { 'Fn::Equals': ['a', 'b'] } },
    ...(JSON.parse(json) as object),
  };
  const whole = JSON.stringify(others, undefined, lineEnd === '' ? undefined : 2)
    .replace(/(\s*)"Bucket"/, '$1"Bucket": {"Type": "AWS::S3::Bucket"},$1"Last"')
    .replaceAll('\n', lineEnd);

  test.each(Object.entries(mistakes))('%s', (__, mistake) => {
    const text = mistake(whole);
    expect(text).not.toBe(whole);
    const broken = pieced(text);
    const [plain] = readDocuments(text);
    const { root, problems } = broken.document;
    expect(problems.length).toBeGreaterThan(0);
    for (const { span } of problems) {
      expect(span.start).toBeGreaterThanOrEqual(text.indexOf('"Vpc"'));
      expect(span.end).toBeLessThanOrEqual(text.indexOf('"Bucket"'));
    }
    expect(problems.map(({ message, span: { start } }) => [message, start])).toEqual(
      plain?.problems.map(({ message, span: { start } }) => [message, start]),
    );
    for (const found of [root, plain?.root]) {
      expect(child(found, 'Conditions')).toMatchObject({ entries: [{ name: 'IsProduction' }] });
      const resources = entriesOf(child(found, 'Resources'));
      expect(resources.at(0)?.name).toBe('Vpc');
      expect(textOf(child(resources.at(0)?.value, 'Type'))).toBe('AWS::EC2::VPC');
      expect(resources.slice(-2).map(({ name, value }) => [name, textOf(child(value, 'Type'))])).toEqual([
        ['Bucket', 'AWS::S3::Bucket'],
        ['Last', 'AWS::S3::Bucket'],
      ]);
    }
    const before = broken.pieces.at(-1);
    broken.update(text.replace('logs', 'other'));
    expect(broken.document.problems.length).toBe(problems.length);
    broken.update(whole);
    expect(broken.document.problems).toEqual([]);
    expect(before?.name).toBe('Last');
  });
});

test.each([
  ['the brace of a section missing', '"Resources": {', '"Resources":'],
  ['the colon of a section missing', '"Resources": {', '"Resources" {'],
  ['a bracket for the brace of a section', '"Resources": {', '"Resources": ['],
  ['the first brace missing', /^\{/, ''],
  ['a letter before all', /^/, 'x'],
  ['the last brace missing', /\}$/, ''],
  ['a mistake in a section before', '"Conditions": {', '"Conditions": {{'],
])('in JSON, %s leaves the resources', (_, part, by) => {
  const sections = {
    AWSTemplateFormatVersion: '2010-09-09',
    Conditions: { Is: { 'Fn::Equals': ['a', 'b'] } },
    ...(JSON.parse(json) as object),
  };
  const text = JSON.stringify(sections, undefined, 2).replace(part, by);
  for (const document of [pieced(text).document, readDocuments(text)[0]]) {
    expect(document?.problems).not.toEqual([]);
    expect(entriesOf(child(document?.root, 'Resources')).map(({ name }) => name)).toEqual(['Vpc', 'Bucket']);
  }
});

test('JSON that ends in the middle has what stands before', () => {
  const text = JSON.stringify(JSON.parse(json), undefined, 2);
  const cutOff = pieced(text.slice(0, text.indexOf('"BucketName"')));
  expect(cutOff.document.problems).not.toEqual([]);
  expect(factsOf(entry(child(cutOff.document.root, 'Resources'), 'Bucket')!).type).toBe('AWS::S3::Bucket');
});

test.each([
  ['a comma too many', '"Last": 0,', ',"Last": 0,', ',"Last": 0,'],
  ['a bracket that is not closed', '"Last": 0', '"Last": [0', '"Then": ,'],
  ['a quote that is not closed', '"Last": 0,', '"Last: 0,', '"Last: 0,'],
])('of a long entry of JSON with %s, the first mistake is told and nothing else', (_, part, by, line) => {
  const long = Array.from({ length: 6000 }, (__, index) => `    "Key${index}": { "A": [1, 2] },\n`).join('');
  const made = `  "Long": {\n    "Type": "AWS::SNS::Topic",\n${long}    "Last": 0,\n    "Then": ,\n    "Z": 0\n  },\n`;
  const whole = JSON.stringify(JSON.parse(json), undefined, 1).replace(/(?<="Resources": \{\n)/, made);
  const text = whole.replace(part, by);
  for (const document of [pieced(text).document, readDocuments(text)[0]]) {
    const lines = document?.problems.map(({ span: { start } }) => {
      const lineStart = text.lastIndexOf('\n', start) + 1;
      return text.slice(lineStart, text.indexOf('\n', start)).trim();
    });
    expect(lines).toEqual([line]);
    const resources = entriesOf(child(document?.root, 'Resources')).map(({ name }) => name);
    expect(resources).toEqual(['Long', 'Vpc', 'Bucket']);
  }
});

test('a long entry of JSON with a comment has no mistake, whatever stands in it', () => {
  const entries = Array.from({ length: 2500 }, (_, index) => [
    `Nested${index}`,
    { Type: 'AWS::SNS::Topic', Properties: { TopicName: 'a' } },
  ]);
  const content = Object.fromEntries(entries) as object;
  const template = { Resources: { Long: { Type: 'AWS::SSM::Document', Properties: { Content: content } } } };
  const text = JSON.stringify(template).replace('"Content":', '"Content": /* said */');
  expect(pieced(text).document.problems).toEqual([]);
});
