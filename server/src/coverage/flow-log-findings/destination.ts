import { t } from '@vscode/l10n';
import { and, isNever, or, type Formula } from '../../template/formula.ts';
import type { Resource } from '../../template/model.ts';
import type { Value } from '../../template/value.ts';
import type { RelatedPlace } from '../model.ts';
import { startsWith, symbolicText, type SymbolicText } from '../policies/symbolic-text.ts';
import {
  deliversTo,
  isGiven,
  isLeftOut,
  valuesOf,
  type Configuration,
  type DestinationType,
} from './configuration.ts';
import { ifComplete, refusal, type Problem } from './problem.ts';

interface Destination {
  readonly type: DestinationType;
  /** The service in the ARN. */
  readonly service: string;
  readonly resourceType: string;
}

const destinations: readonly Destination[] = [
  { type: 'cloud-watch-logs', service: 'logs', resourceType: 'AWS::Logs::LogGroup' },
  { type: 's3', service: 's3', resourceType: 'AWS::S3::Bucket' },
  {
    type: 'kinesis-data-firehose',
    service: 'firehose',
    resourceType: 'AWS::KinesisFirehose::DeliveryStream',
  },
];

/** What a message calls a destination. */
function nameOf({ type }: Destination): string {
  switch (type) {
    case 'cloud-watch-logs':
      return t('a log group');
    case 's3':
      return t('a bucket');
    case 'kinesis-data-firehose':
      return t('a Firehose stream');
  }
}

/** What is wrong with where a flow log is to deliver, as far as EC2 refuses it. */
export function destinationProblems(configuration: Configuration): Problem[] {
  return [
    ...missingDestination(configuration),
    ...destinationsInConflict(configuration),
    ...destinationOptions(configuration),
    ...valuesOf(configuration, 'LogDestination').flatMap(({ value, when }) =>
      value.kind === 'none'
        ? []
        : destinations.flatMap((destination) =>
            valueProblems(
              configuration,
              destination,
              value,
              and(when, deliversTo(configuration, destination.type)),
            ),
          ),
    ),
  ];
}

/** When it is certain that nothing says where to deliver. */
export function hasNoDestination(configuration: Configuration): Formula {
  return and(isLeftOut(configuration, 'LogDestination'), isLeftOut(configuration, 'LogGroupName'));
}

function missingDestination(configuration: Configuration): readonly Problem[] {
  const { flowLog } = configuration;
  const neither = hasNoDestination(configuration);
  return ifComplete(configuration, () =>
    destinations.flatMap((destination) =>
      refusal(
        configuration,
        'LogDestination',
        and(neither, deliversTo(configuration, destination.type)),
        () => ({
          what: t('{0} has no destination', flowLog.logicalId),
          lacks: 'LogDestination',
          advice:
            destination.type === 'cloud-watch-logs'
              ? t(
                  'EC2 refuses it: name a log group in LogGroupName, or set LogDestinationType and LogDestination',
                )
              : t('EC2 refuses it: set LogDestination to the ARN of {0}', nameOf(destination)),
        }),
      ),
    ),
  );
}

function destinationsInConflict(configuration: Configuration): readonly Problem[] {
  const { flowLog } = configuration;
  const hasGroupName = isGiven(configuration, 'LogGroupName');
  return [
    ...refusal(
      configuration,
      'LogDestination',
      and(
        hasGroupName,
        isGiven(configuration, 'LogDestination'),
        deliversTo(configuration, 'cloud-watch-logs'),
      ),
      () => ({
        what: t('{0} has both LogDestination and LogGroupName', flowLog.logicalId),
        advice: t('EC2 takes one of them: leave one out'),
      }),
    ),
    ...refusal(
      configuration,
      'LogGroupName',
      and(
        hasGroupName,
        or(deliversTo(configuration, 's3'), deliversTo(configuration, 'kinesis-data-firehose')),
      ),
      () => ({
        what: t('{0} names a log group, but does not deliver to CloudWatch Logs', flowLog.logicalId),
        advice: t('EC2 refuses it: leave LogGroupName out and set LogDestination'),
      }),
    ),
  ];
}

function destinationOptions(configuration: Configuration): readonly Problem[] {
  const { flowLog } = configuration;
  return refusal(
    configuration,
    'DestinationOptions',
    and(
      isGiven(configuration, 'DestinationOptions'),
      or(deliversTo(configuration, 'cloud-watch-logs'), deliversTo(configuration, 'kinesis-data-firehose')),
    ),
    () => ({
      what: t('{0} has DestinationOptions, but does not deliver to S3', flowLog.logicalId),
      advice: t('EC2 takes them for S3 alone: leave them out'),
    }),
  );
}

