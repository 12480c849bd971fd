import { t } from '@vscode/l10n';
import { valuesOf, type Configuration } from '../coverage/flow-log-findings/configuration.ts';
import { child, entry, textOf } from '../template/syntax.ts';
import type { Change } from './writer/changes.ts';
import { changesAt, type Offer } from './fix.ts';
import type { Destination } from './options.ts';
import { getAtt, ref } from './writer/values.ts';
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
  const setText = (text: string): Offer[] =>
    offer(`set-property:${property}`, t('Set {0}: {1}', property, text), (path) => [
      { kind: 'set', at: [...path, property], value: text },
    ]);
  const [found, ...others] = valuesOf(configuration, property);
  if (found === undefined || others.length > 0 || flowLog.loop !== undefined) return [];
  const { value } = found;
  if (value.kind === 'text') {
    const { text } = value;
    const wanted = destinationOfService.get(text.split(':')[2] ?? '');
    if (wanted !== undefined && wanted !== type) return setType(wanted);
    if (text.endsWith(':*')) return setText(text.slice(0, -2));
    const prefix = text.indexOf('/AWSLogs');
    return prefix > 0 ? setText(text.slice(0, prefix)) : [];
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
