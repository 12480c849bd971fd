import { describe, expect, test } from 'vitest';
import { checkText } from '../../server/src/workspace/check.ts';
import { Workspace } from '../../server/src/workspace/workspace.ts';
import { check, checkInBothFormats } from './in-both-formats.ts';

const transform = 'Transform: AWS::LanguageExtensions';

/** A loop that makes VPCs, under `Resources`. */
function vpcLoop(collection: string, key = 'Vpc${Env}', name = 'Vpcs'): string {
  return `
  Fn::ForEach::${name}:
    - Env
    - ${collection}
    - ${key}:
        Type: AWS::EC2::VPC
        Properties: { CidrBlock: 10.0.0.0/16 }`;
}

/** A loop that makes flow logs on them, with an identifier of its own. */
function flowLogLoop(collection: string, target = 'Vpc${Name}', traffic = 'ALL'): string {
  return `
  Fn::ForEach::FlowLogs:
    - Name
    - ${collection}
    - FlowLog\${Name}:
        Type: AWS::EC2::FlowLog
        Properties:
          ResourceType: VPC
          TrafficType: ${traffic}
          ResourceId: { Ref: { 'Fn::Sub': '${target}' } }
          LogDestinationType: s3
          LogDestination: arn:aws:s3:::logs`;
}

function template(...parts: readonly string[]): string {
  return [transform, 'Parameters:', ...parts].join('\n');
}

const envs = (defaults?: string): string =>
  `  Envs: { Type: CommaDelimitedList${defaults === undefined ? '' : `, Default: '${defaults}'`} }\nResources:`;
const ofEnvs = '{ Ref: Envs }';
const noParameters = '  Unused: { Type: String }\nResources:';

describe('instances', () => {
  test('one finding on the key of the template names all that it concerns', () => {
    const said = checkInBothFormats(template(noParameters, vpcLoop('[Dev, Test, Prod]')));
    expect(said.verdicts).toEqual({ VpcDev: 'missing', VpcTest: 'missing', VpcProd: 'missing' });
    expect(said.findings).toEqual([
      'vpc-no-flow-log warning on Vpc${Env}: VpcDev, VpcTest and VpcProd have no flow log',
    ]);
  });

  test('each instance is covered by its own flow log', () => {
    const said = checkInBothFormats(
      template(noParameters, vpcLoop('[Dev, Test]'), flowLogLoop('[Dev, Test]')),
    );
    expect(said.reasons).toEqual({
      VpcDev: 'FlowLogDev records the rejected traffic of VpcDev',
      VpcTest: 'FlowLogTest records the rejected traffic of VpcTest',
    });
    expect(said.findings).toEqual([]);
  });

  test('those without one are found alone', () => {
    const said = checkInBothFormats(
      template(noParameters, vpcLoop('[Dev, Test, Prod]'), flowLogLoop('[Prod]')),
    );
    expect(said.verdicts).toEqual({ VpcDev: 'missing', VpcTest: 'missing', VpcProd: 'covered' });
    expect(said.findings).toEqual([
      'vpc-no-flow-log warning on Vpc${Env}: VpcDev and VpcTest have no flow log: FlowLogProd is on VpcProd',
    ]);
  });

  test('flow logs that record accepted traffic only are named together', () => {
    const said = checkInBothFormats(
      template(noParameters, vpcLoop('[Dev, Test]'), flowLogLoop('[Dev, Test]', 'Vpc${Name}', 'ACCEPT')),
    );
    expect(said.findings).toEqual([
      'vpc-flow-log-accept-only warning on Vpc${Env}: VpcDev and VpcTest have no flow log that counts: FlowLogDev and FlowLogTest record ACCEPT traffic only; EC2.6 asks for REJECT or ALL',
    ]);
  });

  test('many are not all named', () => {
    const letters = 'A, B, C, D, E, F, G, H, I, J';
    const said = checkInBothFormats(template(noParameters, vpcLoop(`[${letters}]`)));
    expect(said.findings).toEqual([
      'vpc-no-flow-log warning on Vpc${Env}: VpcA, VpcB, VpcC, VpcD, VpcE and 5 more have no flow log',
    ]);
  });

  test('a mistake in the loop is one finding', () => {
    const said = checkInBothFormats(
      template(noParameters, vpcLoop('[Dev, Test]'), flowLogLoop('[Dev, Test]', 'Vcp${Name}')),
    );
    expect(said.findings.filter((finding) => finding.startsWith('flow-log-target-invalid'))).toEqual([
      expect.stringMatching(
        /: FlowLogDev is on VcpDev, which does not exist in this template; did you mean VpcDev\?; likewise FlowLogTest$/,
      ),
    ]);
  });
});

