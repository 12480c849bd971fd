import { describe, expect, test } from 'vitest';
import { doubtsIn } from '../../server/src/coverage/doubts.ts';
import { insertIncludes, localIncludes } from '../../server/src/template/includes.ts';
import { readDocuments } from '../../server/src/template/read.ts';
import { rootScope } from '../../server/src/template/scope.ts';
import { readTemplate } from '../../server/src/template/template.ts';
import type { SyntaxNode } from '../../server/src/template/syntax.ts';
import { asJson } from './as-json.ts';
import { check, checkInBothFormats, type Said } from './in-both-formats.ts';

const vpc = '  Vpc: { Type: AWS::EC2::VPC }\n';

/** A flow log that would cover Vpc, but for the properties that are given. */
function flowLog(properties: string, body = ''): string {
  return `  FlowLog: { Type: AWS::EC2::FlowLog, ${body} Properties: { ${properties} } }\n`;
}

const onVpc = 'ResourceType: VPC, TrafficType: ALL, ResourceId: { Ref: Vpc }';

function verdictOf(text: string): string | undefined {
  return checkInBothFormats(text).verdicts['Vpc'];
}

function unknownBecause(why: string): Said['reasons'] {
  return { Vpc: `Whether Vpc has a flow log cannot be told: ${why}` };
}

describe('macros that see all resources', () => {
  test.each([
    ['in the Transform section', 'Transform: AddLogs\nResources:\n'],
    ['in a list', 'Transform: [AWS::Serverless-2016-10-31, AddLogs]\nResources:\n'],
    ['with parameters', 'Transform: [{ Name: AddLogs, Parameters: { Level: all } }]\nResources:\n'],
    ['beside the sections', 'Fn::Transform: { Name: AddLogs }\nResources:\n'],
    ['among the resources', 'Resources:\n  Fn::Transform: { Name: AddLogs }\n'],
    [
      'among the resources of a loop',
      'Resources:\n  Fn::ForEach::Loop: [I, [A], { Fn::Transform: { Name: AddLogs } }]\n',
    ],
  ])('%s: may add a flow log', (_, head) => {
    const said = checkInBothFormats(head + vpc);
    expect(said.verdicts).toEqual({ Vpc: 'unknown' });
    expect(said.reasons).toEqual(unknownBecause('the macro AddLogs may add one'));
    expect(said.findings).toEqual([`vpc-flow-log-unknown information on Vpc: ${said.reasons['Vpc']}`]);
  });

  test('one among the resources is no resource', () => {
    const [document] = readDocuments(`Resources:\n  Fn::Transform: { Name: AddLogs }\n${vpc}`);
    expect([...(readTemplate(document!)?.resources.keys() ?? [])]).toEqual(['Vpc']);
  });

  test.each([
    'AWS::Serverless-2016-10-31',
    'AWS::LanguageExtensions',
    'AWS::CodeDeployBlueGreen',
    'AWS::SecretsManager-2020-07-23',
    'AWS::SecretsManager-2024-09-16',
    'AWS::Include',
  ])('%s is AWS’s own and adds none', (name) => {
    expect(verdictOf(`Transform: [${name}]\nResources:\n${vpc}`)).toBe('missing');
  });

  test.each([
    [
      'in another resource',
      '  Topic: { Type: AWS::SNS::Topic, Properties: { Fn::Transform: { Name: AddLogs } } }\n',
    ],
    ['in the VPC', '  Vpc: { Type: AWS::EC2::VPC, Properties: { Fn::Transform: { Name: AddLogs } } }\n'],
    ['beside its properties', '  Vpc: { Type: AWS::EC2::VPC, Fn::Transform: { Name: AddLogs } }\n'],
  ])('one %s sees that resource alone', (_, resource) => {
    expect(verdictOf(`Resources:\n${resource.includes('Vpc:') ? '' : vpc}${resource}`)).toBe('missing');
  });

  test('a VPC that has its flow log is covered all the same', () => {
    expect(verdictOf(`Transform: AddLogs\nResources:\n${vpc}${flowLog(onVpc)}`)).toBe('covered');
  });

  test('one that has a wrong flow log, or only sometimes one, keeps its finding', () => {
    const accepting = flowLog(onVpc.replace('ALL', 'ACCEPT'));
    expect(verdictOf(`Transform: AddLogs\nResources:\n${vpc}${accepting}`)).toBe('wrong-traffic');
    const conditional = `Transform: AddLogs
Parameters: { Stage: { Type: String } }
Conditions: { IsProd: { 'Fn::Equals': [{ Ref: Stage }, prod] } }
Resources:\n${vpc}${flowLog(onVpc, 'Condition: IsProd,')}`;
    expect(verdictOf(conditional)).toBe('conditional');
  });
});

