import { t } from '@vscode/l10n';
import { valuesOf, type Configuration } from '../coverage/flow-log-findings/configuration.ts';
import { intrinsicCall } from '../template/intrinsics.ts';
import { child, entry, textOf, type SyntaxNode } from '../template/syntax.ts';
import type { Change } from './writer/changes.ts';
import { changesAt, type Offer } from './fix.ts';
import type { Destination } from './options.ts';
import { getAtt, ref, sub, type Value } from './writer/values.ts';
import { resourcePath, type Path } from './writer/written-template.ts';

const property = 'LogDestination';

const destinationOfType: ReadonlyMap<string, Destination> = new Map([
  ['AWS::Logs::LogGroup', 'cloud-watch-logs'],
  ['AWS::S3::Bucket', 's3'],
  ['AWS::KinesisFirehose::DeliveryStream', 'kinesis-data-firehose'],
]);

const destinationOfService: ReadonlyMap<string, Destination> = new Map([
  ['logs', 'cloud-watch-logs'],
  ['s3', 's3'],
  ['firehose', 'kinesis-data-firehose'],
]);

/** Mends a `LogDestination` that EC2 refuses, by what it is. */
export function destinationOffers(configuration: Configuration): readonly Offer[] {
  const { flowLog, properties } = configuration;
  const typeNode = child(properties, 'LogDestinationType');
  const type = typeNode === undefined ? 'cloud-watch-logs' : textOf(typeNode);
  const offer = (id: string, title: string, changes: (properties: Path) => readonly Change[]): Offer[] => [
    {
      id,
      title,
      plan: (written) =>
        changesAt(resourcePath(written, flowLog), (path) => changes([...path, 'Properties'])),
    },
  ];
  const hasGroupName = entry(properties, 'LogGroupName') !== undefined;
  if (hasGroupName && type === 'cloud-watch-logs') {
    return offer(`remove-property:${property}`, t('Remove {0}', property), (path) => [
      { kind: 'remove', at: [...path, property] },
    ]);
  }
  const setType = (wanted: Destination): Offer[] =>
    offer('set-property:LogDestinationType', t('Set LogDestinationType: {0}', wanted), (path) => [
      { kind: 'set', at: [...path, 'LogDestinationType'], value: wanted },
    ]);
  const setText = (text: string, isPattern: boolean): Offer[] =>
    offer(`set-property:${property}`, t('Set {0}: {1}', property, text), (path) => [
      { kind: 'set', at: [...path, property], value: isPattern ? ofPattern(text) : text },
    ]);
  /** A name stands where an ARN should. */
  const ofName = (name: string): Offer[] => {
    if (type === 'cloud-watch-logs') {
      return offer('use-log-group-name', t('Replace {0} by LogGroupName: {1}', property, name), (path) => [
        { kind: 'replace-entry', at: [...path, property], name: 'LogGroupName', value: name },
      ]);
    }
    if (type === 's3') return setText(`arn:\${AWS::Partition}:s3:::${name}`, true);
    const stream = `\${AWS::Region}:\${AWS::AccountId}:deliverystream/${name}`;
    return type === 'kinesis-data-firehose' ? setText(`arn:\${AWS::Partition}:firehose:${stream}`, true) : [];
  };
  const [found, ...others] = valuesOf(configuration, property);
  if (found === undefined || others.length > 0 || flowLog.loop !== undefined) return [];
  const { value } = found;
  const node = child(properties, property);
  const pattern = subText(node);
  const written = textOf(node) ?? pattern;
  if (written !== undefined && value.kind !== 'resource' && value.kind !== 'attribute') {
    const wanted = destinationOfService.get(serviceIn(written, configuration) ?? '');
    if (wanted !== undefined && wanted !== type) return setType(wanted);
    if (written.endsWith(':*')) return setText(written.slice(0, -2), pattern !== undefined);
    const prefix = written.indexOf('/AWSLogs');
    if (prefix > 0) return setText(written.slice(0, prefix), pattern !== undefined);
    return pattern === undefined && /^[\w./-]+$/.test(written) ? ofName(written) : [];
  }
  if (value.kind !== 'resource' && value.kind !== 'attribute') return [];
  const { logicalId, type: resourceType } = value.resource;
  const wanted = destinationOfType.get(resourceType);
  if (wanted === undefined) return [];
  if (wanted === 'cloud-watch-logs' && type === wanted) {
    return offer('use-log-group-name', t('Replace {0} by LogGroupName: {1}', property, logicalId), (path) => [
      { kind: 'replace-entry', at: [...path, property], name: 'LogGroupName', value: ref(logicalId) },
    ]);
  }
  if (value.kind === 'attribute') return wanted === type ? [] : setType(wanted);
  return wanted === type
    ? offer('use-arn', t('Set {0}: the ARN of {1}', property, logicalId), (path) => [
        { kind: 'set', at: [...path, property], value: getAtt(logicalId, 'Arn') },
      ])
    : [];
}

function ofPattern(text: string): Value {
  const [, logicalId] = /^\$\{(\w+)\.Arn\}$/.exec(text) ?? [];
  return logicalId === undefined ? sub(text) : getAtt(logicalId, 'Arn');
}

/** The text of an `Fn::Sub` without variables of its own. */
function subText(node: SyntaxNode | undefined): string | undefined {
  const call = intrinsicCall(node);
  return call?.name === 'Fn::Sub' ? textOf(call.argument) : undefined;
}

/** The service in an ARN, or of the resource whose ARN a pattern begins with. */
function serviceIn(written: string, { scope }: Configuration): string | undefined {
  const [, logicalId] = /^\$\{(\w+)\.Arn\}/.exec(written) ?? [];
  if (logicalId === undefined)
    return written.startsWith('arn:') ? written.replaceAll(/\$\{[^}]*\}/g, '').split(':')[2] : undefined;
  const type = scope.template.resources.get(logicalId)?.type ?? '';
  const destination = destinationOfType.get(type);
  for (const [service, other] of destinationOfService) if (other === destination) return service;
  return undefined;
}
