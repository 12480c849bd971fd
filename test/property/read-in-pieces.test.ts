import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { editFor, fixesFor } from '../../server/src/fixes/catalogue.ts';
import { contextAt, fixFile, type FileFixContext } from '../../server/src/fixes/fix-file.ts';
import { vpcLenses } from '../../server/src/language/code-lenses.ts';
import { computeOnce } from '../../server/src/template/kept.ts';
import type { FileCheck } from '../../server/src/workspace/file-check.ts';
import type { Reading } from '../../server/src/workspace/file-entry.ts';
import { Workspace } from '../../server/src/workspace/workspace.ts';
import { changedWindow } from '../../server/src/template/pieces/window.ts';
import { toEnd } from '../../server/src/template/steps.ts';
import { makeTemplate, randomNumbers } from '../bench/templates.ts';
import { corpusFolder, isCorpusThere, skipNote } from '../corpus/labels.ts';

/**
 * Templates are read in pieces, and what an edit does not touch is kept. Whatever is typed, deleted, pasted,
 * re-indented or undone, what is found must be what a fresh reading of the whole document finds; and so must the fixes
 * be, which change what they would change if nothing had been kept.
 *
 * EDITS=10000 makes more edits than the usual run.
 */

const edits = Number(process.env['EDITS'] ?? 1200);
const editsPerTemplate = 40;
const file = path.resolve('template');

type Random = () => number;
type Edit = (text: string, random: Random, others: readonly string[]) => string;

