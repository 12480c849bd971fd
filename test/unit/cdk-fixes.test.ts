import { describe, expect, test } from 'vitest';
import type { FlowLogOptions } from '../../server/src/fixes/options.ts';
import { applyEdits } from '../../server/src/fixes/writer/edits.ts';
import type { SourceLanguage } from '../../server/src/cdk-fixes/languages.ts';
import {
  fixAllInSource,
  sourceFixes,
  type SourceFixRequest,
} from '../../server/src/cdk-fixes/source-fixes.ts';

/** The fixes of a text at the place that `▸` marks. */
function fixesAt(
  marked: string,
  language: SourceLanguage = 'typescript',
  request: Partial<SourceFixRequest> = {},
): ReturnType<typeof sourceFixes> {
  const offset = marked.indexOf('▸');
  const text = marked.replace('▸', '');
  return sourceFixes({
    language,
    text,
    offset,
    construct: 'Vpc',
    code: 'vpc-no-flow-log',
    options: {},
    ...request,
  });
}

function idsAt(...given: Parameters<typeof fixesAt>): string[] {
  return fixesAt(...given).map(({ id }) => id);
}

/** The text after the first fix, or why there is none. */
function fixedAt(
  marked: string,
  language: SourceLanguage = 'typescript',
  request: Partial<SourceFixRequest> = {},
): string {
  const edit = fixesAt(marked, language, request)[0]?.edits();
  if (edit === undefined) return 'no fix';
  return edit.kind === 'refused' ? edit.why : applyEdits(marked.replace('▸', ''), edit.edits);
}

const ec2 = "import * as ec2 from 'aws-cdk-lib/aws-ec2';\n";

describe('a place that does not make the construct has no fix', () => {
  test.each([
    ['another class', `${ec2}▸new ec2.Instance(this, 'Vpc');`],
    ['another construct', `${ec2}▸new ec2.CfnVPC(this, 'Vpc', {});`],
    ['a class of the same name', "import { Vpc } from './network';\n▸new Vpc(this, 'Vpc');"],
    ['a member of something else', `${ec2}▸new ec2.other.Vpc(this, 'Vpc');`],
    ['a type alone', "import type * as ec2 from 'aws-cdk-lib/aws-ec2';\n▸new ec2.Vpc(this, 'Vpc');"],
    ['a comment', `${ec2}// ▸new ec2.Vpc(this, 'Vpc');`],
    ['a string', `${ec2}const a = "▸new ec2.Vpc(this, 'Vpc')";`],
    ['something inside the call', `${ec2}new ec2.Vpc(this, 'Vpc', { maxAzs: ▸2 });`],
    ['a call inside the call', `${ec2}new ec2.Vpc(this, 'Vpc', { a: ▸new Other() });`],
    ['a call around the call', `${ec2}▸new Other(new ec2.Vpc(this, 'Vpc'));`],
    ['a class above that is another', `${ec2}class A extends B { constructor() { ▸super(this, 'Vpc'); } }`],
    ['no arguments', `${ec2}▸new ec2.Vpc();`],
    ['no call', `${ec2}▸new ec2.Vpc`],
    ['too many arguments', `${ec2}▸new ec2.Vpc(this, 'Vpc', {}, 1);`],
    ['arguments out of an array', `${ec2}▸new ec2.Vpc(...all);`],
    ['nothing', '▸'],
  ])('%s', (_, marked) => {
    expect(idsAt(marked)).toEqual([]);
  });

  test('the end of a file', () => {
    expect(idsAt(`${ec2}▸`)).toEqual([]);
    expect(fixesAt(ec2, 'typescript', { offset: 10_000 })).toEqual([]);
  });

  test('has the flow log since the synthesis', () => {
    const call = "vpc.addFlowLog('x');";
    expect(idsAt(`${ec2}const vpc = ▸new ec2.Vpc(this, 'Vpc');\n${call}`)).toEqual([]);
    expect(idsAt(`${ec2}▸new ec2.Vpc(this, 'Vpc', { flowLogs: { x: {} } });`)).toEqual([]);
    // That is another VPC.
    const other = `${ec2}function f() { const vpc = ▸new ec2.Vpc(this, 'Vpc'); }\nfunction g(vpc) { ${call} }`;
    expect(idsAt(other)).not.toEqual([]);
  });

  test('has one that is put behind it, or records more since the synthesis', () => {
    expect(idsAt(`${ec2}▸new ec2.Vpc(this, 'Vpc', props).addFlowLog('x');`)).toEqual([]);
    const accept = { code: 'vpc-flow-log-accept-only' } as const;
    const flowLog = (type: string): string => `{ x: { trafficType: ec2.FlowLogTrafficType.${type} } }`;
    const vpc = (type: string): string => `${ec2}▸new ec2.Vpc(this, 'Vpc', { flowLogs: ${flowLog(type)} });`;
    expect(idsAt(vpc('ALL'), 'typescript', accept)).toEqual([]);
    expect(idsAt(vpc('ACCEPT'), 'typescript', accept)).toEqual([
      'set-traffic-type-all:x',
      'add-flow-log-cloud-watch-logs:new-log-group',
      'add-flow-log-s3:new-bucket',
    ]);
  });

  test('another finding', () => {
    const marked = `${ec2}▸new ec2.Vpc(this, 'Vpc');`;
    expect(idsAt(marked, 'typescript', { code: 'log-group-no-retention' })).toEqual([]);
    expect(idsAt(marked, 'typescript', { code: 'vpc-flow-log-unknown' })).toEqual([]);
  });
});