describe('where the identifier stands', () => {
  test.each([
    ['Ref of the item', '[Dev, Test]', 'Vpc&{Env}', "{ Ref: { 'Fn::Sub': 'Vpc&{Name}' } }"],
    [
      'GetAtt in a list',
      '[Dev, Test]',
      'Vpc${Env}',
      "{ 'Fn::GetAtt': [{ 'Fn::Sub': 'Vpc${Name}' }, VpcId] }",
    ],
    ['GetAtt as a text', '[Dev, Test]', 'Vpc${Env}', "{ 'Fn::GetAtt': 'Vpc${Name}.VpcId' }"],
    ['Join', '[Dev, Test]', 'Vpc${Env}', "{ Ref: { 'Fn::Join': ['', [Vpc, { Ref: Name }]] } }"],
    ['the item is the name', '[Dev, Test]', '${Env}', '{ Ref: { Ref: Name } }'],
    ['other characters left out', '[us-1, us-2]', 'Vpc&{Env}', "{ Ref: { 'Fn::Sub': 'Vpc&{Name}' } }"],
    ['spaces', '[Dev, Test]', 'Vpc${Env}', "{ Ref: { 'Fn::Sub': 'Vpc${ Name }' } }"],
  ])('%s', (_, collection, key, resourceId) => {
    const flowLogs = flowLogLoop(collection).replace(/ResourceId: .*/, () => `ResourceId: ${resourceId}`);
    const named = flowLogs.replace('FlowLog${Name}', () => 'FlowLog&{Name}');
    const said = checkInBothFormats(template(noParameters, vpcLoop(collection, key), named));
    expect(Object.values(said.verdicts)).toEqual(['covered', 'covered']);
  });

  test('short forms', () => {
    const said = checkInBothFormats(`
Transform: [AWS::LanguageExtensions]
Resources:
  Fn::ForEach::All:
    - Env
    - [Dev, Test]
    - Vpc\${Env}:
        Type: AWS::EC2::VPC
      FlowLog\${Env}:
        Type: AWS::EC2::FlowLog
        Properties: { ResourceType: VPC, TrafficType: !Sub 'ALL', ResourceId: !GetAtt 'Vpc\${Env}.VpcId' }
`);
    expect(said.verdicts).toEqual({ VpcDev: 'covered', VpcTest: 'covered' });
  });

  test('a literal is no identifier', () => {
    const said = checkInBothFormats(
      template(noParameters, vpcLoop('[Dev]'), flowLogLoop('[Dev]', 'Vpc${!Name}')),
    );
    expect(said.verdicts).toEqual({ VpcDev: 'missing' });
  });

  test('other characters than letters and digits stay out of keys, not out of values', () => {
    const said = checkInBothFormats(`
${transform}
Mappings: { Traffic: { us-1: { Type: ALL }, us1: { Type: ACCEPT } } }
Resources:${vpcLoop('[us-1]', 'Vpc&{Env}')}
  Fn::ForEach::FlowLogs:
    - Name
    - [us-1]
    - FlowLog&{Name}:
        Type: AWS::EC2::FlowLog
        Properties:
          ResourceType: VPC
          TrafficType: !FindInMap [Traffic, !Ref Name, Type]
          ResourceId: !Ref Vpcus1
`);
    expect(said.reasons).toEqual({ Vpcus1: 'FlowLogus1 records the rejected traffic of Vpcus1' });
  });

  test('conditions made by a loop, one for each instance', () => {
    const said = checkInBothFormats(`
${transform}
Parameters:
  LogDev: { Type: String, AllowedValues: ['yes', 'no'], Default: 'no' }
  LogProd: { Type: String, AllowedValues: ['yes'] }
Conditions:
  Fn::ForEach::Wanted:
    - Stage
    - [Dev, Prod]
    - Logs\${Stage}: { 'Fn::Equals': [{ Ref: { 'Fn::Sub': 'Log\${Stage}' } }, 'yes'] }
Resources:${vpcLoop('[Dev, Prod]')}${flowLogLoop('[Dev, Prod]').replace('Type: AWS', () => 'Condition: Logs${Name}\n        Type: AWS')}
`);
    expect(said.verdicts).toEqual({ VpcDev: 'conditional', VpcProd: 'covered' });
    expect(said.findings).toEqual([
      "vpc-flow-log-conditional warning on Vpc${Env}: VpcDev has no flow log when LogDev is 'no' (the default)",
    ]);
  });

  test('properties made by a loop', () => {
    const said = checkInBothFormats(`
${transform}
Mappings:
  FlowLog:
    Settings: { ResourceType: VPC, TrafficType: ALL }
Resources:
  Vpc: { Type: AWS::EC2::VPC }
  FlowLog:
    Type: AWS::EC2::FlowLog
    Properties:
      ResourceId: { Ref: Vpc }
      LogDestinationType: s3
      LogDestination: arn:aws:s3:::logs
      Fn::ForEach::Settings:
        - Setting
        - [ResourceType, TrafficType]
        - '\${Setting}': { 'Fn::FindInMap': [FlowLog, Settings, { Ref: Setting }] }
`);
    expect(said.verdicts).toEqual({ Vpc: 'covered' });
    expect(said.findings).toEqual([]);
  });

  test('outputs made by a loop, of stacks made by a loop', () => {
    const network = `
${transform}
Resources:${vpcLoop('[Dev, Test]')}
Outputs:
  Fn::ForEach::Ids:
    - Env
    - [Dev, Test]
    - Id\${Env}: { Value: !Ref { 'Fn::Sub': 'Vpc\${Env}' } }
`;
    const parent = `
${transform}
Resources:
  Fn::ForEach::Networks:
    - Region
    - [East, West]
    - Network\${Region}:
        Type: AWS::CloudFormation::Stack
        Properties: { TemplateURL: network.yaml }
      FlowLog\${Region}:
        Type: AWS::EC2::FlowLog
        Properties:
          ResourceType: VPC
          TrafficType: ALL
          ResourceId: !GetAtt 'Network\${Region}.Outputs.IdDev'
`;
    const workspace = new Workspace();
    workspace.setDiskText('/network.yaml', network);
    workspace.setDiskText('/parent.yaml', parent);
    const checked = workspace.check('/network.yaml');
    expect(checked.kind === 'template' && checked.vpcs.map(({ verdict }) => verdict)).toEqual([
      'covered',
      'missing',
    ]);
  });
});

