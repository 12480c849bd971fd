import { l10n } from 'vscode';
import {
  problemOfBucketArn,
  problemOfDeliveryStreamArn,
  problemOfLogGroupName,
  problemOfRoleArn,
} from '../aws/arns.ts';
import type { Bucket, Candidates, DeliveryRole, DeliveryStream, LogGroup } from '../aws/destinations.ts';
import { failureInWords } from '../explorer/words.ts';
import type { Answer, Choice, Position, Prompts } from '../ui/prompts.ts';
import type { Step } from '../ui/steps.ts';
import { withAnswer, type Answers, type RoleAnswer } from './answers.ts';

/** What the account has for destinations. None of them rejects. */
export interface DestinationLists {
  readonly partition: string;
  readonly buckets: () => Promise<Candidates<Bucket>>;
  readonly logGroups: () => Promise<Candidates<LogGroup>>;
  readonly roles: () => Promise<Candidates<DeliveryRole>>;
  readonly deliveryStreams: () => Promise<Candidates<DeliveryStream>>;
  /** Shows what a new role could do, before it is made. Undefined where the account's number is not known. */
  readonly showNewRole: ((roleName: string, logGroupName: string) => Promise<void>) | undefined;
}

const defaultLogGroup = '/aws/vpc/flow-logs';
const defaultRoleName = 'vpc-flow-logs-delivery';

/** The questions that depend on the kind of destination: those with candidates from the account. */
export function destinationSteps(
  prompts: Prompts,
  title: string,
  lists: DestinationLists,
): readonly Step<Answers>[] {
  const { partition } = lists;
  return [
    {
      applies: ({ destination }) => destination === 's3',
      ask: async (answers, position) =>
        withAnswer(
          answers,
          'bucketArn',
          await pickOrType(prompts, {
            title,
            position,
            placeholder: l10n.t('Which bucket?'),
            choices: candidates(lists.buckets(), ({ name, arn, region }) => ({
              label: name,
              value: arn,
              description: region,
              icon: 'archive',
              isChosen: arn === answers.bucketArn,
            })),
            other: l10n.t('Type the ARN of a bucket…'),
            prompt: l10n.t('ARN of the bucket, with a prefix if wanted'),
            example: `arn:${partition}:s3:::bucket/prefix/`,
            value: answers.bucketArn,
            validate: (text) => problemOfBucketArn(text, partition),
          }),
        ),
    },
    {
      applies: ({ destination }) => destination === 'cloud-watch-logs',
      ask: async (answers, position) =>
        withAnswer(
          answers,
          'logGroupName',
          await pickOrType(prompts, {
            title,
            position,
            placeholder: l10n.t('Which log group? AWS makes it in each region where there is none'),
            choices: candidates(lists.logGroups(), ({ name, retentionInDays }) => ({
              label: name,
              value: name,
              description:
                retentionInDays === undefined
                  ? l10n.t('keeps records for ever')
                  : l10n.t('keeps records {0} days', retentionInDays),
              icon: 'output',
              isChosen: name === answers.logGroupName,
            })),
            other: l10n.t('Type the name of a log group…'),
            prompt: l10n.t('Name of the log group'),
            example: defaultLogGroup,
            value: answers.logGroupName ?? defaultLogGroup,
            validate: problemOfLogGroupName,
          }),
        ),
    },
    {
      applies: ({ destination }) => destination === 'cloud-watch-logs',
      ask: (answers, position) => askRole(prompts, title, lists, answers, position),
    },
    {
      applies: ({ destination }) => destination === 'kinesis-data-firehose',
      ask: async (answers, position) =>
        withAnswer(
          answers,
          'deliveryStreamArn',
          await pickOrType(prompts, {
            title,
            position,
            placeholder: l10n.t('Which delivery stream?'),
            choices: candidates(lists.deliveryStreams(), ({ name, arn }) => ({
              label: name,
              value: arn,
              description: arn.split(':')[3],
              icon: 'flame',
              isChosen: arn === answers.deliveryStreamArn,
            })),
            other: l10n.t('Type the ARN of a delivery stream…'),
            prompt: l10n.t('ARN of the delivery stream'),
            example: `arn:${partition}:firehose:REGION:ACCOUNT:deliverystream/NAME`,
            value: answers.deliveryStreamArn,
            validate: (text) => problemOfDeliveryStreamArn(text, partition),
          }),
        ),
    },
  ];
}

