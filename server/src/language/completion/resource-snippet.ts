import { t } from '@vscode/l10n';
import { destinationTypes } from '../../aws/flow-log-properties.ts';
import { paragraph } from '../prose.ts';
import type { Completion } from './completion.ts';
import type { CompletionContext } from './context.ts';

/** Whole flow logs, one for each kind of destination, where a resource can stand. */
export function flowLogSnippets(
  context: CompletionContext,
  { vpc, indent }: { readonly vpc: string | undefined; readonly indent: string },
): Completion[] {
  return destinationTypes.map((type): Completion => {
    const { value, name } = type;
    const label = t('FlowLog to {0}', name);
    const properties = [...common, ...(destinations[value] ?? []), interval];
    const newText =
      context.format === 'yaml'
        ? yamlResource(properties, vpc, indent)
        : jsonResource(properties, vpc, indent);
    const quote = context.format === 'json' ? '"' : '';
    return {
      label,
      kind: 'snippet',
      detail: 'AWS::EC2::FlowLog',
      documentation: [paragraph(t('A flow log that delivers to {0}.', t(type.meaning)))],
      span: context.span,
      newText,
      filterText: `${quote}${label}${quote}`,
    };
  });
}

/** A property and its value, the tab stop of which is numbered when it is written. */
type Property = readonly [name: string, value: Value];

type Value =
  | { readonly kind: 'vpc' }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'stop'; readonly text: string }
  | { readonly kind: 'choice'; readonly options: readonly string[]; readonly isNumber: boolean };

const common: readonly Property[] = [
  ['ResourceId', { kind: 'vpc' }],
  ['ResourceType', { kind: 'text', text: 'VPC' }],
  ['TrafficType', { kind: 'choice', options: ['ALL', 'REJECT'], isNumber: false }],
];

const interval: Property = [
  'MaxAggregationInterval',
  { kind: 'choice', options: ['600', '60'], isNumber: true },
];

const destinations: Readonly<Record<string, readonly Property[]>> = {
  'cloud-watch-logs': [
    ['LogDestinationType', { kind: 'text', text: 'cloud-watch-logs' }],
    ['LogGroupName', { kind: 'stop', text: '/vpc/flow-logs' }],
    ['DeliverLogsPermissionArn', { kind: 'stop', text: 'arn:aws:iam::111122223333:role/flow-logs' }],
  ],
  s3: [
    ['LogDestinationType', { kind: 'text', text: 's3' }],
    ['LogDestination', { kind: 'stop', text: 'arn:aws:s3:::amzn-s3-demo-bucket' }],
  ],
  'kinesis-data-firehose': [
    ['LogDestinationType', { kind: 'text', text: 'kinesis-data-firehose' }],
    [
      'LogDestination',
      { kind: 'stop', text: 'arn:aws:firehose:us-east-1:111122223333:deliverystream/flow-logs' },
    ],
  ],
};

function yamlResource(properties: readonly Property[], vpc = 'Vpc', indent = '  '): string {
  const lines = properties.map(([name, value], index) => {
    const stop = index + 2;
    return `${indent}${indent}${name}: ${value.kind === 'vpc' ? `!Ref \${${stop}:${vpc}}` : tabStop(value, stop)}`;
  });
  return ['${1:FlowLog}:', `${indent}Type: AWS::EC2::FlowLog`, `${indent}Properties:`, ...lines].join('\n');
}

function jsonResource(properties: readonly Property[], vpc = 'Vpc', indent = '  '): string {
  const lines = properties.map(([name, value], index) => {
    const stop = index + 2;
    const isNumber = value.kind === 'choice' && value.isNumber;
    const written =
      value.kind === 'vpc'
        ? `{ "Ref": "\${${stop}:${vpc}}" }`
        : isNumber
          ? tabStop(value, stop)
          : `"${tabStop(value, stop)}"`;
    return `${indent}${indent}"${name}": ${written}`;
  });
  return [
    '"${1:FlowLog}": {',
    `${indent}"Type": "AWS::EC2::FlowLog",`,
    `${indent}"Properties": {`,
    lines.join(',\n'),
    `${indent}}`,
    '}',
  ].join('\n');
}

function tabStop(value: Exclude<Value, { kind: 'vpc' }>, stop: number): string {
  switch (value.kind) {
    case 'text':
      return value.text;
    case 'stop':
      return `\${${stop}:${value.text}}`;
    case 'choice':
      return `\${${stop}|${value.options.join(',')}|}`;
  }
}
