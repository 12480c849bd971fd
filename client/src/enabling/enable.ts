import { l10n } from 'vscode';
import type { Account } from '../aws/account.ts';
import { planDeliveryRole, type DeliveryRolePlan } from '../aws/delivery-role.ts';
import type { FlowLogSettings } from '../aws/flow-log-settings.ts';
import type { Aws } from '../aws/load.ts';
import type { AccountIdentity, Vpc } from '../aws/model.ts';
import type { ReadRegion } from '../aws/read-region.ts';
import { planEnabling, type EnablingPlan } from '../aws/plan-enabling.ts';
import type { Shell } from '../aws/shell-quoting.ts';
import type { Prompts } from '../ui/prompts.ts';
import type { ShowProgress } from '../ui/progress.ts';
import { runSteps } from '../ui/steps.ts';
import type { ShowDocument } from '../ui/virtual-documents.ts';
import { firstAnswers, settingsOf, type Answers } from './answers.ts';
import { confirmationLines, planSize, skippedInWords } from './confirmation.ts';
import type { DestinationLists } from './destination-questions.ts';
import type { Enabling } from './enabling-run.ts';
import { failureWithAdvice } from './outcome-words.ts';
import { planDocument, roleSection } from './plan-document.ts';
import { enablingSteps } from './questions.ts';

/** What enabling calls of the AWS half. */
export type EnablingAws = Pick<
  Aws,
  | 'createDeliveryRole'
  | 'enableFlowLogs'
  | 'listBuckets'
  | 'listDeliveryRoles'
  | 'listDeliveryStreams'
  | 'listLogGroups'
>;

export interface EnablingParts {
  readonly aws: EnablingAws;
  readonly account: Account;
  readonly identity: AccountIdentity;
  readonly prompts: Prompts;
  readonly showProgress: ShowProgress;
  readonly showDocument: ShowDocument;
  readonly showMessage: (text: string) => void;
  readonly shell: Shell;
  /** The answers of the last time, which must not hold a secret. */
  readonly memory: {
    readonly recall: () => Partial<Answers>;
    readonly remember: (answers: Answers) => Promise<void>;
  };
  /** Takes what AWS says of the regions afterwards. */
  readonly setRegions: (regions: ReadonlyMap<string, ReadRegion>) => void;
}

/**
 * Asks how the flow logs shall be, shows what will be done, does it when told so, and reads again.
 *
 * @returns what was done, for a summary, a retry and an undo; undefined where nothing was
 */
export async function enable(parts: EnablingParts, vpcs: readonly Vpc[]): Promise<Enabling | undefined> {
  let answers: Answers | undefined;
  for (;;) {
    const asked = await askPlan(parts, vpcs, answers);
    if (asked === undefined) return undefined;
    switch (await decide(parts, asked)) {
      case 'create':
        return carryOut(parts, asked);
      case 'back':
        ({ answers } = asked);
        break;
      case undefined:
        return undefined;
    }
  }
}

interface AskedPlan {
  readonly answers: Answers;
  readonly plan: EnablingPlan;
  /** To be made before the flow logs. */
  readonly newRole: DeliveryRolePlan | undefined;
}

/**
 * Asks how the flow logs shall be.
 *
 * @param first the answers to begin with; left out: those of the last time
 * @returns undefined where the user cancelled, or where nothing would be created, which is then said
 */
export async function askPlan(
  parts: EnablingParts,
  vpcs: readonly Vpc[],
  first?: Answers,
): Promise<AskedPlan | undefined> {
  const { prompts, memory, identity } = parts;
  const steps = enablingSteps(prompts, listsFor(parts, vpcs));
  const asked = await runSteps(steps, first ?? { ...firstAnswers, ...memory.recall() });
  if (asked.kind !== 'answer') return undefined;
  const answers = asked.value;
  await memory.remember(answers);
  const plan = planEnabling(vpcs, settingsOf(answers, roleArnOf(answers, identity)));
  if (planSize(plan) === 0) {
    parts.showMessage([l10n.t('There is nothing to enable.'), ...skippedInWords(plan)].join(' '));
    return undefined;
  }
  return { answers, plan, newRole: rolePlan(parts, answers, vpcs) };
}

function listsFor(parts: EnablingParts, vpcs: readonly Vpc[]): DestinationLists {
  const { aws, account, identity } = parts;
  const regions = [...new Set(vpcs.map(({ region }) => region))];
  const region = regions[0] ?? account.homeRegion;
  const { accountId } = identity;
  return {
    partition: account.partition,
    buckets: () => aws.listBuckets(account),
    logGroups: () => aws.listLogGroups(account, region),
    roles: () => aws.listDeliveryRoles(account),
    deliveryStreams: async () => {
      const lists = await Promise.all(regions.map((each) => aws.listDeliveryStreams(account, each)));
      const listed = lists.flatMap((list) => (list.kind === 'listed' ? [list] : []));
      const [failed] = lists.flatMap((list) => (list.kind === 'failed' ? [list] : []));
      if (listed.length === 0 && failed !== undefined) return failed;
      return {
        kind: 'listed',
        items: listed.flatMap(({ items }) => items),
        isCut: failed !== undefined || listed.some(({ isCut }) => isCut),
      };
    },
    showNewRole:
      accountId === undefined
        ? undefined
        : (roleName, logGroupName) =>
            parts.showDocument(
              roleName,
              roleSection(
                planDeliveryRole({
                  partition: account.partition,
                  accountId,
                  logGroupName,
                  regions,
                  roleName,
                }),
              ),
            ),
  };
}