describe('nested loops', () => {
  const nested = `
  Fn::ForEach::Regions:
    - Region
    - [East, West]
    - Fn::ForEach::Stages:
        - Stage
        - [Dev, Prod]
        - Vpc\${Region}\${Stage}:
            Type: AWS::EC2::VPC
          FlowLog\${Region}\${Stage}:
            Type: AWS::EC2::FlowLog
            Properties:
              ResourceType: VPC
              TrafficType: ALL
              ResourceId: { Ref: { 'Fn::Sub': 'Vpc\${Region}\${Stage}' } }
      Bare\${Region}:
        Type: AWS::EC2::VPC`;

  test('make an instance for every pair', () => {
    const said = checkInBothFormats(`${transform}\nResources:${nested}`);
    expect(said.verdicts).toEqual({
      VpcEastDev: 'covered',
      VpcEastProd: 'covered',
      VpcWestDev: 'covered',
      VpcWestProd: 'covered',
      BareEast: 'missing',
      BareWest: 'missing',
    });
    expect(said.findings.filter((finding) => finding.startsWith('vpc'))).toEqual([
      expect.stringContaining('on Bare${Region}: BareEast and BareWest have no flow log'),
    ]);
  });

  test('the inner collection may depend on the outer item', () => {
    const said = checkInBothFormats(`
${transform}
Mappings:
  Stages:
    East: { Names: [Dev, Prod] }
    West: { Names: [Prod] }
Resources:
  Fn::ForEach::Regions:
    - Region
    - [East, West]
    - Fn::ForEach::Stages:
        - Stage
        - { 'Fn::FindInMap': [Stages, { Ref: Region }, Names] }
        - Vpc\${Region}\${Stage}: { Type: AWS::EC2::VPC }
`);
    expect(Object.keys(said.verdicts)).toEqual(['VpcEastDev', 'VpcEastProd', 'VpcWestProd']);
    expect(said.findings).toEqual([
      'vpc-no-flow-log warning on Vpc${Region}${Stage}: VpcEastDev, VpcEastProd and VpcWestProd have no flow log',
    ]);
  });
});