/**
 * What is wrong with that value for a destination of that type.
 *
 * @param when When the value is given, and the destination is of that type.
 */
function valueProblems(
  configuration: Configuration,
  destination: Destination,
  value: Value,
  when: Formula,
): readonly Problem[] {
  if (isNever(when)) return [];
  const { flowLog } = configuration;
  const { type, service } = destination;
  const name = nameOf(destination);
  const related = relatedResource(value);
  const found = serviceOf(value);
  if (found === 'no-arn') {
    return refusal(configuration, 'LogDestination', when, () => ({
      what: t('{0} has a LogDestination that is no ARN', flowLog.logicalId),
      advice: `${t('EC2 takes the ARN of {0} for {1}', name, type)}${adviceOnName(value)}`,
      related,
    }));
  }
  if (found !== undefined && found !== service) {
    const actual = destinations.find((other) => other.service === found);
    return refusal(configuration, 'LogDestination', when, () => ({
      what: t(
        '{0} delivers to {1}, but its LogDestinationType is {2}',
        flowLog.logicalId,
        actual === undefined ? t('an ARN of {0}', found) : nameOf(actual),
        type,
      ),
      advice:
        actual === undefined
          ? t('EC2 refuses it: set LogDestination to the ARN of {0}', name)
          : t('EC2 refuses it: set LogDestinationType to {0}', actual.type),
      related,
    }));
  }
  if (type === 'cloud-watch-logs' && endsInStar(value)) {
    return refusal(configuration, 'LogDestination', when, () => ({
      what: t("{0} has a LogDestination that ends in ':*'", flowLog.logicalId),
      advice:
        value.kind === 'attribute'
          ? t(
              'EC2 takes the ARN of a log group without it: set LogGroupName to the Ref of {0} instead',
              value.resource.logicalId,
            )
          : t('EC2 takes the ARN of a log group without it'),
      related,
    }));
  }
  if (type === 's3' && prefixOf(value) === 'AWSLogs') {
    return refusal(configuration, 'LogDestination', when, () => ({
      what: t('{0} delivers to the prefix AWSLogs', flowLog.logicalId),
      advice: t('EC2 reserves it and adds it itself: leave it out or choose another'),
      related,
    }));
  }
  return [];
}

const serviceOfType: ReadonlyMap<string, string> = new Map([
  ...destinations.map(({ resourceType, service }) => [resourceType, service] as const),
  ['AWS::Kinesis::Stream', 'kinesis'],
]);

/** Other text may be what another tool fills in. */
const plainName = /^(?!arn:)[\w./:-]+$/;

/** The service in the ARN that a value is; undefined where it cannot be told. */
function serviceOf(value: Value): string | undefined {
  if (value.kind === 'attribute') {
    return value.attribute === 'Arn' ? serviceOfType.get(value.resource.type) : undefined;
  }
  // `Ref` gives the name of such a resource.
  if (value.kind === 'resource') return serviceOfType.has(value.resource.type) ? 'no-arn' : undefined;
  if (value.kind === 'text' && plainName.test(value.text)) return 'no-arn';
  const text = symbolicText(value);
  if (text === undefined || !startsWith(text, 'arn:')) return undefined;
  const start = text.indexOf(':', 4) + 1;
  const end = text.indexOf(':', start);
  const service = text.slice(start, end).filter((letter) => typeof letter === 'string');
  return start === 0 || end < 0 || service.length < end - start ? undefined : service.join('');
}

function adviceOnName(value: Value): string {
  return value.kind === 'resource' && serviceOfType.get(value.resource.type) !== undefined
    ? `: ${t('the Ref of {0} is a name, its Arn is Fn::GetAtt {0}.Arn', value.resource.logicalId)}`
    : '';
}

function endsInStar(value: Value): boolean {
  const [colon, star] = symbolicText(value)?.slice(-2) ?? [];
  return colon === ':' && star === '*';
}

/** The first folder below the bucket; undefined where there is none, or it cannot be told. */
function prefixOf(value: Value): string | undefined {
  const path = pathBelowBucket(symbolicText(value) ?? []);
  const end = path.indexOf('/');
  const folder = end < 0 ? path : path.slice(0, end);
  const known = folder.filter((letter) => typeof letter === 'string');
  return known.length === folder.length ? known.join('') : undefined;
}

function pathBelowBucket(arn: SymbolicText): SymbolicText {
  const slash = arn.indexOf('/');
  return slash < 0 ? [] : arn.slice(slash + 1);
}

function relatedResource(value: Value): readonly RelatedPlace[] {
  if (value.kind !== 'resource' && value.kind !== 'attribute') return [];
  const { resource }: { readonly resource: Resource } = value;
  return [{ message: t('{0} is of type {1}', resource.logicalId, resource.type), span: resource.span }];
}