describe('a macro in the flow log itself', () => {
  test.each([
    [
      'in place of its ResourceId',
      'ResourceType: VPC, TrafficType: ALL, ResourceId: { Fn::Transform: { Name: M } }',
    ],
    ['beside its properties', 'ResourceType: VPC, TrafficType: ALL, Fn::Transform: { Name: M }'],
    ['in place of all properties', 'Fn::Transform: { Name: M }'],
    [
      'that may add the TrafficType',
      'ResourceType: VPC, ResourceId: { Ref: Vpc }, Fn::Transform: { Name: M }',
    ],
  ])('%s', (_, properties) => {
    const said = checkInBothFormats(`Resources:\n${vpc}${flowLog(properties)}`);
    expect(said.verdicts).toEqual({ Vpc: 'unknown' });
    expect(said.reasons['Vpc']).toContain('Fn::Transform');
  });

  test('beside the properties of the resource', () => {
    const log = flowLog('ResourceType: VPC, TrafficType: ALL', 'Fn::Transform: { Name: M },');
    expect(verdictOf(`Resources:\n${vpc}${log}`)).toBe('unknown');
  });

  test('of no account where all is written', () => {
    expect(verdictOf(`Resources:\n${vpc}${flowLog(`${onVpc}, Fn::Transform: { Name: M }`)}`)).toBe('covered');
  });
});