describe('which fixes there are', () => {
  const marked = `${ec2}▸new ec2.Vpc(this, 'Vpc');`;
  const full: FlowLogOptions = {
    s3: { bucketArn: 'arn:aws:s3:::central' },
    firehose: { deliveryStreamArn: 'arn:aws:firehose:eu-west-1:111122223333:deliverystream/logs' },
  };

  test('CloudWatch Logs comes first, the first is preferred', () => {
    expect(fixesAt(marked).map(({ title, isPreferred }) => [title, isPreferred])).toEqual([
      ['Add flow log to CloudWatch Logs', true],
      ['Add flow log to S3: new bucket', false],
    ]);
  });

  test('what the options know is offered, their destination first', () => {
    const options = { ...full, destination: 'kinesis-data-firehose' } as const;
    expect(fixesAt(marked, 'typescript', { options }).map(({ title }) => title)).toEqual([
      'Add flow log to Firehose: stream logs',
      'Add flow log to CloudWatch Logs',
      'Add flow log to S3: bucket central',
      'Add flow log to S3: new bucket',
    ]);
  });

  test('beside a flow log that is there sometimes, none to a place that it may have', () => {
    expect(idsAt(marked, 'typescript', { options: full, code: 'vpc-flow-log-conditional' })).toEqual([
      'add-flow-log-cloud-watch-logs:new-log-group',
      'add-flow-log-s3:new-bucket',
    ]);
  });
});

describe('half-typed code', () => {
  test.each([
    'const a =',
    'foo(',
    'if (a) {',
    'x => ',
    '{',
    ')',
    'return [',
    '"unclosed',
    'const { a',
    'import { B } from ',
  ])('before or behind the call does not matter: %s', (line) => {
    const call = "▸new ec2.Vpc(this, 'Vpc');";
    expect(fixedAt(`${ec2}${line}\n${call}\n`)).toContain('flowLogs: {');
    expect(fixedAt(`${ec2}${call}\n${line}\n`)).toContain('flowLogs: {');
  });

  test('in the call is refused', () => {
    const complaint = 'The call is not complete; correct it first.';
    expect(fixedAt(`${ec2}▸new ec2.Vpc(this, 'Vpc', { maxAzs: });`)).toBe(complaint);
    expect(fixedAt(`${ec2}▸new ec2.Vpc(this, 'Vpc', {`)).toMatch(/no fix|not complete/);
    expect(fixedAt('from aws_cdk import aws_ec2 as ec2\n▸ec2.Vpc(self, "Vpc", max_azs=)\n', 'python')).toBe(
      complaint,
    );
  });
});

describe('names', () => {
  test('that are taken get a number', () => {
    const text = `${ec2}const logs = 1;\nuse('VpcFlowLogGroup');\n▸new ec2.Vpc(this, 'Vpc');`;
    const fixed = fixedAt(text);
    expect(fixed).toContain("import * as awsLogs from 'aws-cdk-lib/aws-logs';");
    expect(fixed).toContain("new awsLogs.LogGroup(this, 'VpcFlowLogGroup2', {");
  });

  test('that stand for something else are imported under another', () => {
    const imports = "import { Vpc } from 'aws-cdk-lib/aws-ec2';\nimport { LogGroup } from './mine';\n";
    const fixed = fixedAt(`${imports}▸new Vpc(this, 'Vpc');`);
    expect(fixed).toContain("import { LogGroup as CdkLogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';");
    expect(fixed).toContain('new CdkLogGroup(this');
  });

  test('a scope or id that is made in place is not made twice', () => {
    expect(fixedAt(`${ec2}▸new ec2.Vpc(new Stack(app, 'S'), 'Vpc');`)).toBe(
      'The scope of the VPC is made in place; put it into a variable first.',
    );
    expect(fixedAt(`${ec2}▸new ec2.Vpc(this, names.next());`)).toBe(
      'The id of the VPC is computed in place; put it into a variable first.',
    );
    expect(fixedAt(`${ec2}const vpc = ▸new ec2.Vpc(this, names.next(), props);`)).toContain(
      "new logs.LogGroup(vpc, 'FlowLogGroup'",
    );
  });

  test.each([
    ['a concatenation', "id + 'Vpc'", '`${id}VpcFlowLogGroup`'],
    ['a template', '`${stage.name}-vpc`', '`${stage.name}-vpc-flow-log-group`'],
    ['a text with the other quote', '"it\'s"', '"it\'sFlowLogGroup"'],
  ])('the id of %s is built on', (_, id, expected) => {
    const fixed = fixedAt(`${ec2}▸new ec2.Vpc(this, ${id});`);
    expect(fixed.replaceAll(String.raw`'it\'s`, '"it\'s').replaceAll("Group'", 'Group"')).toContain(expected);
  });
});