const kinds: Readonly<Record<string, Edit>> = {
  'a letter typed': (text, random) => insert(text, anywhere(text, random), one(['a', 'Z', '0', '_'], random)),
  'a mark typed': (text, random) => insert(text, anywhere(text, random), one(marks, random)),
  'a mark of JSON typed': (text, random) =>
    insert(text, anywhere(text, random), one(Array.from('"{}[],:'), random)),
  'a mark of JSON deleted': (text, random) => {
    const found = [...text.matchAll(/["{}[\],:]/g)];
    if (found.length === 0) return text;
    const { index } = one(found, random);
    return text.slice(0, index) + text.slice(index + 1);
  },
  'the rest deleted': (text, random) => text.slice(0, anywhere(text, random)),
  'words typed': (text, random) => insert(text, anywhere(text, random), one(words, random)),
  'a line typed': (text, random) =>
    insert(text, lineStart(text, anywhere(text, random)), `${one(lines, random)}\n`),
  'a quote typed before a key': (text, random) => {
    const found = [...text.matchAll(/^( *)[\w"']+.*:/gm)];
    if (found.length === 0) return text;
    const { index, 1: indentation = '' } = one(found, random);
    return insert(text, index + indentation.length, one(['"', "'"], random));
  },
  'a tab typed in an indentation': (text, random) => {
    const start = lineStart(text, anywhere(text, random));
    return insert(text, start + Math.floor(random() * 5), '\t');
  },
  'a few characters deleted': (text, random) => {
    const at = anywhere(text, random);
    return text.slice(0, at) + text.slice(at + Math.ceil(random() * 12));
  },
  'lines deleted': (text, random) => {
    const [from, to] = someLines(text, random);
    return text.slice(0, from) + text.slice(to);
  },
  'lines copied': (text, random) => {
    const [from, to] = someLines(text, random);
    return insert(text, lineStart(text, anywhere(text, random)), text.slice(from, to));
  },
  'lines of another template pasted': (text, random, others) => {
    const other = one(others, random);
    const [from, to] = someLines(other, random);
    return insert(text, lineStart(text, anywhere(text, random)), other.slice(from, to));
  },
  'lines indented': (text, random) => onLines(text, random, (line) => ' '.repeat(1 + random() * 2) + line),
  'lines unindented': (text, random) => onLines(text, random, (line) => line.replace(/^ {1,2}/, '')),
  'lines commented out': (text, random) => onLines(text, random, (line) => line.replace(/^ */, '$&# ')),
  'comments taken away': (text, random) => onLines(text, random, (line) => line.replace(/# ?/, '')),
  'a word replaced': (text, random) => replaceWord(text, 0, text.length, one(words, random), random),
  'a word replaced in what flow logs are about': (text, random) => {
    const found = [...text.matchAll(/AWS::(?:EC2::FlowLog|EC2::VPC\b|IAM::Role|Logs::LogGroup|S3::Bucket)/g)];
    if (found.length === 0) return text;
    const { index } = one(found, random);
    const all = [...text.matchAll(/[A-Za-z]\w+/g)].map(([word]) => word);
    return replaceWord(text, index, index + 600, one(random() < 0.5 ? words : all, random), random);
  },
};

function replaceWord(text: string, from: number, to: number, by: string, random: Random): string {
  const found = [...text.slice(from, to).matchAll(/[A-Za-z]\w+/g)];
  if (found.length === 0) return text;
  const match = one(found, random);
  const start = from + match.index;
  return text.slice(0, start) + by + text.slice(start + match[0].length);
}

const marks = [...Array.from('\'"{}[]:,#-&*!|>?%@ \\/<=~'), '\n', '\t', '\r\n'];

const words = [
  'AWS::EC2::VPC',
  'AWS::EC2::FlowLog',
  'AWS::S3::Bucket',
  'Resources',
  'Type',
  'Condition',
  'Metadata',
  'Properties',
  'ALL',
  'ACCEPT',
  '!Ref Vpc0',
  '!Ref ',
  '&anchor ',
  '*anchor',
  '<<: *anchor',
  ': ',
  ' # ',
  '"',
  "''",
  'Fn::ForEach::Loop',
  'IsProduction',
  'prod',
  'Outputs',
  'null',
  'true',
  '---',
  '- ',
  '| ',
  '"quoted"',
  '[a, b]',
  'Fn::Transform',
  'checkov:skip=CKV2_AWS_11:none',
  'VPC',
  '{}',
  '{{ name }}',
  '{{resolve:ssm:name}}',
  'res',
  '{%',
  '2',
  'Vpc0',
];

const loops = [
  '  Fn::ForEach::Nets:\n    - Net\n    - [a, !Ref Environment]\n    - Vpc${Net}:\n        Type: AWS::EC2::VPC',
  '  Fn::ForEach::Logs:\n  - Net\n  - [a, Vpc0]\n  - "Log${Net}":\n      Type: AWS::EC2::FlowLog\n      Properties:\n        ResourceId: !Ref "Vpc${Net}"\n        ResourceType: VPC\n        TrafficType: ALL',
  '      Fn::ForEach::Sizes:\n        - Size\n        - [A, B]\n        - "Size${Size}": 1',
  '  Fn::ForEach::Unknown:\n    - Name\n    - !Ref CidrBlock\n    - Is${Name}: !Equals [!Ref Environment, !Ref Name]',
];

const jsonLoop = '"Fn::ForEach::Nets": ["Net", ["a", "b"], {"Vpc${Net}": {"Type": "AWS::EC2::VPC"}}],';

/** What a template may include, as properties, entries or sections. */
const part = {
  file: path.resolve('part.yaml'),
  text: 'TrafficType: ALL\nResourceId: !Ref Vpc0\nVpc8: { Type: AWS::EC2::VPC }\nOutputs: { Id: { Value: !Ref Vpc8 } }\n',
};

const includes = [
  'Transform: { Name: AWS::Include, Parameters: { Location: part.yaml } }',
  '  Fn::Transform: { Name: AWS::Include, Parameters: { Location: part.yaml } }',
  '    Fn::Transform:\n      Name: AWS::Include\n      Parameters:\n        Location: part.yaml',
  '      Fn::Transform:\n        Name: AWS::Include\n        Parameters: { Location: part.yaml }',
  '      Fn::Transform: { Name: AWS::Include, Parameters: { Location: s3://a/part.yaml } }',
  '"Fn::Transform": {"Name": "AWS::Include", "Parameters": {"Location": "part.yaml"}},',
];

const lines = [
  '',
  '  ',
  '# a comment',
  '  Half',
  '  Half # typed',
  '  Half typed',
  '  "Half',
  "  'Half # typed",
  '  "',
  "  ''",
  '  "Half"',
  '"Half',
  '"Half"',
  '    Half',
  'Half',
  '  # flow-log-guard-disable-next-line vpc-no-flow-log -- why not',
  '    # checkov:skip=CKV2_AWS_11:none',
  '#x',
  '    #x',
  '    Foo:\n#x\n      bar',
  '    Foo:\n  #x\n      "bar"',
  '#kics-scan ignore-line',
  '  # kics-scan ignore-block',
  '    # kics-scan ignore',
  'Resources:',
  'Outputs:',
  'Conditions:',
  '  Other:',
  '    Type: AWS::EC2::VPC',
  '    Condition: IsProduction',
  '  Vpc9:\n    Type: AWS::EC2::VPC',
  '  Log9:\n    Type: AWS::EC2::FlowLog\n    Properties:\n      ResourceId: !Ref Vpc0',
  '    Metadata:\n      checkov:\n        skip:\n          - id: CKV2_AWS_11\n            comment: none',
  '    Metadata:\n      gaurd:\n        SuppressedRules: [VPC_FLOW_LOGS_ENABLED]',
  '---',
  '...',
  '%YAML 1.1',
  '\t',
  '  \t# a comment',
  '\tFoo: bar',
  '      \tFoo: bar',
  '  Foo:\t',
  '    Foo: "open',
  "    Foo: 'open",
  '      Foo: [open',
  '      - {',
  '    ]',
  '  }',
  '    Description: |',
  '      text',
  '    Description: a text',
  '      that goes on',
  '    Description: a text\n      that goes on',
  '    Description: "a text\n\n      that goes on"',
  "    Foo: !Sub '{\n      that goes on\n    }'",
  '      Foo: [\n        !If [a, b, !GetAZs ],\n        "c" # d\n      ]',
  '      Foo: { "a": [1,\n        {"b": 2}] }',
  '  Other: !Equals [!Ref Environment, prod]',
  '  Other&More: !Equals [!Ref Environment, prod]',
  '  Other&More:\n    Type: AWS::EC2::VPC',
  '  Other: !Not [\n    !Condition IsProduction\n  ]',
  '  Other: !And\n    - !Condition IsProduction\n    - Type: AWS::EC2::VPC',
  '  Other:\n    !Condition IsProduction',
  '"Vpc9": {"Type": "AWS::EC2::VPC"},',
  '"Type": "AWS::EC2::VPC",',
  '// a comment',
  '/* a comment',
  '*/',
  '},',
  '{',
  '}',
  '    },',
  '    "Vpc9": {\n      "Type": "AWS::EC2::VPC"\n    },',
  '    "Half',
  '    "Half"',
  '    "Half": ',
  '  "Outputs": {',
  '  "Conditions": { "Other": {} },',
  '  Vpc9: { Type: AWS::EC2::VPC }',
  '  Vpc9:\n    { Type: AWS::EC2::VPC }',
  '  Vpc9: !Tag\n    Type: AWS::EC2::VPC',
  '    Metadata: { checkov: { skip: [{ id: CKV2_AWS_11, comment: none }] } }',
  '    Metadata:\n      { checkov: { skip: [{ id: CKV2_AWS_11, comment: none }] } }',
  'Transform: AWS::LanguageExtensions',
  'Transform:\n- AWS::LanguageExtensions',
  ...loops,
  jsonLoop,
  ...includes,
  'Transform: AWS::Serverless-2016-10-31',
  '  ? complex',
  '  <<: *shared',
];

function one<T>(items: readonly T[], random: Random): T {
  return items[Math.floor(random() * items.length)]!;
}

function anywhere(text: string, random: Random): number {
  return Math.floor(random() * (text.length + 1));
}

function insert(text: string, at: number, added: string): string {
  return text.slice(0, at) + added + text.slice(at);
}

function lineStart(text: string, at: number): number {
  return at === 0 ? 0 : text.lastIndexOf('\n', at - 1) + 1;
}

/** From where a line begins to where one of the next few ends. */
function someLines(text: string, random: Random): [number, number] {
  const from = lineStart(text, anywhere(text, random));
  let to = from;
  for (let count = Math.ceil(random() * 6); count > 0; count -= 1) {
    const lineFeed = text.indexOf('\n', to);
    to = lineFeed < 0 ? text.length : lineFeed + 1;
  }
  return [from, to];
}

function onLines(text: string, random: Random, change: (line: string) => string): string {
  const [from, to] = someLines(text, random);
  return text.slice(0, from) + text.slice(from, to).split('\n').map(change).join('\n') + text.slice(to);
}

/** A YAML template with a comment that is about a VPC, or is meant to be; what else is typed must leave it alone. */
function commented(text: string, random: Random): string {
  const vpcs = [...text.matchAll(/^( +)[\w"]+:\n +Type: ["']?AWS::EC2::VPC\b/gm)];
  if (vpcs.length === 0) return text;
  const { index, 1: indentation } = one(vpcs, random);
  const [first = '', ...others] = directives;
  return insert(text, index, `${indentation}# ${random() < 0.5 ? first : one(others, random)}\n`);
}

const directives = [
  'flow-log-guard-disable-next-line vpc-no-flow-log -- why not',
  'flow-log-guard-disable-next-line vpc-flow-log-conditional',
  'flow-log-guard-disable-next-lin vpc-no-flow-log',
  'checkov:skip=CKV2_AWS_11:none',
  'trivy:ignore:AWS-0178',
];

function opened(text: string, reading: Reading): Workspace {
  const workspace = new Workspace(reading);
  workspace.setDiskText(part.file, part.text);
  workspace.openDocument(file, text);
  return workspace;
}

/** What is shown above VPCs, which an editor asks for after every edit. */
function lensesIn(workspace: Workspace): unknown {
  const check = workspace.check(file);
  if (check.kind !== 'template') return [];
  const lenses = computeOnce(() => vpcLenses(check, workspace.analysisOf(file), () => true));
  return lenses.map(({ span: { start, end }, title, action }) => ({ start, end, title, kind: action.kind }));
}

/** The fixes that each finding has, and what one of them, or all at once, would change. */
function fixesIn(workspace: Workspace, text: string, pick: number): Record<'offered' | 'edited', unknown> {
  const check = workspace.check(file);
  const { findings } = check.kind === 'template' ? check : { findings: [] };
  const context: FileFixContext = { text, templates: workspace.templatesIn(file), options: {} };
  const offers = findings.flatMap((finding) => {
    const its = contextAt(context, finding.span.start);
    return its === undefined ? [] : fixesFor(finding, its).map((fix) => ({ fix, finding, its }));
  });
  const chosen = offers[Math.floor(pick * offers.length)];
  return {
    offered: offers.map(({ fix, finding }) => [finding.logicalId, finding.code, fix]),
    edited: [
      chosen && toEnd(editFor(chosen.fix.id, chosen.finding, chosen.its)),
      toEnd(fixFile(findings, context, 'cloud-watch-logs')),
    ],
  };
}

/**
 * Of several mistakes the first is told; the others are mostly its consequences. A quotation that is not closed
 * reaches as far as what is read.
 */
function comparable(check: FileCheck): unknown {
  if (check.kind !== 'template') return check;
  const [first] = check.problems.toSorted((a, b) => a.span.start - b.span.start);
  return { ...check, problems: first && { message: first.message, start: first.span.start } };
}

/** One more character behind what was typed last, whatever mistake it is so far. */
function typedOn(before: string): [string, Edit] {
  const typed = (text: string, random: Random): string =>
    insert(text, changedWindow(before, text)?.newEnd ?? 0, one(Array.from('aaZ0_: \n"\'#-,'), random));
  return ['one more character', typed];
}

interface Tally {
  edits: number;
  checks: number;
  broken: number;
}

/** Edits one template again and again, and compares after each edit, or each few. */
function editOften(start: string, others: readonly string[], random: Random, tally: Tally): void {
  const workspace = new Workspace('pieces');
  workspace.setDiskText(part.file, part.text);
  const past = [random() < 0.4 ? commented(start, random) : start];
  let isBroken = false;
  for (let step = 0; step < editsPerTemplate; step += 1) {
    const text = past.at(-1)!;
    const goesOn = past.length > 1 && random() < 0.25;
    const isUndone = past.length > 1 && !goesOn && random() < (isBroken ? 0.85 : 0.1);
    const [name, edit] = goesOn ? typedOn(past.at(-2)!) : one(Object.entries(kinds), random);
    const next = isUndone ? past.at(-2)! : edit(text, random, others);
    if (isUndone) past.pop();
    else past.push(next);
    workspace.openDocument(file, next);
    tally.edits += 1;
    if (random() < 0.15) continue;
    const whole = opened(next, 'whole');
    const expected = whole.check(file);
    const found = workspace.check(file);
    tally.checks += 1;
    isBroken = expected.kind !== 'template' || expected.problems.length > 0;
    if (isBroken) tally.broken += 1;
    const after = `after ${isUndone ? 'an undo' : name}, at step ${step}, of\n${text}\nto\n${next}`;
    expect(comparable(found), after).toEqual(comparable(expected));
    expect(lensesIn(workspace), after).toEqual(lensesIn(whole));
    const pick = random();
    if (pick > 0.3) continue;
    const fixes = fixesIn(workspace, next, pick / 0.3);
    expect(fixes.offered, after).toEqual(fixesIn(whole, next, pick / 0.3).offered);
    expect(fixes.edited, after).toEqual(fixesIn(opened(next, 'pieces'), next, pick / 0.3).edited);
  }
}

function generatedTemplates(): string[] {
  const made = Array.from({ length: 12 }, (_, index) =>
    makeTemplate({
      seed: index,
      format: (['yaml', 'json', 'yaml', 'compact-json'] as const)[index % 4]!,
      bytes: 2500 + index * 200,
      vpcs: 1 + (index % 3),
      flowLogs: index % 3,
    }),
  );
  return [...made, ...made.slice(0, 5).map(withLoops)];
}

function withLoops(text: string): string {
  return text.startsWith('{')
    ? text
        .replace('{', `{"Transform": "AWS::LanguageExtensions",`)
        .replace(/"Resources":\s*\{/, `$&${jsonLoop}`)
    : `Transform: AWS::LanguageExtensions\n${text.replace('Resources:\n', `$&${loops.slice(0, 2).join('\n')}\n`)}`;
}

function realTemplates(): string[] {
  const folder = corpusFolder('real');
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(?:ya?ml|json|template)$/.test(name) && !name.endsWith('manifest.json'))
    .toSorted()
    .map((name) => readFileSync(path.join(folder, name), 'utf8'))
    .filter((text) => text.length < 6000 && text.includes('AWS::EC2::VPC'));
}

/** @returns the part of the comparisons that were of texts without a mistake */
function compareOften(templates: readonly string[], seed: number): number {
  const random = randomNumbers(seed);
  const tally: Tally = { edits: 0, checks: 0, broken: 0 };
  while (tally.edits < edits / 2) editOften(one(templates, random), templates, random, tally);
  console.log(`${tally.edits} edits, ${tally.checks} compared, of which ${tally.broken} broken`);
  return 1 - tally.broken / tally.checks;
}

test('generated templates read in pieces say what the whole says', { timeout: 3_600_000 }, () => {
  expect(compareOften(generatedTemplates(), Number(process.env['SEED'] ?? 1))).toBeGreaterThan(0.2);
});

test(
  `real templates read in pieces say what the whole says${skipNote}`,
  { timeout: 3_600_000, skip: !isCorpusThere },
  () => {
    expect(compareOften(realTemplates(), Number(process.env['SEED'] ?? 2))).toBeGreaterThan(0.2);
  },
);
