import { describe, expect, test } from 'vitest';
import { Workspace } from '../../server/src/workspace/workspace.ts';
import { check, checkInBothFormats, type Said } from './in-both-formats.ts';

/** A VPC whose flow log exists where Stage is prod, under rules. */
function checkUnder(
  rules: string,
  parameters = '',
  condition = "{ 'Fn::Equals': [{ Ref: Stage }, prod] }",
): Said {
  return checkInBothFormats(`
Parameters:
  Stage: { Type: String, Default: dev }
  Size: { Type: String }
  ${parameters}
Rules:
  ${rules}
Conditions:
  IsLogged: ${condition}
Resources:
  Vpc: { Type: AWS::EC2::VPC }
  FlowLog:
    Type: AWS::EC2::FlowLog
    Condition: IsLogged
    Properties:
      ResourceType: VPC
      TrafficType: ALL
      ResourceId: { Ref: Vpc }
      LogDestinationType: s3
      LogDestination: arn:aws:s3:::logs
`);
}

/** A rule of one assertion. */
function demand(assertion: string, condition?: string): string {
  const applies = condition === undefined ? '' : `RuleCondition: ${condition}, `;
  return `Rule: { ${applies}Assertions: [{ Assert: ${assertion}, AssertDescription: so }] }`;
}

const isProd = "{ 'Fn::Equals': [{ Ref: Stage }, prod] }";
const isBig = "{ 'Fn::Equals': [{ Ref: Size }, big] }";

describe('rules that leave the VPC covered', () => {
  test.each([
    ['Equals', isProd],
    ['Equals the other way round', "{ 'Fn::Equals': [prod, { Ref: Stage }] }"],
    ['Contains', "{ 'Fn::Contains': [[prod], { Ref: Stage }] }"],
    ['EachMemberIn', "{ 'Fn::EachMemberIn': [[{ Ref: Stage }, { Ref: Size }], [prod, big]] }"],
    ['EachMemberEquals', "{ 'Fn::EachMemberEquals': [[{ Ref: Stage }, prod], prod] }"],
    ['Not', "{ 'Fn::Not': [{ 'Fn::Not': [" + isProd + '] }] }'],
    ['And', `{ 'Fn::And': [${isBig}, ${isProd}] }`],
    ['Or of the same', `{ 'Fn::Or': [${isProd}, { 'Fn::Contains': [[prod], { Ref: Stage }] }] }`],
    ['a parameter that is another', "{ 'Fn::Equals': [{ Ref: Stage }, { Ref: Fixed }] }"],
  ])('%s', (name, assertion) => {
    const said = checkUnder(
      demand(assertion),
      'Fixed: { Type: String, AllowedValues: [prod] }',
      name === 'EachMemberIn'
        ? `{ 'Fn::Or': [${isProd}, { 'Fn::Equals': [{ Ref: Stage }, big] }] }`
        : undefined,
    );
    expect(said.verdicts).toEqual({ Vpc: 'covered' });
    expect(said.findings).toEqual([]);
  });

  test('rules work together', () => {
    const first = `A: { Assertions: [{ Assert: ${isBig} }] }`;
    const second = `B: { RuleCondition: ${isBig}, Assertions: [{ Assert: ${isProd} }] }`;
    expect(checkUnder(`${first}\n  ${second}`).verdicts).toEqual({ Vpc: 'covered' });
    expect(checkUnder(second).verdicts).toEqual({ Vpc: 'conditional' });
  });

  test('every assertion of a rule holds', () => {
    const both = `Rule: { Assertions: [{ Assert: ${isBig} }, { Assert: ${isProd} }] }`;
    expect(checkUnder(both).verdicts).toEqual({ Vpc: 'covered' });
  });
});

describe('rules that do not', () => {
  test.each([
    ['another value', "{ 'Fn::Equals': [{ Ref: Stage }, dev] }"],
    ['the opposite', `{ 'Fn::Not': [${isProd}] }`],
    ['one of several values', "{ 'Fn::Contains': [[prod, dev], { Ref: Stage }] }"],
    ['one of two', `{ 'Fn::Or': [${isBig}, ${isProd}] }`],
    ['another parameter', isBig],
    ['nothing', '{}'],
    ['a text', 'true'],
  ])('%s', (_, assertion) => {
    expect(Object.values(checkUnder(demand(assertion)).verdicts)).not.toEqual(['covered']);
  });

  test('a rule that does not apply', () => {
    const said = checkUnder(demand(isProd, isBig));
    expect(said.findings).toEqual([
      "vpc-flow-log-conditional warning on Vpc: Vpc has no flow log when Stage is 'dev' (the default)",
    ]);
  });

  test('what the account decides restricts nothing', () => {
    const undecided = [
      "{ 'Fn::Contains': [{ 'Fn::RefAll': 'AWS::EC2::VPC::Id' }, { Ref: Stage }] }",
      "{ 'Fn::EachMemberIn': [{ 'Fn::ValueOfAll': ['AWS::EC2::VPC::Id', Tags.Stage] }, [prod]] }",
      "{ 'Fn::EachMemberEquals': [{ 'Fn::ValueOfAll': ['AWS::EC2::VPC::Id', Tags.Stage] }, prod] }",
      "{ 'Fn::Equals': [{ 'Fn::ValueOf': [Net, Tags.Stage] }, prod] }",
      "{ 'Fn::EachMemberIn': [{ Ref: Stages }, [prod]] }",
      "{ 'Fn::Contains': [[prod], { Ref: Stages }] }",
      "{ 'Fn::Made::Up': [prod] }",
    ];
    const parameters = "Net: { Type: 'AWS::EC2::VPC::Id' }\n  Stages: { Type: CommaDelimitedList }";
    for (const assertion of undecided) {
      expect(checkUnder(demand(assertion), parameters).verdicts).toEqual({ Vpc: 'conditional' });
      expect(checkUnder(demand(`{ 'Fn::Not': [${assertion}] }`), parameters).verdicts).toEqual({
        Vpc: 'conditional',
      });
      expect(checkUnder(demand(isProd, assertion), parameters).verdicts).toEqual({ Vpc: 'conditional' });
    }
  });

  test('a list is not compared with a text', () => {
    const said = checkUnder(
      demand("{ 'Fn::Contains': [[prod], { Ref: Stages }] }"),
      'Stages: { Type: CommaDelimitedList }',
      "{ 'Fn::Equals': [{ Ref: Stages }, prod] }",
    );
    expect(said.verdicts).toEqual({ Vpc: 'conditional' });
  });
});

