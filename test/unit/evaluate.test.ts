import { describe, expect, test } from 'vitest';
import { evaluate } from '../../server/src/template/evaluate.ts';
import type { Formula } from '../../server/src/template/formula.ts';
import { readDocuments } from '../../server/src/template/read.ts';
import { rootScope } from '../../server/src/template/scope.ts';
import { child } from '../../server/src/template/syntax.ts';
import { readTemplate } from '../../server/src/template/template.ts';
import type { Value } from '../../server/src/template/value.ts';

const surroundings = `
Parameters:
  P: { Type: String, Default: one }
  Q: { Type: String }
Mappings:
  Map:
    one: { Key: 1, Other: x }
    two: { Key: 2, Other: x }
  Small:
    only: { Key: [a, b] }
Conditions:
  C: !Equals [!Ref P, one]
  D: !Equals [!Ref Q, two]
Resources:
  Vpc: { Type: AWS::EC2::VPC }
  Subnet: { Type: AWS::EC2::Subnet }
  Nested: { Type: AWS::CloudFormation::Stack }
`;

/** What an expression evaluates to: `value` or `value if formula`. */
function evaluated(expression: string): string[] {
  const [document] = readDocuments(`${surroundings}Expression: ${expression}\n`);
  const template = readTemplate(document!)!;
  return evaluate(child(template.root, 'Expression'), rootScope(template)).map(({ value, when }) =>
    when.kind === 'constant' ? spelt(value) : `${spelt(value)} if ${speltFormula(when)}`,
  );
}

function spelt(value: Value): string {
  switch (value.kind) {
    case 'text':
      return JSON.stringify(value.text);
    case 'list':
      return `[${value.items.map((item) => item.map((one) => spelt(one.value)).join(' or ')).join(', ')}]`;
    case 'subject':
      return `value of ${value.subject.label}`;
    case 'resource':
      return value.resource.logicalId;
    case 'attribute':
      return `${value.resource.logicalId}.${value.attribute}`;
    case 'concatenation':
      return value.parts.map(spelt).join(' & ');
    case 'undeclared':
      return `no ${value.name}`;
    case 'object':
    case 'none':
    case 'outside':
    case 'unknown':
      return value.kind;
  }
}

function speltFormula(formula: Formula): string {
  switch (formula.kind) {
    case 'constant':
      return String(formula.value);
    case 'not':
      return `not ${speltFormula(formula.operand)}`;
    case 'and':
    case 'or':
      return `(${formula.operands.map(speltFormula).join(` ${formula.kind} `)})`;
    case 'equals':
      return `${formula.subject.label}=${formula.value}`;
    case 'same':
      return `${formula.left.label}=${formula.right.label}`;
    case 'free':
      return 'free';
  }
}

describe('names', () => {
  test.each([
    ['x', ['"x"']],
    ['!Ref Vpc', ['Vpc']],
    ['!Ref vpc', ['no vpc']],
    ['!Ref P', ['value of P']],
    ['!Ref AWS::Region', ['value of AWS::Region']],
    ['!Ref AWS::NoValue', ['none']],
    ['!Ref', ['none']],
    ['!Ref [Vpc]', ['unknown']],
    ['{ Ref: !Sub Vpc }', ['Vpc']],
    ['{ Ref: !If [C, Vpc, Subnet] }', ['Vpc if P=one', 'Subnet if not P=one']],
    ['{ Ref: Vpc, Also: x }', ['object']],
    ['!GetAtt Vpc.VpcId', ['Vpc.VpcId']],
    ['!GetAtt [Vpc, VpcId]', ['Vpc.VpcId']],
    ['!GetAtt Nested.Outputs.A', ['Nested.Outputs.A']],
    ['!GetAtt [Nested, Outputs.A]', ['Nested.Outputs.A']],
    ['!GetAtt Vpc', ['unknown']],
    ['!GetAtt No.VpcId', ['no No']],
    ['!GetAtt [!If [C, Vpc, Subnet], VpcId]', ['Vpc.VpcId if P=one', 'Subnet.VpcId if not P=one']],
    ['', ['none']],
    ["'{{resolve:ssm:/x}}'", ['unknown']],
  ])('%s', (expression, values) => {
    expect(evaluated(expression)).toEqual(values);
  });
});

describe('Fn::Sub', () => {
  test.each([
    ["!Sub '${Vpc}'", ['Vpc']],
    ["!Sub '${ Vpc }'", ['Vpc']],
    ["!Sub '${Vpc.VpcId}'", ['Vpc.VpcId']],
    ["!Sub '${!Vpc}'", ['"${Vpc}"']],
    ["!Sub 'a-${Vpc}-b'", ['"a-" & Vpc & "-b"']],
    ["!Sub ['${A}${B}', { A: x, B: y }]", ['"xy"']],
    ["!Sub ['${Vpc}', { Vpc: x }]", ['"x"']],
    ["!Sub ['${A}', { A: !If [C, x, y] }]", ['"x" if P=one', '"y" if not P=one']],
    ["!Sub ['${A}', { A: !If [C, x, x] }]", ['"x" if (P=one or not P=one)']],
    ["!Sub '${No}'", ['no No']],
    ["!Sub '${}'", ['""']],
    ["!Sub '$ {Vpc} $Vpc'", ['"$ {Vpc} $Vpc"']],
    ['!Sub [x]', ['"x"']],
    ['!Sub { a: b }', ['unknown']],
  ])('%s', (expression, values) => {
    expect(evaluated(expression)).toEqual(values);
  });
});

