import type { Memento } from 'vscode';
import type { Answers } from './answers.ts';

const key = 'enablingAnswers';

/**
 * The answers of the last enabling, by workspace. What does not look like an answer, because another version wrote it,
 * is dropped.
 */
export function rememberedAnswers(memento: Memento): {
  readonly recall: () => Partial<Answers>;
  readonly remember: (answers: Answers) => Promise<void>;
} {
  return {
    recall: () => readAnswers(memento.get(key)),
    remember: async (answers) => {
      await memento.update(key, answers);
    },
  };
}

function readAnswers(stored: unknown): Partial<Answers> {
  if (typeof stored !== 'object' || stored === null) return {};
  const known = Object.entries(stored).filter(([name, value]) => isAnswer(name, value));
  return Object.fromEntries(known);
}

function isAnswer(name: string, value: unknown): boolean {
  switch (name) {
    case 'destination':
      return ['s3', 'cloud-watch-logs', 'kinesis-data-firehose'].includes(String(value));
    case 'trafficType':
      return ['ALL', 'REJECT', 'ACCEPT'].includes(String(value));
    case 'maxAggregationInterval':
      return value === 60 || value === 600;
    case 'format':
      return value === 'default' || value === 'custom';
    case 'logGroupName':
    case 'bucketArn':
    case 'deliveryStreamArn':
      return typeof value === 'string';
    case 'fields':
      return isTextList(value) && value.length > 0;
    case 's3Options':
      return isTextList(value);
    case 'role':
      return isRole(value);
    case 'tags':
      return isRecord(value) && Object.values(value).every((tag) => typeof tag === 'string');
    default:
      return false;
  }
}

function isRole(value: unknown): boolean {
  if (!isRecord(value)) return false;
  return value['kind'] === 'existing'
    ? typeof value['arn'] === 'string'
    : value['kind'] === 'new' && typeof value['name'] === 'string';
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isTextList(value: unknown): value is string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}