describe('AWS::Include', () => {
  const include = (location: string): string =>
    `{ Name: AWS::Include, Parameters: { Location: ${location} } }`;

  test.each([
    ['s3://bucket/net.yaml', 's3://bucket/net.yaml'],
    ["{ 'Fn::Sub': 's3://${AWS::Region}/net.yaml' }", 'what AWS::Include inserts'],
  ])('of %s among the resources may add a flow log', (location, named) => {
    const said = checkInBothFormats(`Resources:\n  Fn::Transform: ${include(location)}\n${vpc}`);
    expect(said.reasons).toEqual(unknownBecause(`${named} may have one, which AWS::Include inserts`));
  });

  test('in the Transform section may, too', () => {
    expect(verdictOf(`Transform: ${include('s3://b/net.yaml')}\nResources:\n${vpc}`)).toBe('unknown');
  });

  test('inside another resource may not', () => {
    const api = `  Api: { Type: AWS::Serverless::Api, Properties: { DefinitionBody: { Fn::Transform: ${include('s3://b/api.yaml')} } } }\n`;
    expect(verdictOf(`Transform: AWS::Serverless-2016-10-31\nResources:\n${vpc}${api}`)).toBe('missing');
  });

  const rootOf = (text: string): SyntaxNode => readDocuments(text)[0]!.root!;

  test('local files are listed wherever they are included', () => {
    const text = `
Transform: [${include('top.yaml')}, AWS::LanguageExtensions]
Mappings: { Fn::Transform: ${include('s3://b/maps.yaml')} }
Resources:
  Fn::Transform: ${include('./net/logs.yaml')}
  Api: { Type: AWS::Serverless::Api, Properties: { DefinitionBody: { Fn::Transform: ${include('api.yaml')} } } }
  Other: { Type: AWS::SNS::Topic, Properties: { Fn::Transform: { Name: AddLogs, Parameters: { Location: x } } } }
`;
    const found = localIncludes(rootOf(text));
    expect(found.map(({ location }) => location)).toEqual(['top.yaml', './net/logs.yaml', 'api.yaml']);
    expect(found.map(({ span }) => text.slice(span.start, span.end))).toEqual([
      'top.yaml',
      './net/logs.yaml',
      'api.yaml',
    ]);
  });

  test.each([
    [
      'among the resources',
      `Resources:\n  Fn::Transform: ${include('net.yaml')}\n${vpc}`,
      `FlowLog: { Type: AWS::EC2::FlowLog, Properties: { ${onVpc} } }`,
    ],
    [
      'at the top, into a section that is there',
      `Transform: ${include('net.yaml')}\nResources:\n${vpc}`,
      `Resources: { FlowLog: { Type: AWS::EC2::FlowLog, Properties: { ${onVpc} } } }`,
    ],
    [
      'at the top, beside another transform',
      `Transform: [AWS::LanguageExtensions, ${include('net.yaml')}]\nResources:\n${vpc}`,
      `Resources: { FlowLog: { Type: AWS::EC2::FlowLog, Properties: { ${onVpc} } } }`,
    ],
    [
      'in the properties',
      `Resources:\n${vpc}${flowLog(`Fn::Transform: ${include('net.yaml')}`)}`,
      onVpc.replaceAll(', ', '\n'),
    ],
  ])('a file is inserted %s', (_, text, file) => {
    const read = (): SyntaxNode => rootOf(file);
    expect(check(asJson(insertIncludes(rootOf(text), read))).verdicts).toEqual({ Vpc: 'covered' });
    expect(check(asJson(insertIncludes(rootOf(text), () => undefined))).verdicts).not.toEqual({
      Vpc: 'covered',
    });
  });

  test('what comes from a file stands where it is included', () => {
    const text = `Resources:\n  Fn::Transform: ${include('net.yaml')}\n`;
    const inserted = insertIncludes(rootOf(text), () =>
      rootOf('# far\n# away\nVpc: { Type: AWS::EC2::VPC }'),
    );
    const resources = inserted.kind === 'mapping' ? inserted.entries[0]?.value : undefined;
    const [found] = resources?.kind === 'mapping' ? resources.entries : [];
    expect(found?.name).toBe('Vpc');
    expect(text.slice(found?.keySpan.start, found?.keySpan.end)).toBe('Fn::Transform');
  });

  test('a tree without includes is the same tree', () => {
    const root = rootOf(`Resources:\n${vpc}`);
    expect(insertIncludes(root, () => root)).toBe(root);
  });
});

describe('modules', () => {
  const module = (properties: string, more = ''): string =>
    `  Logging: { Type: Acme::Vpc::Logs::MODULE, ${more} Properties: { ${properties} } }\n`;

  test.each([
    ['by Ref', 'Id: { Ref: Vpc }'],
    ['by GetAtt', 'Id: { Fn::GetAtt: [Vpc, VpcId] }'],
    ['by Sub', "Id: { Fn::Sub: '${Vpc}' }"],
    ['in a longer text', "Id: { Fn::Sub: 'a,${Vpc}' }"],
    ['in a list', 'Ids: [x, { Ref: Vpc }]'],
    ['deep inside', 'Options: { Targets: [{ Fn::If: [A, { Ref: Vpc }, { Ref: AWS::NoValue }] }] }'],
    ['joined', "Ids: { Fn::Join: [',', [{ Ref: Vpc }, b]] }"],
  ])('one that is given the VPC %s may log it', (_, properties) => {
    const said = checkInBothFormats(`Resources:\n${vpc}${module(properties)}`);
    expect(said.reasons).toEqual(
      unknownBecause('the module Logging (Acme::Vpc::Logs::MODULE) is given it and may add one'),
    );
  });

  test.each([
    ['nothing', ''],
    ['another VPC', 'Id: { Ref: Other }'],
    ['the range of the VPC', 'Range: { Fn::GetAtt: [Vpc, CidrBlock] }'],
    ['its name', 'Id: Vpc'],
  ])('one that is given %s may not', (_, properties) => {
    const said = checkInBothFormats(
      `Resources:\n${vpc}  Other: { Type: AWS::EC2::VPC }\n${module(properties)}`,
    );
    expect(said.verdicts['Vpc']).toBe('missing');
  });

  test('one that is not always there leaves the VPC bare where it is not', () => {
    const said = checkInBothFormats(`
Parameters: { Stage: { Type: String, Default: dev } }
Conditions: { IsProd: { 'Fn::Equals': [{ Ref: Stage }, prod] } }
Resources:\n${vpc}${module('Id: { Ref: Vpc }', 'Condition: IsProd,')}`);
    expect(said.reasons['Vpc']).toBe(
      "Vpc has no flow log that counts for certain when Stage is 'dev' (the default)",
    );
  });
});