async function askRole(
  prompts: Prompts,
  title: string,
  lists: DestinationLists,
  answers: Answers,
  position: Position,
): Promise<Answer<Answers>> {
  const { role } = answers;
  const create: Choice<Chosen>[] =
    lists.showNewRole === undefined
      ? []
      : [
          {
            label: l10n.t('Create a role…'),
            value: 'new',
            icon: 'add',
            detail: l10n.t('One that may write to this log group and nothing else. You see it first.'),
          },
        ];
  type Chosen = 'new' | { readonly arn: string };
  for (;;) {
    const chosen = await pickOrType<Chosen>(prompts, {
      title,
      position,
      placeholder: l10n.t('Which role writes the records?'),
      extra: create,
      choices: candidates(lists.roles(), ({ name, arn }) => ({
        label: name,
        value: { arn },
        description: arn,
        icon: 'key',
        isChosen: role?.kind === 'existing' && role.arn === arn,
      })),
      other: l10n.t('Type the ARN of a role…'),
      prompt: l10n.t('ARN of a role that vpc-flow-logs.amazonaws.com may assume'),
      example: `arn:${lists.partition}:iam::ACCOUNT:role/NAME`,
      value: role?.kind === 'existing' ? role.arn : undefined,
      read: (arn) => ({ arn }),
      validate: (text) => problemOfRoleArn(text, lists.partition),
    });
    if (chosen.kind !== 'answer') return chosen;
    if (chosen.value !== 'new') {
      const existing: RoleAnswer = { kind: 'existing', arn: chosen.value.arn };
      return { kind: 'answer', value: { ...answers, role: existing } };
    }
    const name = await prompts.type({
      title,
      position,
      canGoBack: true,
      prompt: l10n.t('Name of the role to create'),
      value: role?.kind === 'new' ? role.name : defaultRoleName,
      validate: (text) =>
        /^[\w+=,.@-]{1,64}$/.test(text)
          ? undefined
          : l10n.t('A role name has 1 to 64 letters, digits or any of + = , . @ - _'),
    });
    if (name.kind === 'cancelled') return name;
    if (name.kind === 'answer') {
      await lists.showNewRole?.(name.value, answers.logGroupName ?? defaultLogGroup);
      return { kind: 'answer', value: { ...answers, role: { kind: 'new', name: name.value } } };
    }
  }
}

interface Listed<T> {
  readonly choices: readonly Choice<T>[];
  /** Why there are no more. */
  readonly remark: string | undefined;
}

async function candidates<C, T>(
  list: Promise<Candidates<C>>,
  toChoice: (item: C) => Choice<T>,
): Promise<Listed<T>> {
  const found = await list;
  if (found.kind === 'failed') {
    return { choices: [], remark: l10n.t('They cannot be listed: {0}', failureInWords(found.failure)) };
  }
  return {
    choices: found.items.map(toChoice),
    remark: found.isCut ? l10n.t('There are more than are shown') : undefined,
  };
}

interface PickOrType<T> {
  readonly title: string;
  readonly position: Position;
  readonly placeholder: string;
  readonly choices: Promise<Listed<T>>;
  /** Offered before what the account has. */
  readonly extra?: readonly Choice<T>[];
  /** What leads to typing. */
  readonly other: string;
  readonly prompt: string;
  readonly example: string;
  readonly value: string | undefined;
  readonly validate: (text: string) => string | undefined;
  /** What a typed text means; left out where it is the answer itself. */
  readonly read?: (text: string) => T;
}

/** Offers what there is, and to type what is not listed. The way back from typing leads to the list. */
async function pickOrType<T = string>(prompts: Prompts, question: PickOrType<T>): Promise<Answer<T>> {
  const { title, position, placeholder, other, extra = [] } = question;
  type Offered = { readonly kind: 'listed'; readonly value: T } | { readonly kind: 'type' };
  const offer = (choice: Choice<T>): Choice<Offered> => ({
    ...choice,
    value: { kind: 'listed', value: choice.value },
  });
  const choices = question.choices.then(({ choices: listed, remark }): Choice<Offered>[] => [
    ...listed.filter(({ isChosen }) => isChosen).map(offer),
    ...extra.map(offer),
    { label: other, value: { kind: 'type' }, icon: 'edit', detail: remark },
    ...listed.filter(({ isChosen }) => !isChosen).map(offer),
  ]);
  for (;;) {
    const picked = await prompts.pick<Offered>({ title, position, placeholder, choices });
    if (picked.kind !== 'answer') return picked;
    if (picked.value.kind === 'listed') return { kind: 'answer', value: picked.value.value };
    const typed = await prompts.type({
      title,
      position,
      // There is always a list to go back to.
      canGoBack: true,
      prompt: question.prompt,
      placeholder: question.example,
      value: question.value,
      validate: question.validate,
    });
    if (typed.kind === 'cancelled') return typed;
    if (typed.kind === 'answer') {
      const { read = (text: string) => text as T } = question;
      return { kind: 'answer', value: read(typed.value) };
    }
  }
}
