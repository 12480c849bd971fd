import { l10n } from 'vscode';
import { logFields } from '../aws/log-format.ts';
import type { Destination, TrafficType } from '../aws/model.ts';
import { destinationKind } from '../explorer/words.ts';
import type { Choice, Prompts } from '../ui/prompts.ts';
import type { Step } from '../ui/steps.ts';
import { withAnswer, type Answers, type S3Option } from './answers.ts';
import { parseTags, problemOfTags, tagsAsText, type TagProblem } from './tags.ts';
import { destinationSteps, type DestinationLists } from './destination-questions.ts';

/** What the flow logs of one enabling are asked about, one question after the other. */
export function enablingSteps(prompts: Prompts, lists: DestinationLists): Step<Answers>[] {
  const title = l10n.t('Enable Flow Logs');
  /** A question with one answer, which is written into one field. */
  const pick = <K extends keyof Answers>(
    field: K,
    placeholder: string,
    choices: readonly Choice<Answers[K]>[],
  ): Step<Answers> => ({
    applies: () => true,
    ask: async (answers, position) => {
      const marked = choices.map((choice) => ({ ...choice, isChosen: choice.value === answers[field] }));
      const answer = await prompts.pick({ title, placeholder, position, choices: marked });
      return withAnswer(answers, field, answer);
    },
  });

  return [
    pick('destination', l10n.t('Where are the records to go?'), destinationChoices()),
    ...destinationSteps(prompts, title, lists),
    {
      applies: ({ destination }) => destination === 's3',
      ask: async (answers, position) =>
        withAnswer(
          answers,
          's3Options',
          await prompts.pickMany<S3Option>({
            title,
            position,
            placeholder: l10n.t('How are the files to be laid out? None: plain text, one folder a day'),
            choices: s3Choices().map((choice) => ({
              ...choice,
              isChosen: answers.s3Options.includes(choice.value),
            })),
          }),
        ),
    },
    pick('trafficType', l10n.t('Which traffic is to be recorded?'), trafficChoices()),
    pick('maxAggregationInterval', l10n.t('Over how long is a flow to be added up?'), intervalChoices()),
    pick('format', l10n.t('What is to be in a record?'), formatChoices()),
    {
      applies: ({ format }) => format === 'custom',
      ask: async (answers, position) =>
        withAnswer(
          answers,
          'fields',
          await prompts.pickMany({
            title,
            position,
            placeholder: l10n.t('Fields of a record, in the order of this list'),
            needsOne: true,
            choices: logFields.map(({ name, version }) => ({
              label: name,
              value: name,
              description: l10n.t('version {0}', version),
              isChosen: answers.fields.includes(name),
            })),
          }),
        ),
    },
    {
      applies: () => true,
      ask: async (answers, position) => {
        const typed = await prompts.type({
          title,
          position,
          prompt: l10n.t('Tags for the flow logs, or none'),
          placeholder: 'team=network, cost-center=42',
          value: tagsAsText(answers.tags),
          validate: (text) => tagProblemInWords(problemOfTags(text)),
        });
        return typed.kind === 'answer'
          ? { kind: 'answer', value: { ...answers, tags: parseTags(typed.value) } }
          : typed;
      },
    },
  ];
}

function destinationChoices(): Choice<Destination>[] {
  return [
    {
      label: destinationKind('s3'),
      value: 's3',
      icon: 'archive',
      detail: l10n.t('A bucket, for all regions. Needs no role.'),
    },
    {
      label: destinationKind('cloud-watch-logs'),
      value: 'cloud-watch-logs',
      icon: 'output',
      detail: l10n.t('A log group in the region of each VPC. Needs a role that may write to it.'),
    },
    {
      label: destinationKind('kinesis-data-firehose'),
      value: 'kinesis-data-firehose',
      icon: 'flame',
      detail: l10n.t('A delivery stream, which serves the VPCs of its own region.'),
    },
  ];
}

function trafficChoices(): Choice<TrafficType>[] {
  return [
    { label: 'ALL', value: 'ALL', detail: l10n.t('Accepted and rejected traffic.') },
    {
      label: 'REJECT',
      value: 'REJECT',
      detail: l10n.t('Rejected traffic alone: the least that EC2.6 asks for.'),
    },
    {
      label: 'ACCEPT',
      value: 'ACCEPT',
      detail: l10n.t('Accepted traffic alone: the VPC does not pass EC2.6 with it.'),
    },
  ];
}

function intervalChoices(): Choice<60 | 600>[] {
  return [
    {
      label: l10n.t('10 minutes'),
      value: 600,
      detail: l10n.t('The default. Fewer records, which cost less.'),
    },
    {
      label: l10n.t('1 minute'),
      value: 60,
      detail: l10n.t('Sooner and finer. Nitro instances always record so.'),
    },
  ];
}

function formatChoices(): Choice<Answers['format']>[] {
  return [
    { label: l10n.t('Default format'), value: 'default', detail: l10n.t('The 14 fields of version 2.') },
    { label: l10n.t('Custom format'), value: 'custom', detail: l10n.t('Fields that you choose.') },
  ];
}

function s3Choices(): Choice<S3Option>[] {
  return [
    { label: l10n.t('Parquet files'), value: 'parquet', description: l10n.t('instead of plain text') },
    {
      label: l10n.t('Hive-compatible prefixes'),
      value: 'hive-compatible',
      description: 'aws-region=…/year=…',
    },
    { label: l10n.t('One folder an hour'), value: 'per-hour', description: l10n.t('instead of one a day') },
  ];
}

function tagProblemInWords(problem: TagProblem | undefined): string | undefined {
  switch (problem) {
    case undefined:
      return undefined;
    case 'too-many':
      return l10n.t('AWS takes at most 50 tags.');
    case 'no-key':
      return l10n.t('A tag needs a key before the =.');
    case 'no-value':
      return l10n.t('Write tags as key=value, with commas between them.');
    case 'reserved':
      return l10n.t('Keys that begin with aws: are reserved.');
    case 'too-long':
      return l10n.t('A key has at most 128 characters, a value 256.');
    case 'twice':
      return l10n.t('Each key can be there only once.');
  }
}