describe('collections', () => {
  test.each([
    ["{ 'Fn::Split': [',', 'Dev,Test'] }", '', ''],
    ["{ 'Fn::Split': [',', { Ref: Stages }] }", "Stages: { Type: String, Default: 'Dev,Test' }", 'Stages'],
    ["{ 'Fn::FindInMap': [Lists, Of, Stages] }", '', ''],
    ['[{ Ref: First }, Test]', 'First: { Type: String, Default: Dev }', 'First'],
    ['{ Ref: Numbers }', "Numbers: { Type: 'List<String>', Default: 'Dev, Test' }", 'Numbers'],
    ["{ 'Fn::If': [IsSmall, [Dev, Test], [Dev, Test, Prod]] }", 'Size: { Type: String, Default: s }', 'Size'],
    ['[Dev, Test, Dev]', '', ''],
  ])('%s', (collection, parameter, decidedBy) => {
    const said = checkInBothFormats(`
${transform}
Parameters: { ${parameter} }
Mappings: { Lists: { Of: { Stages: [Dev, Test] } } }
Conditions: { IsSmall: { 'Fn::Equals': [{ Ref: ${parameter.split(':')[0] || 'AWS::Region'} }, s] } }
Resources:${vpcLoop(collection)}`);
    const note = decidedBy === '' ? '' : `; the default of ${decidedBy} makes them`;
    expect(said.findings).toEqual([
      `vpc-no-flow-log warning on Vpc\${Env}: VpcDev and VpcTest have no flow log${note}`,
    ]);
  });

  test('an empty list makes nothing', () => {
    expect(checkInBothFormats(template(noParameters, vpcLoop('[]'))).verdicts).toEqual({});
  });

  test('a condition that a loop makes may choose it', () => {
    const said = checkInBothFormats(`
${transform}
Parameters: { SizeOfA: { Type: String, Default: small } }
Conditions:
  Fn::ForEach::Sizes:
    - Name
    - [A]
    - IsSmall\${Name}: { 'Fn::Equals': [{ Ref: { 'Fn::Sub': 'SizeOf\${Name}' } }, small] }
Resources:${vpcLoop("{ 'Fn::If': [IsSmallA, [Dev], [Dev, Prod]] }")}`);
    expect(said.verdicts).toEqual({ VpcDev: 'missing' });
  });

  test('coverage that rests on a default says so', () => {
    const said = checkInBothFormats(template(envs('Dev'), vpcLoop(ofEnvs), flowLogLoop('[Dev, Test]')));
    expect(said.reasons['VpcDev']).toBe(
      'FlowLogDev records the rejected traffic of VpcDev; the default of Envs makes it',
    );
  });

  test('coverage over the same parameter does not rest on its default', () => {
    const said = checkInBothFormats(template(envs('Dev'), vpcLoop(ofEnvs), flowLogLoop(ofEnvs)));
    expect(said.reasons['VpcDev']).toBe('FlowLogDev records the rejected traffic of VpcDev');
  });
});