describe('names that something else may declare', () => {
  const log = (name: string): string =>
    flowLog(`ResourceType: VPC, TrafficType: ALL, ResourceId: { Ref: ${name} }`);
  const codes = (text: string): string[] =>
    checkInBothFormats(text).findings.map((finding) => finding.split(' ')[0]!);
  const module = '  Net: { Type: Acme::Vpc::Net::MODULE, Properties: {} }\n';
  const sam = 'Transform: AWS::Serverless-2016-10-31\n';
  const api = '  Api: { Type: AWS::Serverless::Api, Properties: { StageName: a } }\n';

  test.each([
    ['of a module', `Resources:\n${vpc}${module}${log('NetVpc')}`],
    ['of a module, with a dot', `Resources:\n${vpc}${module}${log('Net.Vpc')}`],
    ['of a SAM resource', `${sam}Resources:\n${vpc}${api}${log('ApiDeployment0123')}`],
    ['of SAM itself', `${sam}Resources:\n${vpc}${log('ServerlessRestApi')}`],
  ])('%s are no mistake, and not this VPC', (_, text) => {
    expect(codes(text)).not.toContain('flow-log-target-invalid');
    expect(verdictOf(text)).toBe('missing');
  });

  test('an attribute of what is in a module', () => {
    const text = `Resources:\n${vpc}${module}${flowLog("ResourceType: VPC, TrafficType: ALL, ResourceId: { 'Fn::GetAtt': 'Net.Vpc.VpcId' }")}`;
    expect(codes(text)).not.toContain('flow-log-target-invalid');
    expect(verdictOf(text)).toBe('missing');
  });

  test('any, where a macro sees the template', () => {
    const text = `Transform: AddLogs\nResources:\n${vpc}${log('Anything')}`;
    expect(codes(text)).not.toContain('flow-log-target-invalid');
    expect(verdictOf(text)).toBe('unknown');
  });

  test.each([
    ['that do not begin with the module’s', `Resources:\n${vpc}${module}${log('VpcNet')}`],
    ['that do not begin with the SAM resource’s', `${sam}Resources:\n${vpc}${api}${log('MyApi')}`],
    ['like SAM’s in a template without SAM', `Resources:\n${vpc}${log('ServerlessRestApi')}`],
    [
      'where a macro sees one resource',
      `Resources:\n  Vpc: { Type: AWS::EC2::VPC, Fn::Transform: { Name: M } }\n${log('Any')}`,
    ],
  ])('names %s are mistakes', (_, text) => {
    expect(codes(text)).toContain('flow-log-target-invalid');
  });
});

