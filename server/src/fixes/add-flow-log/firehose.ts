import { t } from '@vscode/l10n';
import type { Resource } from '../../template/model.ts';
import { child, textOf } from '../../template/syntax.ts';
import type { FixContext } from '../fix.ts';
import { getAtt, ref, type Value } from '../writer/values.ts';
import { isThereUnder, type Arrangement, type Delivery, type Site } from './delivery.ts';

/** Ways to deliver to Amazon Data Firehose, the one that fits best first. */
export function firehoseDeliveries(
  { template, options }: FixContext,
  condition: string | undefined,
): readonly Delivery[] {
  const arn = options.firehose?.deliveryStreamArn;
  const stream = template.resources
    .ofType('AWS::KinesisFirehose::DeliveryStream')
    .find((resource) => isDirectPut(resource) && isThereUnder(condition, resource));
  const deliveries: Delivery[] = [];
  const add = (kind: string, what: string, arrange: Delivery['arrange']): void => {
    const label = t('Firehose: {0}', what);
    deliveries.push({ id: `firehose:${kind}`, label, destination: 'kinesis-data-firehose', arrange });
  };
  if (arn !== undefined) {
    add('arn', t('stream {0}', arn.slice(arn.lastIndexOf('/') + 1)), () => toStream(arn));
  }
  if (stream !== undefined) {
    const { logicalId } = stream;
    add('stream-of-template', t('stream {0} of this template', logicalId), () =>
      toStream(getAtt(logicalId, 'Arn')),
    );
  }
  add('parameter', t('stream given as a parameter'), toParameter);
  return deliveries;
}

/** Others take their records from a Kinesis stream or from Kafka alone. */
function isDirectPut(resource: Resource): boolean {
  const kind = child(resource.properties, 'DeliveryStreamType');
  return kind === undefined || textOf(kind) === 'DirectPut';
}

function toStream(arn: Value): Arrangement {
  return {
    properties: { LogDestinationType: 'kinesis-data-firehose', LogDestination: arn },
    resources: {},
    changes: [],
  };
}

function toParameter({ names }: Site): Arrangement {
  const name = names.parameter('FlowLogStreamArn');
  const parameter = {
    Type: 'String',
    Description: 'ARN of the Firehose stream that VPC flow logs are delivered to',
    AllowedPattern: String.raw`arn:aws[a-z-]*:firehose:[a-z0-9-]+:[0-9]{12}:deliverystream/[A-Za-z0-9_.-]+`,
  };
  return {
    ...toStream(ref(name)),
    changes: [{ kind: 'add-entries', to: ['Parameters'], entries: { [name]: parameter } }],
  };
}
