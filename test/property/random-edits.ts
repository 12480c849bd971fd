import { changedWindow } from '../../server/src/template/pieces/window.ts';

export type Random = () => number;

/** @param others Templates from which something may be pasted. */
export type Edit = (text: string, random: Random, others: readonly string[]) => string;

/** What people do to a template, and what happens to them, anywhere in it. */
export const editsAnywhere: Readonly<Record<string, Edit>> = {
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

/** The same to the entries of its sections: their names, their types, which there are and in what order. */
export const editsOfEntries: Readonly<Record<string, Edit>> = {
  'a name typed on': (text, random) =>
    renamed(text, random, (name) => `${name}${one(['x', 'Log', '2'], random)}`),
  'a name cut short': (text, random) => renamed(text, random, (name) => name.slice(0, -1) || name),
  'a name replaced by another': (text, random) => {
    const names = entriesIn(text).map(({ name }) => name);
    return renamed(text, random, () => one([...names, 'Fn::Transform', 'Fn::ForEach::Loop'], random));
  },
  'two names exchanged': (text, random) => {
    const all = entriesIn(text);
    if (all.length === 0) return text;
    const [first, second] = [one(all, random), one(all, random)].toSorted(
      (a, b) => a.nameStart - b.nameStart,
    );
    const start = text.slice(0, first!.nameStart) + second!.name;
    const between = text.slice(first!.nameStart + first!.name.length, second!.nameStart);
    return first === second
      ? text
      : start + between + first!.name + text.slice(second!.nameStart + second!.name.length);
  },
  'an entry taken away': (text, random) => {
    const all = entriesIn(text);
    if (all.length === 0) return text;
    const { start, end } = one(all, random);
    return text.slice(0, start) + text.slice(end);
  },
  'an entry put elsewhere': (text, random) => {
    const all = entriesIn(text);
    if (all.length === 0) return text;
    const { start, end } = one(all, random);
    const without = text.slice(0, start) + text.slice(end);
    const places = entriesIn(without).map((entry) => entry.start);
    return places.length === 0 ? text : insert(without, one(places, random), text.slice(start, end));
  },
  'an entry copied': (text, random) => {
    const all = entriesIn(text);
    if (all.length === 0) return text;
    const { start, end } = one(all, random);
    return insert(text, one(all, random).start, text.slice(start, end));
  },
  'a type replaced': (text, random) => {
    const found = [...text.matchAll(/\b(?:AWS|Custom)::[\w:]+|\b(?:String|Number)\b/g)];
    if (found.length === 0) return text;
    const match = one(found, random);
    return text.slice(0, match.index) + one(types, random) + text.slice(match.index + match[0].length);
  },
  'a value of a condition or a parameter replaced': (text, random) => {
    const found = [
      ...text.matchAll(/\b(?:dev|prod|staging|true|false|Environment|Is\w+|Fn::(?:And|Or|Not|Equals))\b/g),
    ];
    if (found.length === 0) return text;
    const match = one(found, random);
    const by = one([...found.map(([word]) => word), 'other', ''], random);
    return text.slice(0, match.index) + by + text.slice(match.index + match[0].length);
  },
};

const types = [
  'AWS::EC2::VPC',
  'AWS::EC2::FlowLog',
  'AWS::EC2::Subnet',
  'AWS::S3::Bucket',
  'AWS::S3::BucketPolicy',
  'AWS::IAM::Role',
  'AWS::Logs::LogGroup',
  'AWS::CloudFormation::Stack',
  'AWS::ObservabilityAdmin::TelemetryRule',
  'Org::Net::Vpc::MODULE',
  'AWS::SSM::Parameter::Value<String>',
  'String',
  'Custom::',
];

interface WrittenEntry {
  readonly name: string;
  readonly nameStart: number;
  readonly start: number;
  readonly end: number;
}

/** What looks like the entries of sections in a template of the usual layout. */
function entriesIn(text: string): WrittenEntry[] {
  const pattern = text.startsWith('{')
    ? /^ {4}"([\w:]+)": \{.*(?:\n {5}.*)*\n {4}\},?\n/gm
    : /^ {2}([\w:]+):.*\n(?: {3}.*\n)*/gm;
  return Array.from(text.matchAll(pattern), ({ 0: all, 1: name = '', index }) => ({
    name,
    nameStart: index + all.indexOf(name),
    start: index,
    end: index + all.length,
  }));
}

function renamed(text: string, random: Random, rename: (name: string) => string): string {
  const names = text.includes('\n')
    ? entriesIn(text)
    : Array.from(text.matchAll(/"(\w+)":\{"/g), ({ 1: name = '', index }) => ({
        name,
        nameStart: index + 1,
      }));
  if (names.length === 0) return text;
  const { name, nameStart } = one(names, random);
  return text.slice(0, nameStart) + rename(name) + text.slice(nameStart + name.length);
}

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

export const loops = [
  '  Fn::ForEach::Nets:\n    - Net\n    - [a, !Ref Environment]\n    - Vpc${Net}:\n        Type: AWS::EC2::VPC',
  '  Fn::ForEach::Logs:\n  - Net\n  - [a, Vpc0]\n  - "Log${Net}":\n      Type: AWS::EC2::FlowLog\n      Properties:\n        ResourceId: !Ref "Vpc${Net}"\n        ResourceType: VPC\n        TrafficType: ALL',
  '      Fn::ForEach::Sizes:\n        - Size\n        - [A, B]\n        - "Size${Size}": 1',
  '  Fn::ForEach::Unknown:\n    - Name\n    - !Ref CidrBlock\n    - Is${Name}: !Equals [!Ref Environment, !Ref Name]',
];

export const jsonLoop = '"Fn::ForEach::Nets": ["Net", ["a", "b"], {"Vpc${Net}": {"Type": "AWS::EC2::VPC"}}],';

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

export function one<T>(items: readonly T[], random: Random): T {
  return items[Math.floor(random() * items.length)]!;
}

function anywhere(text: string, random: Random): number {
  return Math.floor(random() * (text.length + 1));
}

export function insert(text: string, at: number, added: string): string {
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

/** One more character behind what was typed last, whatever mistake it is so far. */
export function typedOn(before: string): [string, Edit] {
  const typed = (text: string, random: Random): string =>
    insert(text, changedWindow(before, text)?.newEnd ?? 0, one(Array.from('aaZ0_: \n"\'#-,'), random));
  return ['one more character', typed];
}
