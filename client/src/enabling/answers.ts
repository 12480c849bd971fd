import type { FlowLogDestination, FlowLogSettings } from '../aws/flow-log-settings.ts';
import { defaultFields, formatOf } from '../aws/log-format.ts';
import type { Destination, TrafficType } from '../aws/model.ts';
import type { Answer } from '../ui/prompts.ts';

/** What a user answers when enabling flow logs, and what is remembered for the next time. */
export interface Answers {
  readonly destination: Destination;
  readonly logGroupName: string | undefined;
  readonly role: RoleAnswer | undefined;
  readonly bucketArn: string | undefined;
  readonly s3Options: readonly S3Option[];
  readonly deliveryStreamArn: string | undefined;
  readonly trafficType: TrafficType;
  readonly maxAggregationInterval: 60 | 600;
  readonly format: 'default' | 'custom';
  /** Those of a custom format. */
  readonly fields: readonly string[];
  readonly tags: Readonly<Record<string, string>>;
}

export type RoleAnswer =
  | { readonly kind: 'existing'; readonly arn: string }
  /** Made before the flow logs, in the account that they are made in. */
  | { readonly kind: 'new'; readonly name: string };

export type S3Option = 'parquet' | 'hive-compatible' | 'per-hour';

/** The cheap audit trail. */
export const firstAnswers: Answers = {
  destination: 's3',
  logGroupName: undefined,
  role: undefined,
  bucketArn: undefined,
  s3Options: [],
  deliveryStreamArn: undefined,
  trafficType: 'ALL',
  maxAggregationInterval: 600,
  format: 'default',
  fields: defaultFields,
  tags: {},
};

/** @param roleArn of the role, which may have been made after the answers were given */
export function settingsOf(answers: Answers, roleArn: string | undefined): FlowLogSettings {
  return {
    destination: destinationOf(answers, roleArn),
    trafficType: answers.trafficType,
    maxAggregationInterval: answers.maxAggregationInterval,
    logFormat: answers.format === 'default' ? undefined : formatOf(answers.fields),
    tags: answers.tags,
  };
}

function destinationOf(answers: Answers, roleArn: string | undefined): FlowLogDestination {
  const kind = answers.destination;
  switch (kind) {
    case 'cloud-watch-logs':
      return { kind, logGroupName: given(answers.logGroupName), roleArn: given(roleArn) };
    case 's3':
      return {
        kind,
        bucketArn: given(answers.bucketArn),
        options: s3Options(answers.s3Options),
      };
    case 'kinesis-data-firehose':
      return { kind, deliveryStreamArn: given(answers.deliveryStreamArn) };
  }
}

function s3Options(
  chosen: readonly S3Option[],
): NonNullable<(FlowLogDestination & { kind: 's3' })['options']> | undefined {
  if (chosen.length === 0) return undefined;
  return {
    fileFormat: chosen.includes('parquet') ? 'parquet' : 'plain-text',
    hiveCompatiblePartitions: chosen.includes('hive-compatible'),
    perHourPartition: chosen.includes('per-hour'),
  };
}

function given(text: string | undefined): string {
  if (text === undefined) throw new Error('The questions end before this one was answered.');
  return text;
}

/** The answers with one more, where it was answered. */
export function withAnswer<K extends keyof Answers>(
  answers: Answers,
  field: K,
  answer: Answer<Answers[K]>,
): Answer<Answers> {
  if (answer.kind !== 'answer') return answer;
  return { kind: 'answer', value: { ...answers, [field]: answer.value } };
}