describe('collections that the template does not tell', () => {
  test('one instance stands for all; without any flow log it is bare whatever they are', () => {
    const said = checkInBothFormats(template(envs(), vpcLoop(ofEnvs)));
    expect(said.verdicts).toEqual({ 'Vpc${Env}': 'missing' });
    expect(said.findings).toEqual([
      'vpc-no-flow-log warning on Vpc${Env}: Vpc${Env} has no flow log; it stands for all that its loop makes, as Envs has no default',
    ]);
  });

  test.each([
    ['an empty default', "Envs: { Type: CommaDelimitedList, Default: '' }", 'Envs has no default'],
    [
      'one in Systems Manager',
      "Envs: { Type: 'AWS::SSM::Parameter::Value<List<String>>', Default: /net/envs }",
      'Envs is read from Systems Manager',
    ],
    ['a text', 'Envs: { Type: String, Default: Dev }', 'only the deployment knows what it goes over'],
    ['nothing', 'Other: { Type: String }', 'only the deployment knows what it goes over'],
  ])('%s for the collection tells nothing', (_, parameter, why) => {
    const said = checkInBothFormats(template(`  ${parameter}\nResources:`, vpcLoop(ofEnvs)));
    expect(said.reasons).toEqual({
      'Vpc${Env}': `Vpc\${Env} has no flow log; it stands for all that its loop makes, as ${why}`,
    });
  });

  test.each([
    ['the same parameter', ofEnvs, ofEnvs],
    ['the same expression', "{ 'Fn::Split': [',', { Ref: Text }] }", "{ 'Fn::Split': [',', { Ref: Text }] }"],
    ['the same scalar parameters', '[{ Ref: Text }]', '[{ Ref: Text }]'],
  ])('a loop of flow logs over %s covers it', (_, collection, same) => {
    const parameters = `  Text: { Type: String }\n${envs()}`;
    const said = checkInBothFormats(template(parameters, vpcLoop(collection), flowLogLoop(same)));
    expect(Object.values(said.verdicts)).toEqual(['covered']);
    expect(said.findings).toEqual([]);
  });

  test('a loop over another list may cover it or not', () => {
    const parameters = `  Others: { Type: CommaDelimitedList }\n${envs()}`;
    const said = checkInBothFormats(template(parameters, vpcLoop(ofEnvs), flowLogLoop('{ Ref: Others }')));
    expect(said.verdicts).toEqual({ 'Vpc${Env}': 'unknown' });
    expect(said.findings).toEqual([expect.stringContaining('it depends on what a loop goes over')]);
  });

  test('a flow log on a single instance leaves the others unknown', () => {
    const one = flowLogLoop('[One]', 'VpcDev');
    const said = checkInBothFormats(template(envs(), vpcLoop(ofEnvs), one));
    expect(said.verdicts).toEqual({ 'Vpc${Env}': 'unknown' });
    expect(said.findings.map((finding) => finding.split(' ')[0])).toEqual(['vpc-flow-log-unknown']);
  });

  test('a name that no instance can have is a mistake', () => {
    const said = checkInBothFormats(template(envs(), vpcLoop(ofEnvs), flowLogLoop('[One]', 'Network')));
    expect(said.verdicts).toEqual({ 'Vpc${Env}': 'missing' });
    expect(said.findings.map((finding) => finding.split(' ')[0])).toContain('flow-log-target-invalid');
  });

  test('flow logs of a loop may be on VPCs that stand by themselves', () => {
    const said = checkInBothFormats(
      template(
        envs(),
        '  VpcDev: { Type: AWS::EC2::VPC }\n  Network: { Type: AWS::EC2::VPC }',
        flowLogLoop(ofEnvs),
      ),
    );
    expect(said.verdicts).toEqual({ VpcDev: 'unknown', Network: 'missing' });
  });

  test('two loops that use one name for different lists are kept apart', () => {
    const parameters = `  Others: { Type: CommaDelimitedList }\n${envs()}`;
    const flowLogs = flowLogLoop(ofEnvs).replaceAll('Name', 'Env');
    const said = checkInBothFormats(
      template(
        parameters,
        vpcLoop('{ Ref: Others }', 'Vpc${Env}', 'A'),
        vpcLoop(ofEnvs, 'Net${Env}', 'B'),
        flowLogs,
      ),
    );
    expect(Object.values(said.verdicts)).toEqual(['unknown', 'missing']);
  });

  test('an inner loop with the identifier of another loop does not touch the item', () => {
    const flowLogs = `
  Fn::ForEach::FlowLogs:
    - Name
    - ${ofEnvs}
    - Fn::ForEach::Copies:
        - Env
        - [A, B]
        - FlowLog\${Name}\${Env}:
            Type: AWS::EC2::FlowLog
            Properties:
              ResourceType: VPC
              TrafficType: ALL
              ResourceId: { Ref: { 'Fn::Sub': 'Vpc\${Name}' } }
              LogDestinationType: s3
              LogDestination: arn:aws:s3:::logs`;
    const said = checkInBothFormats(template(envs(), vpcLoop(ofEnvs), flowLogs));
    expect(Object.values(said.verdicts)).toEqual(['covered']);
  });

  test('a parent’s parameter of the same name is not the item', () => {
    const child = template(
      '  Which: { Type: String }\n' + envs(),
      vpcLoop(ofEnvs),
      flowLogLoop('[One]', 'Vpc${Which}'),
    );
    const parent = `
Parameters: { Env: { Type: String } }
Resources:
  Child: { Type: AWS::CloudFormation::Stack, Properties: { TemplateURL: child.yaml, Parameters: { Which: !Ref Env } } }
`;
    const workspace = new Workspace();
    workspace.setDiskText('/parent.yaml', parent);
    workspace.setDiskText('/child.yaml', child);
    const checked = workspace.check('/child.yaml');
    expect(checked.kind === 'template' && checked.vpcs.map(({ verdict }) => verdict)).toEqual(['unknown']);
  });

  test('nested loops over one list go over every pair, not only those of one item twice', () => {
    const pairs = `
  Fn::ForEach::Pairs:
    - One
    - ${ofEnvs}
    - Fn::ForEach::Others:
        - Two
        - ${ofEnvs}
        - Vpc\${One}\${Two}: { Type: AWS::EC2::VPC }`;
    const diagonal = flowLogLoop(ofEnvs, 'Vpc${Name}${Name}');
    const said = checkInBothFormats(template(envs(), pairs, diagonal));
    expect(Object.values(said.verdicts)).toEqual(['unknown']);
  });

  const conditional = `
Conditions:
  Fn::ForEach::IsProd:
    - Stage
    - ${ofEnvs}
    - IsProd\${Stage}: { 'Fn::Equals': [{ Ref: Stage }, prod] }
Resources:`;

  test('a condition on the item is told in terms of the item', () => {
    const flowLogs = flowLogLoop(ofEnvs).replace(
      'Type: AWS',
      () => 'Condition: IsProd${Name}\n        Type: AWS',
    );
    const said = checkInBothFormats(
      template('  Envs: { Type: CommaDelimitedList }', conditional.trim(), vpcLoop(ofEnvs), flowLogs),
    );
    expect(said.findings).toEqual([
      expect.stringContaining("has no flow log when Stage is not 'prod'; it stands for all"),
    ]);
  });

  test('an item in a plain text is the item', () => {
    const plain = conditional.replace('{ Ref: Stage }', () => "'${Stage}'");
    const flowLogs = flowLogLoop(ofEnvs).replace(
      'Type: AWS',
      () => 'Condition: IsProd${Name}\n        Type: AWS',
    );
    const said = checkInBothFormats(
      template('  Envs: { Type: CommaDelimitedList }', plain.trim(), vpcLoop(ofEnvs), flowLogs),
    );
    expect(Object.values(said.verdicts)).toEqual(['conditional']);
  });

  test('the values that the list allows are all that the item can be', () => {
    const flowLogs = flowLogLoop(ofEnvs).replace(
      'Type: AWS',
      () => 'Condition: IsProd${Name}\n        Type: AWS',
    );
    const parameter = '  Envs: { Type: CommaDelimitedList, AllowedValues: [prod] }';
    const said = checkInBothFormats(template(parameter, conditional.trim(), vpcLoop(ofEnvs), flowLogs));
    expect(Object.values(said.verdicts)).toEqual(['covered']);
  });

  test('a mapping that is looked up with the item', () => {
    const traffic = "{ 'Fn::FindInMap': [Traffic, { Ref: Name }, Type] }";
    const said = (types: string): readonly string[] =>
      Object.values(
        checkInBothFormats(`
${transform}
Parameters:
  Envs: { Type: CommaDelimitedList }
Mappings: { Traffic: { dev: { Type: ${types} }, prod: { Type: ALL } } }
Resources:${vpcLoop(ofEnvs)}${flowLogLoop(ofEnvs, 'Vpc${Name}', traffic)}`).verdicts,
      );
    expect(said('REJECT')).toEqual(['covered']);
    expect(said('ACCEPT')).toEqual(['conditional']);
  });
});

