import { vi } from 'vitest';
import type { EnablingOutcome } from '../../../client/src/aws/enable-flow-logs.ts';
import type { Vpc } from '../../../client/src/aws/model.ts';
import { EnablingFlow, type FlowParts } from '../../../client/src/enabling/enabling-flow.ts';
import { AccountStore } from '../../../client/src/explorer/model/account-store.ts';
import { account, failure, vpc } from './made.ts';
import { ScriptedPrompts, type Reply } from './scripted-prompts.ts';

type EnablingAws = Awaited<ReturnType<FlowParts['loadAws']>>;

export const bare = vpc('vpc-1', { name: 'shop' });
export const other = vpc('vpc-2', { region: 'us-east-1' });
export const ofStack = vpc('vpc-3', { origin: { stackName: 'network', stackId: 'arn', logicalId: 'Vpc' } });

/** Answers that end at the confirmation. */
export const toBucket: readonly Reply[] = [
  { pick: 'S3' },
  { pick: 'records' },
  { check: [] },
  { pick: 'ALL' },
  { pick: '10 minutes' },
  { pick: 'Default format' },
  { type: '' },
];
export const create: Reply = { press: 'Create Flow Log' };
export const createTwo: Reply = { press: 'Create 2 Flow Logs' };

export function outcome(changes: Partial<EnablingOutcome> = {}): EnablingOutcome {
  return {
    made: [{ region: bare.region, flowLogId: 'fl-1', vpc: bare }],
    alreadyThere: [],
    failed: [],
    notTried: [],
    isCancelled: false,
    failure: undefined,
    unconfirmed: [],
    regions: new Map([
      [bare.region, { kind: 'ready', vpcs: [{ ...bare, state: { kind: 'logged' } }] } as const],
    ]),
    ...changes,
  };
}

/** An open account with one bare VPC, in which enabling works as a test says, and what was seen of it. */
export class EnablingWorld {
  readonly shown: { name: string; text: string }[] = [];
  readonly regionsRead: string[] = [];
  remembered: object = {};
  readonly showInTemplate = vi.fn<(vpc: Vpc) => Promise<void>>(async () => undefined);
  readonly enableFlowLogs = vi.fn<EnablingAws['enableFlowLogs']>(async () => outcome());
  readonly undoEnabling = vi.fn<EnablingAws['undoEnabling']>(async (_account, made) => ({
    deleted: made.map(({ flowLogId }) => flowLogId),
    alreadyGone: [],
    failed: [],
    notTried: [],
    isCancelled: false,
  }));
  readonly createDeliveryRole = vi.fn<EnablingAws['createDeliveryRole']>(async (_account, { roleArn }) => ({
    kind: 'created',
    roleArn,
  }));
  readonly store = new AccountStore(
    async () => ({
      openAccount: async () => ({ kind: 'open', account: account() }),
      closeAccount: () => undefined,
      sweep: async function* sweep() {
        yield { kind: 'region', region: bare.region, state: { kind: 'ready', vpcs: [bare] } };
      },
      readRegion: async (_account, region) => {
        this.regionsRead.push(region);
        return { kind: 'ready', vpcs: [bare] };
      },
    }),
    () => [],
  );

  async open(): Promise<this> {
    await this.store.open({ profile: 'production' });
    return this;
  }

  flow(prompts: ScriptedPrompts): EnablingFlow {
    return new EnablingFlow({
      store: this.store,
      loadAws: async () => this.#aws(),
      prompts,
      showProgress: ({ run }) => run(new AbortController().signal, () => undefined),
      showDocument: async (name, text) => void this.shown.push({ name, text }),
      shell: 'posix',
      memory: {
        recall: () => this.remembered,
        remember: async (answers) => void (this.remembered = answers),
      },
      showInTemplate: this.showInTemplate,
    });
  }

  /** Enables with these answers, all of which must be asked for. */
  async enable(replies: readonly Reply[], vpcs: readonly Vpc[] = [bare]): Promise<ScriptedPrompts> {
    const prompts = new ScriptedPrompts(...replies);
    await this.flow(prompts).enable(vpcs);
    if (prompts.unused.length > 0) throw new Error(`Nobody asked for ${JSON.stringify(prompts.unused)}`);
    return prompts;
  }

  #aws(): EnablingAws {
    return {
      enableFlowLogs: this.enableFlowLogs,
      undoEnabling: this.undoEnabling,
      createDeliveryRole: this.createDeliveryRole,
      listBuckets: async () => ({
        kind: 'listed',
        items: [{ name: 'records', arn: 'arn:aws:s3:::records', region: 'eu-central-1' }],
        isCut: false,
      }),
      listLogGroups: async () => ({
        kind: 'failed',
        failure: failure({ permission: 'logs:DescribeLogGroups' }),
      }),
      listDeliveryRoles: async () => ({ kind: 'listed', items: [], isCut: false }),
      listDeliveryStreams: async () => ({ kind: 'listed', items: [], isCut: false }),
    };
  }
}