describe('defaults that a rule refuses', () => {
  test('are no deployment, so that the finding is not a warning', () => {
    const said = checkUnder(demand("{ 'Fn::Contains': [[prod, test], { Ref: Stage }] }"));
    expect(said.findings).toEqual([
      "vpc-flow-log-conditional information on Vpc: Vpc has no flow log when Stage is 'test'",
    ]);
  });
});

describe('rules that cannot all be met', () => {
  test.each([
    ['a literal that is none', "Rule: { Assertions: [{ Assert: { 'Fn::Equals': [a, b] } }] }"],
    [
      'two that contradict each other',
      `A: { Assertions: [{ Assert: ${isProd} }] }\n  B: { Assertions: [{ Assert: { 'Fn::Not': [${isProd}] } }] }`,
    ],
  ])('%s: do not make the VPC a covered one', (_, rules) => {
    expect(checkUnder(rules).verdicts).toEqual({ Vpc: 'conditional' });
  });
});

test('a rule that nothing can satisfy hides no other mistake', () => {
  const said = checkInBothFormats(`
Rules: { Rule: { Assertions: [{ Assert: { 'Fn::Equals': [a, b] } }] } }
Resources:
  Vpc: { Type: AWS::EC2::VPC }
  FlowLog: { Type: AWS::EC2::FlowLog, Properties: { ResourceType: VPC, ResourceId: !Ref Vpc } }
`);
  expect(said.findings).toContainEqual(expect.stringMatching(/^flow-log-property-invalid .*TrafficType/));
});

describe('rules of no account to the VPC', () => {
  test('cost no certainty, however many', () => {
    const names = Array.from({ length: 60 }, (_, index) => `P${index}`);
    const values = Array.from({ length: 200 }, (_, index) => `v${index}`).join(', ');
    const refs = names.map((name) => `{ Ref: ${name} }`).join(', ');
    const said = check(`
Parameters: { ${names.map((name) => `${name}: { Type: String }`).join(', ')} }
Rules: { Rule: { Assertions: [{ Assert: { 'Fn::EachMemberIn': [[${refs}], [${values}]] } }] } }
Resources: { Vpc: { Type: AWS::EC2::VPC } }
`);
    expect(said.verdicts).toEqual({ Vpc: 'missing' });
  });
});

test('the rules of a nested template restrict what its parent passes', () => {
  const child = (rules: string): string => `
Parameters: { Logged: { Type: String } }
${rules}
Conditions: { IsLogged: !Equals [!Ref Logged, 'yes'] }
Resources:
  Vpc: { Type: AWS::EC2::VPC }
  FlowLog:
    Type: AWS::EC2::FlowLog
    Condition: IsLogged
    Properties: { ResourceType: VPC, TrafficType: ALL, ResourceId: !Ref Vpc }
`;
  const parent = `
Parameters: { Logs: { Type: String } }
Resources:
  Network:
    Type: AWS::CloudFormation::Stack
    Properties: { TemplateURL: child.yaml, Parameters: { Logged: !Ref Logs } }
`;
  const verdictUnder = (rules: string): string | undefined => {
    const workspace = new Workspace();
    workspace.setDiskText('/parent.yaml', parent);
    workspace.setDiskText('/child.yaml', child(rules));
    const checked = workspace.check('/child.yaml');
    return checked.kind === 'template' ? checked.vpcs[0]?.verdict : checked.kind;
  };
  const isYes = "{ 'Fn::Equals': [{ Ref: Logged }, 'yes'] }";
  expect(verdictUnder(`Rules: { Rule: { Assertions: [{ Assert: ${isYes} }] } }`)).toBe('covered');
  expect(verdictUnder('')).toBe('conditional');
});

describe('half-typed rules', () => {
  test.each(['Rule:', 'Rule: text', 'Rule: { Assertions: }', 'Rule: { Assertions: [ {} ] }', 'Rule: []'])(
    '%s',
    (rules) => {
      expect(checkUnder(rules).verdicts).toEqual({ Vpc: 'conditional' });
    },
  );
});
