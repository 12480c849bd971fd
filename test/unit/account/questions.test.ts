import { describe, expect, test, vi } from 'vitest';
import { formatOf, logFields } from '../../../client/src/aws/log-format.ts';
import { rememberedAnswers } from '../../../client/src/enabling/remembered-answers.ts';
import { parseTags, problemOfTags, tagsAsText } from '../../../client/src/enabling/tags.ts';
import { runSteps, type Step } from '../../../client/src/ui/steps.ts';
import type { Answer } from '../../../client/src/ui/prompts.ts';

describe('steps', () => {
  /** Adds a letter; goes back, or gives up, when told so. */
  const letter = (name: string, replies: (Answer<string>['kind'] | undefined)[] = []): Step<string> => ({
    applies: (answers) => !answers.includes(`no ${name}`),
    ask: async (answers) => {
      const kind = replies.shift() ?? 'answer';
      return kind === 'answer' ? { kind, value: answers + name } : { kind };
    },
  });

  test('go on from answer to answer', async () => {
    expect(await runSteps([letter('a'), letter('b')], '')).toEqual({ kind: 'answer', value: 'ab' });
  });

  test('leave out what does not apply, also on the way back', async () => {
    const asked: string[] = [];
    const ask = (name: string, kinds: Answer<string>['kind'][]): Step<string> => ({
      applies: () => name !== 'never',
      ask: async (answers) => {
        asked.push(name);
        const kind = kinds.shift() ?? 'answer';
        return kind === 'answer' ? { kind, value: answers } : { kind };
      },
    });
    await runSteps([ask('first', []), ask('never', []), ask('last', ['back'])], '');
    expect(asked).toEqual(['first', 'last', 'first', 'last']);
  });

  test('end where the user gives up, and tell of a way back from the first', async () => {
    expect(await runSteps([letter('a'), letter('b', ['cancelled'])], '')).toEqual({ kind: 'cancelled' });
    expect(await runSteps([letter('a', ['back'])], '')).toEqual({ kind: 'back' });
  });
});

describe('tags', () => {
  test('are read as they are typed, and written so that they read the same', () => {
    const tags = parseTags(' team=network, url=https://a/?b=c ,empty=');
    expect(tags).toEqual({ team: 'network', url: 'https://a/?b=c', empty: '' });
    expect(parseTags(tagsAsText(tags))).toEqual(tags);
    expect(parseTags('')).toEqual({});
  });

  test.each([
    ['team', 'no-value'],
    ['=x', 'no-key'],
    ['aws:team=x', 'reserved'],
    ['a=1, a=2', 'twice'],
    [`${'k'.repeat(129)}=x`, 'too-long'],
    [`k=${'v'.repeat(257)}`, 'too-long'],
    [Array.from({ length: 51 }, (_, index) => `k${index}=v`).join(), 'too-many'],
    ['team=network', undefined],
    ['', undefined],
  ])('%s', (text, problem) => {
    expect(problemOfTags(text)).toBe(problem);
  });
});

test('there are the 54 fields that AWS documents, each once', () => {
  const names = logFields.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  expect(names).toHaveLength(54);
  expect(formatOf(['version', 'vpc-id'])).toBe('${version} ${vpc-id}');
});

describe('remembered answers', () => {
  const recall = (stored: unknown) =>
    rememberedAnswers({
      get: vi.fn<() => unknown>(() => stored),
      update: async () => undefined,
      keys: () => [],
    } as never).recall();

  test('come back as they were', () => {
    const answers = {
      destination: 's3',
      bucketArn: 'arn:aws:s3:::records',
      tags: { a: 'b' },
      fields: ['version'],
    };
    expect(recall(answers)).toEqual(answers);
  });

  test('that another version wrote are dropped one by one', () => {
    expect(
      recall({
        destination: 'tape',
        trafficType: 'ALL',
        maxAggregationInterval: 30,
        fields: [],
        role: { kind: 'x' },
        extra: 1,
      }),
    ).toEqual({ trafficType: 'ALL' });
    expect(recall('text')).toEqual({});
    expect(recall(undefined)).toEqual({});
  });
});