function rolePlan(
  { account, identity }: EnablingParts,
  answers: Answers,
  vpcs: readonly Vpc[],
): DeliveryRolePlan | undefined {
  const { accountId } = identity;
  if (
    answers.destination !== 'cloud-watch-logs' ||
    answers.role?.kind !== 'new' ||
    accountId === undefined ||
    answers.logGroupName === undefined
  ) {
    return undefined;
  }
  return planDeliveryRole({
    partition: account.partition,
    accountId,
    logGroupName: answers.logGroupName,
    regions: [...new Set(vpcs.map(({ region }) => region))],
    roleName: answers.role.name,
  });
}

/** Of a role that is still to be made, the ARN that it will have. */
function roleArnOf({ role }: Answers, { partition, accountId }: AccountIdentity): string | undefined {
  if (role === undefined) return undefined;
  return role.kind === 'existing' ? role.arn : `arn:${partition}:iam::${accountId}:role/${role.name}`;
}

type Decision = 'create' | 'back' | undefined;

async function decide(parts: EnablingParts, { plan, newRole }: AskedPlan): Promise<Decision> {
  const { prompts, identity, shell } = parts;
  const size = planSize(plan);
  const create = size === 1 ? l10n.t('Create Flow Log') : l10n.t('Create {0} Flow Logs', size);
  const chosen = await prompts.confirm<'create' | 'preview' | 'back'>({
    message: size === 1 ? l10n.t('Create 1 flow log?') : l10n.t('Create {0} flow logs?', size),
    detail: confirmationLines(identity, plan, newRole?.roleName).join('\n'),
    isWarning: true,
    answers: [
      { label: create, value: 'create' },
      { label: l10n.t('Preview'), value: 'preview' },
      { label: l10n.t('Back'), value: 'back' },
    ],
  });
  if (chosen !== 'preview') return chosen;
  await parts.showDocument(l10n.t('Plan'), planDocument({ identity, plan, newRole, shell }));
  // Not a dialog: the plan has to be readable.
  const afterPlan = await prompts.pick<Decision>({
    title: l10n.t('Enable Flow Logs'),
    placeholder: l10n.t('Nothing has been changed yet'),
    canGoBack: true,
    choices: [
      { label: create, value: 'create', icon: 'check' },
      { label: l10n.t('Change nothing'), value: undefined, icon: 'close' },
    ],
  });
  if (afterPlan.kind === 'back') return 'back';
  return afterPlan.kind === 'answer' ? afterPlan.value : undefined;
}

async function carryOut(parts: EnablingParts, { plan, newRole }: AskedPlan): Promise<Enabling | undefined> {
  const role = newRole === undefined ? settled(plan.settings) : await makeRole(parts, plan.settings, newRole);
  if (role === undefined) return undefined;
  const vpcs = plan.batches.flatMap((batch) => batch.vpcs);
  return createFlowLogs(parts, { vpcs, ...role });
}

type RoleMade = Pick<Enabling, 'settings' | 'isRoleNew'>;

function settled(settings: FlowLogSettings): RoleMade {
  return { settings, isRoleNew: false };
}

/** @returns undefined where there is no role, which has been said then */
async function makeRole(
  { aws, account, prompts, showMessage }: EnablingParts,
  settings: FlowLogSettings,
  plan: DeliveryRolePlan,
): Promise<RoleMade | undefined> {
  const role = await aws.createDeliveryRole(account, plan);
  switch (role.kind) {
    case 'created':
      return { settings: withRole(settings, role.roleArn), isRoleNew: true };
    case 'exists': {
      const isWanted = await prompts.confirm({
        message: l10n.t('There is a role {0} already.', plan.roleName),
        detail: l10n.t('It has not been touched. Whether it may write to the log group is not known.'),
        isWarning: true,
        answers: [{ label: l10n.t('Use It'), value: true }],
      });
      return isWanted === true ? settled(withRole(settings, role.roleArn ?? plan.roleArn)) : undefined;
    }
    case 'failed':
      showMessage(
        [
          l10n.t('The role {0} was not created, and no flow log either.', plan.roleName),
          failureWithAdvice(role.failure),
          ...(role.leftRole === undefined
            ? []
            : [l10n.t('A role {0} without its policy is left; delete it.', role.leftRole)]),
        ].join(' '),
      );
      return undefined;
  }
}

function withRole(settings: FlowLogSettings, roleArn: string): FlowLogSettings {
  const { destination } = settings;
  return destination.kind === 'cloud-watch-logs'
    ? { ...settings, destination: { ...destination, roleArn } }
    : settings;
}

/** Creates the flow logs of one enabling, or of a retry, without asking. */
export async function createFlowLogs(
  { aws, account, identity, showProgress, setRegions }: EnablingParts,
  {
    vpcs,
    settings,
    isRoleNew,
  }: Pick<Enabling, 'settings' | 'isRoleNew'> & {
    readonly vpcs: Parameters<EnablingAws['enableFlowLogs']>[1];
  },
): Promise<Enabling> {
  const outcome = await showProgress({
    title: vpcs.length === 1 ? l10n.t('Creating 1 flow log') : l10n.t('Creating {0} flow logs', vpcs.length),
    run: (signal, report) =>
      aws.enableFlowLogs(account, vpcs, settings, {
        signal,
        isRoleNew,
        onProgress: ({ region, done, total }) =>
          report(l10n.t('{0}: {1} of {2}', region, done, total), total === 0 ? 1 : done / total),
      }),
  });
  setRegions(outcome.regions);
  return { account, identity, settings, isRoleNew, outcome };
}