describe('what is no template, half-typed or hostile', () => {
  test('a template of loops alone is one', () => {
    expect(checkText(`Resources:${vpcLoop('[Dev]')}`).kind).toBe('template');
  });

  test.each(['', '[]', '[Env]', '[Env, [Dev]]', '[Env, [Dev], ]', 'text', '{ a: b }', '[Env, [Dev], text]'])(
    'Fn::ForEach::Vpcs: %s makes nothing',
    (loop) => {
      const text = `${transform}\nResources:\n  Fn::ForEach::Vpcs: ${loop}\n  Vpc: { Type: AWS::EC2::VPC }`;
      expect(check(text).verdicts).toEqual({ Vpc: 'missing' });
    },
  );

  test('a loop without its collection still shows what it would make', () => {
    const text = `${transform}\nResources:\n  Fn::ForEach::Vpcs: [Env, , { 'Vpc\${Env}': { Type: AWS::EC2::VPC } }]`;
    const checked = checkText(text.replace(', ,', ', ~,'));
    expect(checked.kind === 'template' && checked.vpcs.map(({ verdict }) => verdict)).toEqual(['missing']);
  });

  test('a loop of more items than a stack can have is looked at once', () => {
    const items = Array.from({ length: 3000 }, (_, index) => `N${index}`).join(',');
    const covered = checkInBothFormats(template(envs(items), vpcLoop(ofEnvs), flowLogLoop(ofEnvs)));
    expect(covered.verdicts).toEqual({ 'Vpc${Env}': 'covered' });
    const bare = checkInBothFormats(template(noParameters, vpcLoop(`[${items}]`)));
    expect(bare.findings).toEqual([
      'vpc-no-flow-log warning on Vpc${Env}: Vpc${Env} has no flow log; it stands for all that its loop makes, as it goes over more items than a stack has resources',
    ]);
  });

  test('loops in loops in loops end', () => {
    const items = Array.from({ length: 40 }, (_, index) => `N${index}`).join(', ');
    let body = `Vpc\${I0}: { Type: AWS::EC2::VPC }`;
    for (let depth = 0; depth < 8; depth += 1) {
      body = `'Fn::ForEach::L${depth}': [I${depth}, [${items}], { ${body} }]`;
    }
    const checked = checkText(`${transform}\nResources: { ${body} }`);
    expect(checked.kind === 'template' && checked.vpcs.length).toBeLessThanOrEqual(1000);
  });

  test('aliases that repeat loops end', () => {
    const levels = Array.from({ length: 4 }, (_, level) => {
      const below = level === 0 ? `{ 'Vpc\${I}': { Type: AWS::EC2::VPC } }` : `*l${level - 1}`;
      const loops = Array.from(
        { length: 9 },
        (__, index) => `'Fn::ForEach::L${index}': [I, [A, B], ${below}]`,
      );
      return `  l${level}: &l${level} { ${loops.join(', ')} }`;
    });
    const text = ['Metadata:', ...levels, transform, 'Resources: *l3'].join('\n');
    expect(checkText(text).kind).toBe('template');
  });
});