describe('Fn::If', () => {
  test.each([
    ['!If [C, a, b]', ['"a" if P=one', '"b" if not P=one']],
    ['!If [{ Condition: C }, a, b]', ['"a" if P=one', '"b" if not P=one']],
    [
      '!If [C, !If [D, a, b], c]',
      ['"a" if (P=one and Q=two)', '"b" if (P=one and not Q=two)', '"c" if not P=one'],
    ],
    ['!If [C, !Ref AWS::NoValue, !Ref Vpc]', ['none if P=one', 'Vpc if not P=one']],
    ['!If [C, a]', ['none if not P=one', '"a" if P=one']],
    ['!If [No, a, b]', ['"a" if free', '"b" if not free']],
    ['!If [[C], a, b]', ['unknown']],
    ['!If C', ['unknown']],
    ['!If []', ['unknown']],
  ])('%s', (expression, values) => {
    expect(evaluated(expression).toSorted()).toEqual(values.toSorted());
  });
});

describe('lists', () => {
  test.each([
    ["!Join ['', [!Ref Vpc]]", ['Vpc']],
    ["!Join ['', [!Ref Vpc, '']]", ['Vpc']],
    ["!Join ['-', [a, !Ref Vpc, b]]", ['"a-" & Vpc & "-b"']],
    ["!Join [',', []]", ['""']],
    ["!Join [',', !Ref P]", ['unknown']],
    ["!Join [',', !Split ['|', 'a|b']]", ['"a,b"']],
    ['!Select [0, [a, b]]', ['"a"']],
    ["!Select ['1', [a, !Ref Vpc]]", ['Vpc']],
    ['!Select [2, [a, b]]', ['unknown']],
    ['!Select [-1, [a, b]]', ['unknown']],
    ['!Select [!If [C, 0, 1], [a, b]]', ['"a" if P=one', '"b" if not P=one']],
    ['!Select [!Ref P, [a, b]]', ['unknown']],
    ["!Select [1, !Split ['/', 'a/b/c']]", ['"b"']],
    ["!Select [1, !Split ['/', !Sub 'a/${Vpc}/c']]", ['Vpc']],
    ["!Select [0, !Split ['/', !Sub '${Vpc}x/c']]", ['Vpc & "x"']],
    ["!Select [0, !Split ['/', !Sub '${P}/c']]", ['unknown']],
    ["!Split ['', 'abc']", ['unknown']],
    ["!Split [',', !Ref P]", ['outside']],
    ['[!Ref Vpc, !If [C, a, b]]', ['[Vpc, "a" or "b"]']],
    ['!Select [0, !Ref P]', ['outside']],
    ["!Select [0, !Split [',', !Ref P]]", ['outside']],
    ['!GetAZs ""', ['unknown']],
    ['!Cidr [x, 1, 2]', ['unknown']],
  ])('%s', (expression, values) => {
    expect(evaluated(expression)).toEqual(values);
  });
});

describe('Fn::FindInMap', () => {
  test.each([
    ['!FindInMap [Map, one, Key]', ['"1"']],
    ['!FindInMap [Map, !Ref P, Key]', ['"1" if P=one', '"2" if P=two']],
    ['!FindInMap [Map, !Ref P, Other]', ['"x" if (P=one or P=two)']],
    ['!FindInMap [Map, one, !Ref Q]', ['"1" if Q=Key', '"x" if Q=Other']],
    ['!FindInMap [Map, three, Key]', []],
    ['!FindInMap [Map, three, Key, { DefaultValue: d }]', ['"d"']],
    [
      '!FindInMap [Map, !Ref P, Key, { DefaultValue: d }]',
      ['"1" if P=one', '"2" if P=two', '"d" if not (P=one or P=two)'],
    ],
    ['!FindInMap [Small, only, Key]', ['["a", "b"]']],
    ['!FindInMap [No, one, Key]', ['unknown']],
    ['!FindInMap [Map, !ImportValue x, Key]', ['unknown']],
    ['!FindInMap []', ['unknown']],
  ])('%s', (expression, values) => {
    expect(evaluated(expression)).toEqual(values);
  });
});

test('alternatives beyond measure are unknown instead of endless', () => {
  const choices = Array.from({ length: 20 }, () => '!If [C, a, b]').join(', ');
  expect(evaluated(`!Join ['', [${choices}]]`)).toEqual(['unknown']);
});

test('another stack is outside where nothing is known of it', () => {
  expect(evaluated('!ImportValue x')).toEqual(['outside']);
  expect(evaluated('{ Fn::GetStackOutput: { StackName: a, OutputName: b } }')).toEqual(['outside']);
});