describe('telemetry rules', () => {
  const rule = (properties: string, type = 'AWS::ObservabilityAdmin::TelemetryRule', more = ''): string =>
    `  Telemetry: { Type: '${type}', ${more} Properties: { RuleName: r, Rule: { ${properties} } } }\n`;
  const ofVpcs = 'ResourceType: AWS::EC2::VPC, TelemetryType: Logs';

  test.each(['AWS::ObservabilityAdmin::TelemetryRule', 'AWS::ObservabilityAdmin::OrganizationTelemetryRule'])(
    '%s on VPCs may turn on flow logs',
    (type) => {
      const said = checkInBothFormats(`Resources:\n${vpc}${rule(ofVpcs, type)}`);
      expect(said.reasons).toEqual(unknownBecause('the telemetry rule Telemetry may turn one on'));
    },
  );

  const records = (traffic: string): string =>
    `${ofVpcs}, DestinationConfiguration: { VPCFlowLogParameters: { TrafficType: ${traffic} } }`;

  test.each([
    ['of another type', rule('ResourceType: AWS::EKS::Cluster, TelemetryType: Logs')],
    ['of no type', rule('TelemetryType: Logs')],
    ['for traces', rule('ResourceType: AWS::EC2::VPC, TelemetryType: Traces')],
    ['that record accepted traffic only', rule(records('ACCEPT'))],
    ['still to be typed', '  Telemetry: { Type: AWS::ObservabilityAdmin::TelemetryRule }\n'],
  ])('those %s do not', (_, resource) => {
    expect(verdictOf(`Resources:\n${vpc}${resource}`)).toBe('missing');
  });

  test.each(['REJECT', 'ALL', '{ Ref: Traffic }', "'{{resolve:ssm:traffic}}'"])(
    'those that record %s traffic may',
    (traffic) => {
      const parameters = 'Parameters: { Traffic: { Type: String, AllowedValues: [ALL, REJECT] } }\n';
      expect(verdictOf(`${parameters}Resources:\n${vpc}${rule(records(traffic))}`)).toBe('unknown');
    },
  );

  test('one that is not always there leaves the VPC bare where it is not', () => {
    const said = checkInBothFormats(`
Parameters: { Stage: { Type: String, Default: prod } }
Conditions: { IsProd: { 'Fn::Equals': [{ Ref: Stage }, prod] } }
Resources:\n${vpc}${rule(ofVpcs, undefined, 'Condition: IsProd,')}`);
    expect(said.findings).toEqual([
      "vpc-flow-log-conditional information on Vpc: Vpc has no flow log that counts for certain when Stage is not 'prod'",
    ]);
  });

  test('where any traffic counts, so may those that record accepted traffic only', () => {
    const [document] = readDocuments(`Resources:\n${vpc}${rule(records('ACCEPT'))}`);
    const scope = rootScope(readTemplate(document!)!);
    expect(doubtsIn(scope, 'config-rule').map(({ why }) => why)).toEqual([
      'the telemetry rule Telemetry may turn one on',
    ]);
    expect(doubtsIn(scope, 'ec2.6')).toEqual([]);
  });

  test('Security Lake’s flow logs are not the account’s own', () => {
    const lake =
      '  Lake: { Type: AWS::SecurityLake::AwsLogSource, Properties: { SourceName: VPC_FLOW, SourceVersion: "2.0" } }\n';
    expect(verdictOf(`Resources:\n${vpc}${lake}`)).toBe('missing');
  });
});

describe('dynamic references', () => {
  test.each([
    "'{{resolve:ssm:/net/vpc}}'",
    "{ Fn::Sub: '{{resolve:ssm:/${AWS::StackName}/vpc}}' }",
    "{ Fn::Join: ['', ['{{resolve:', 'ssm:/net/vpc}}']] }",
  ])('%s as ResourceId may be the VPC', (resourceId) => {
    const said = checkInBothFormats(
      `Resources:\n${vpc}${flowLog(`ResourceType: VPC, TrafficType: ALL, ResourceId: ${resourceId}`)}`,
    );
    expect(said.verdicts).toEqual({ Vpc: 'unknown' });
  });

  test('as the id of a subnet’s flow log they say nothing of the VPC', () => {
    const log = flowLog("ResourceType: Subnet, TrafficType: ALL, ResourceId: '{{resolve:ssm:/net/subnet}}'");
    expect(verdictOf(`Resources:\n${vpc}${log}`)).toBe('missing');
  });

  test('as TrafficType they may record what counts', () => {
    const log = flowLog(onVpc.replace('ALL', "'{{resolve:ssm:traffic}}'"));
    expect(verdictOf(`Resources:\n${vpc}${log}`)).toBe('unknown');
  });
});