test('Python: a frame that names the line alone means the only VPC of the line', () => {
  const imports = 'from aws_cdk import aws_ec2 as ec2\n';
  expect(idsAt(`${imports}def f(self):\n▸    self.vpc = ec2.Vpc(self, "Vpc")\n`, 'python')).not.toEqual([]);
  expect(idsAt(`${imports}▸a, b = ec2.Vpc(self, "A"), ec2.Vpc(self, "B")\n`, 'python')).toEqual([]);
});

test('all findings of a file are fixed at once, with one import and names apart', () => {
  const text = `${ec2}new ec2.CfnVPC(this, 'A', {});\nnew ec2.CfnVPC(this, 'B', {});\nnew ec2.Vpc(this, nextId());\n`;
  const places = ["new ec2.CfnVPC(this, 'A'", "new ec2.CfnVPC(this, 'B'", 'new ec2.Vpc('].map((needle) => ({
    code: 'vpc-no-flow-log' as const,
    construct: needle.includes('Cfn') ? ('CfnVPC' as const) : ('Vpc' as const),
    offset: text.indexOf(needle),
  }));
  const request = { language: 'typescript', text, options: {} } as const;
  const fixed = applyEdits(text, fixAllInSource(request, places));
  expect(fixed.match(/^import .*/gm)).toEqual([
    "import * as ec2 from 'aws-cdk-lib/aws-ec2';",
    "import * as logs from 'aws-cdk-lib/aws-logs';",
    "import * as cdk from 'aws-cdk-lib';",
    "import * as iam from 'aws-cdk-lib/aws-iam';",
  ]);
  expect(fixed.match(/resourceId: \w+\.ref/g)).toEqual(['resourceId: vpc.ref', 'resourceId: vpc2.ref']);
  // Its id cannot be built on.
  expect(fixed).toContain('\nnew ec2.Vpc(this, nextId());\n');
});

describe('imports are written as those that are there', () => {
  test.each([
    ["import { aws_ec2 } from 'aws-cdk-lib';", "import { aws_ec2, aws_logs } from 'aws-cdk-lib';", 'aws_ec2'],
    [
      "import * as ec2 from 'aws-cdk-lib/aws-ec2/index.js';",
      "import * as ec2 from 'aws-cdk-lib/aws-ec2/index.js';\nimport * as logs from 'aws-cdk-lib/aws-logs/index.js';",
      'ec2',
    ],
    [
      "import {aws_ec2 as ec2} from 'aws-cdk-lib';",
      "import {aws_ec2 as ec2, aws_logs as logs} from 'aws-cdk-lib';",
      'ec2',
    ],
    [
      "import {\n  Stack,\n  aws_ec2 as ec2,\n} from 'aws-cdk-lib';",
      "import {\n  Stack,\n  aws_ec2 as ec2,\n  aws_logs as logs,\n} from 'aws-cdk-lib';",
      'ec2',
    ],
    [
      "import * as ec2 from 'aws-cdk-lib/aws-ec2';\nimport * as l from 'aws-cdk-lib/aws-logs';",
      "import * as ec2 from 'aws-cdk-lib/aws-ec2';\nimport * as l from 'aws-cdk-lib/aws-logs';",
      'ec2',
    ],
  ])('%s', (before, after, alias) => {
    expect(fixedAt(`${before}\n▸new ${alias}.Vpc(this, 'Vpc');\n`).slice(0, after.length + 1)).toBe(
      `${after}\n`,
    );
  });

  test.each([
    ['from aws_cdk import aws_ec2', 'from aws_cdk import aws_ec2, aws_logs', 'aws_ec2'],
    ['import aws_cdk.aws_ec2', 'import aws_cdk.aws_ec2', 'aws_cdk.aws_ec2'],
    [
      'from aws_cdk import Stack, \\\n    aws_ec2 as ec2  # networks',
      'from aws_cdk import Stack, \\\n    aws_ec2 as ec2, aws_logs as logs  # networks',
      'ec2',
    ],
    [
      'from aws_cdk import (Stack, aws_ec2 as ec2)',
      'from aws_cdk import (Stack, aws_ec2 as ec2, aws_logs as logs)',
      'ec2',
    ],
    [
      'from aws_cdk import aws_ec2 as ec2\nimport aws_cdk.aws_logs as l',
      'from aws_cdk import aws_ec2 as ec2\nimport aws_cdk.aws_logs as l',
      'ec2',
    ],
  ])('%s', (before, after, alias) => {
    const fixed = fixedAt(`${before}\n▸${alias}.Vpc(self, "Vpc")\n`, 'python');
    expect(fixed.slice(0, after.length + 1)).toBe(`${after}\n`);
  });
});
