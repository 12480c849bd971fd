import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { EnablingOutcome } from '../../../client/src/aws/enable-flow-logs.ts';
import type { Vpc } from '../../../client/src/aws/model.ts';
import { EnablingFlow, type FlowParts } from '../../../client/src/enabling/enabling-flow.ts';
import { AccountStore, type AccountReader } from '../../../client/src/explorer/model/account-store.ts';
import { commands, env, window } from '../fake-vscode.ts';
import { account, failure, vpc } from './made.ts';
import { ScriptedPrompts, type Reply } from './scripted-prompts.ts';

vi.mock('vscode', () => import('../fake-vscode.ts'));

const toBucket: readonly Reply[] = [
  { pick: 'S3' },
  { pick: 'records' },
  { check: [] },
  { pick: 'ALL' },
  { pick: '10 minutes' },
  { pick: 'Default format' },
  { type: '' },
];
const bare = vpc('vpc-1', { name: 'shop' });
const other = vpc('vpc-2', { region: 'us-east-1' });
const ofStack = vpc('vpc-3', { origin: { stackName: 'network', stackId: 'arn', logicalId: 'Vpc' } });

let shown: { name: string; text: string }[];
let remembered: object;
let showInTemplate: ReturnType<typeof vi.fn<(vpc: Vpc) => Promise<void>>>;
let aws: Awaited<ReturnType<FlowParts['loadAws']>>;
let enableFlowLogs: ReturnType<typeof vi.fn<typeof aws.enableFlowLogs>>;
let undoEnabling: ReturnType<typeof vi.fn<typeof aws.undoEnabling>>;
let createDeliveryRole: ReturnType<typeof vi.fn<typeof aws.createDeliveryRole>>;
let store: AccountStore;
let regionsRead: string[];

function outcome(changes: Partial<EnablingOutcome> = {}): EnablingOutcome {
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

beforeEach(async () => {
  vi.clearAllMocks();
  shown = [];
  remembered = {};
  regionsRead = [];
  showInTemplate = vi.fn<(vpc: Vpc) => Promise<void>>(async () => undefined);
  enableFlowLogs = vi.fn<typeof aws.enableFlowLogs>(async () => outcome());
  undoEnabling = vi.fn<typeof aws.undoEnabling>(async (_account, made) => ({
    deleted: made.map(({ flowLogId }) => flowLogId),
    alreadyGone: [],
    failed: [],
    notTried: [],
    isCancelled: false,
  }));
  createDeliveryRole = vi.fn<typeof aws.createDeliveryRole>(async (_account, { roleArn }) => ({
    kind: 'created',
    roleArn,
  }));
  aws = {
    enableFlowLogs,
    undoEnabling,
    createDeliveryRole,
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
  const reader: AccountReader = {
    openAccount: async () => ({ kind: 'open', account: account() }),
    closeAccount: () => undefined,
    sweep: async function* sweep() {
      yield { kind: 'region', region: bare.region, state: { kind: 'ready', vpcs: [bare] } };
    },
    readRegion: async (_account, region) => {
      regionsRead.push(region);
      return { kind: 'ready', vpcs: [bare] };
    },
  };
  store = new AccountStore(
    async () => reader,
    () => [],
  );
  await store.open({ profile: 'production' });
});

function flow(prompts: ScriptedPrompts): EnablingFlow {
  return new EnablingFlow({
    store,
    loadAws: async () => aws,
    prompts,
    showProgress: ({ run }) => run(new AbortController().signal, () => undefined),
    showDocument: async (name, text) => void shown.push({ name, text }),
    shell: 'posix',
    memory: {
      recall: () => remembered,
      remember: async (answers) => void (remembered = answers),
    },
    showInTemplate,
  });
}

async function enable(replies: readonly Reply[], vpcs: readonly Vpc[] = [bare]): Promise<ScriptedPrompts> {
  const prompts = new ScriptedPrompts(...replies);
  await flow(prompts).enable(vpcs);
  expect(prompts.unused).toEqual([]);
  return prompts;
}

const create: Reply = { press: 'Create Flow Log' };

describe('asking', () => {
  test('a flow log to a bucket, as it was answered', async () => {
    const prompts = await enable([...toBucket, create]);
    expect(prompts.positions).toEqual(['1/7', '2/7', '3/7', '4/7', '5/7', '6/7', '7/7']);
    const [, vpcs, settings] = enableFlowLogs.mock.calls[0] ?? [];
    expect(vpcs).toMatchObject([{ id: 'vpc-1' }]);
    expect(settings).toEqual({
      destination: { kind: 's3', bucketArn: 'arn:aws:s3:::records', options: undefined },
      trafficType: 'ALL',
      maxAggregationInterval: 600,
      logFormat: undefined,
      tags: {},
    });
  });

  test('every step has a way back, and keeps what was answered after it', async () => {
    const prompts = await enable([
      { pick: 'S3' },
      { pick: 'Type the ARN of a bucket…' },
      'back',
      { pick: 'records' },
      { check: ['Parquet files'] },
      { pick: 'REJECT' },
      'back',
      'back',
      { check: ['Parquet files', 'One folder an hour'] },
      { pick: 'REJECT' },
      { pick: '1 minute' },
      { pick: 'Custom format' },
      { check: ['version', 'vpc-id'] },
      { type: 'team=network' },
      create,
    ]);
    expect(prompts.positions.at(-1)).toBe('8/8');
    expect(enableFlowLogs.mock.calls[0]?.[2]).toEqual({
      destination: {
        kind: 's3',
        bucketArn: 'arn:aws:s3:::records',
        options: { fileFormat: 'parquet', hiveCompatiblePartitions: false, perHourPartition: true },
      },
      trafficType: 'REJECT',
      maxAggregationInterval: 60,
      logFormat: '${version} ${vpc-id}',
      tags: { team: 'network' },
    });
  });

  test.each([0, 1, 2, 3, 4, 5, 6])('cancelled at question %i, nothing is called', async (count) => {
    await enable([...toBucket.slice(0, count), 'cancel']);
    expect(enableFlowLogs).not.toHaveBeenCalled();
  });

  test('cancelled at the confirmation, nothing is called', async () => {
    await enable([...toBucket, 'cancel']);
    expect(enableFlowLogs).not.toHaveBeenCalled();
  });

  test('the answers are remembered, and stand ready the next time', async () => {
    await enable([...toBucket, 'cancel']);
    expect(remembered).toMatchObject({ destination: 's3', bucketArn: 'arn:aws:s3:::records' });
  });

  test('what may not be listed can be typed', async () => {
    await enable([
      { pick: 'CloudWatch Logs' },
      { pick: 'Type the name of a log group…' },
      { type: '/network/flow-logs' },
      { pick: 'Type the ARN of a role…' },
      { type: 'arn:aws:iam::123456789012:role/delivery' },
      { pick: 'ALL' },
      { pick: '10 minutes' },
      { pick: 'Default format' },
      { type: '' },
      create,
    ]);
    expect(enableFlowLogs.mock.calls[0]?.[2].destination).toEqual({
      kind: 'cloud-watch-logs',
      logGroupName: '/network/flow-logs',
      roleArn: 'arn:aws:iam::123456789012:role/delivery',
    });
  });
});

describe('the confirmation', () => {
  test('says whose account, where, how many, and what it means', async () => {
    const prompts = await enable([...toBucket, { press: 'Create 2 Flow Logs' }], [bare, other]);
    const told = prompts.asked.at(-1);
    for (const part of [
      'Create 2 flow logs?',
      'production · 123456789012',
      'eu-central-1 (1), us-east-1 (1)',
      'arn:aws:s3:::records',
      'bills',
      'cannot be edited',
      "may change this bucket's policy",
    ])
      expect(told).toContain(part);
  });

  test('leads back to the questions', async () => {
    await enable([...toBucket, { press: 'Back' }, ...toBucket, create]);
    expect(enableFlowLogs).toHaveBeenCalledTimes(1);
  });

  test('previews the plan and changes nothing', async () => {
    await enable([...toBucket, { press: 'Preview' }, { pick: 'Change nothing' }]);
    expect(enableFlowLogs).not.toHaveBeenCalled();
    expect(shown).toHaveLength(1);
    expect(shown[0]?.text).toContain('eu-central-1: shop (vpc-1)');
    expect(shown[0]?.text).toContain('aws ec2 create-flow-logs --profile production --region eu-central-1');
  });

  test('the plan can be carried out from the preview', async () => {
    await enable([...toBucket, { press: 'Preview' }, { pick: 'Create Flow Log' }]);
    expect(enableFlowLogs).toHaveBeenCalledTimes(1);
  });

  test('where nothing would be created, that is said instead', async () => {
    await enable(toBucket, [vpc('vpc-9', { state: { kind: 'logged' } })]);
    expect(enableFlowLogs).not.toHaveBeenCalled();
    expect(window.showInformationMessage.mock.calls[0]?.[0]).toContain('has a flow log that counts');
  });
});

describe('a role on request', () => {
  const withNewRole: readonly Reply[] = [
    { pick: 'CloudWatch Logs' },
    { pick: 'Type the name of a log group…' },
    { type: '/network/flow-logs' },
    { pick: 'Create a role…' },
    { type: 'flow-logs-delivery' },
    { pick: 'ALL' },
    { pick: '10 minutes' },
    { pick: 'Default format' },
    { type: '' },
  ];

  test('is shown before it is made, and made after the confirmation', async () => {
    const prompts = await enable([...withNewRole, create]);
    expect(shown[0]?.text).toContain('"logs:PutLogEvents"');
    expect(shown[0]?.text).toContain('vpc-flow-logs.amazonaws.com');
    expect(prompts.asked.at(-1)).toContain('An IAM role is made first: flow-logs-delivery');
    expect(enableFlowLogs.mock.calls[0]?.[3]?.isRoleNew).toBe(true);
    expect(enableFlowLogs.mock.calls[0]?.[2].destination).toMatchObject({
      roleArn: 'arn:aws:iam::123456789012:role/flow-logs-delivery',
    });
  });

  test('is not made where the user cancels', async () => {
    await enable([...withNewRole, 'cancel']);
    expect(createDeliveryRole).not.toHaveBeenCalled();
  });

  test('that cannot be made keeps the flow logs from being made', async () => {
    createDeliveryRole.mockResolvedValue({
      kind: 'failed',
      failure: failure({ operation: 'CreateRole' }),
      leftRole: 'flow-logs-delivery',
    });
    await enable([...withNewRole, create]);
    expect(enableFlowLogs).not.toHaveBeenCalled();
    expect(window.showInformationMessage.mock.calls[0]?.[0]).toContain('without its policy is left');
  });

  test('that is there already is used only when the user says so', async () => {
    createDeliveryRole.mockResolvedValue({
      kind: 'exists',
      roleArn: 'arn:aws:iam::123456789012:role/path/x',
    });
    await enable([...withNewRole, create, 'cancel']);
    expect(enableFlowLogs).not.toHaveBeenCalled();
    await enable([...withNewRole, create, { press: 'Use It' }]);
    expect(enableFlowLogs.mock.calls[0]?.[2].destination).toMatchObject({
      roleArn: 'arn:aws:iam::123456789012:role/path/x',
    });
  });
});

describe('a VPC that a stack made', () => {
  test('the template is the place, and the way there', async () => {
    const prompts = await enable([{ press: 'Show in Template' }], [ofStack]);
    expect(prompts.asked[0]).toContain('network/Vpc');
    expect(showInTemplate).toHaveBeenCalledWith(ofStack);
    expect(enableFlowLogs).not.toHaveBeenCalled();
  });

  test('can be enabled here all the same, or left out', async () => {
    await enable([{ press: 'Enable Here' }, ...toBucket, create], [ofStack]);
    expect(enableFlowLogs.mock.calls[0]?.[1]).toMatchObject([{ id: 'vpc-3' }]);
    await enable([{ press: 'Leave Them Out' }, ...toBucket, create], [bare, ofStack]);
    expect(enableFlowLogs.mock.calls[1]?.[1]).toMatchObject([{ id: 'vpc-1' }]);
  });
});

describe('afterwards', () => {
  const partly = () =>
    outcome({
      failed: [
        { vpc: other, failure: failure({ operation: 'CreateFlowLogs', code: 'FlowLogsLimitExceeded' }) },
      ],
    });

  test('the tree shows what AWS says', async () => {
    await enable([...toBucket, create]);
    expect(store.state).toMatchObject({ kind: 'open' });
    const known = store.state.kind === 'open' ? store.state.regions.get(bare.region) : undefined;
    expect(known?.state).toMatchObject({ vpcs: [{ state: { kind: 'logged' } }] });
  });

  test('the summary counts, and says in AWS’s words what failed', async () => {
    enableFlowLogs.mockResolvedValue(partly());
    await enable([...toBucket, { press: 'Create 2 Flow Logs' }], [bare, other]);
    const [message, ...buttons] = window.showWarningMessage.mock.calls[0] ?? [];
    expect(message).toContain('1 created, 1 failed');
    expect(message).toContain('FlowLogsLimitExceeded');
    expect(buttons).toEqual(['Retry Failed', 'Details', 'Undo']);
  });

  test('the details name each VPC', async () => {
    enableFlowLogs.mockResolvedValue(partly());
    window.showWarningMessage.mockResolvedValueOnce('Details');
    await enable([...toBucket, { press: 'Create 2 Flow Logs' }], [bare, other]);
    expect(shown.at(-1)?.text).toContain('us-east-1: vpc-2');
    expect(shown.at(-1)?.text).toContain('shop (vpc-1): fl-1');
  });

  test('a retry takes only what failed, as it was asked for, and an undo takes both', async () => {
    enableFlowLogs.mockResolvedValueOnce(partly());
    enableFlowLogs.mockResolvedValueOnce(
      outcome({ made: [{ region: other.region, flowLogId: 'fl-2', vpc: other }] }),
    );
    const enabling = flow(new ScriptedPrompts(...toBucket, { press: 'Create 2 Flow Logs' }));
    await enabling.enable([bare, other]);
    await enabling.retry();
    expect(enableFlowLogs.mock.calls[1]?.[1]).toEqual([other]);
    expect(enableFlowLogs.mock.calls[1]?.[2]).toEqual(enableFlowLogs.mock.calls[0]?.[2]);
    await enabling.undo();
    expect(undoEnabling.mock.calls[0]?.[1].map(({ flowLogId }) => flowLogId)).toEqual(['fl-1', 'fl-2']);
    expect(regionsRead).toEqual([bare.region, other.region]);
    await enabling.undo();
    expect(undoEnabling).toHaveBeenCalledTimes(1);
  });

  test('what an undo could not delete can be undone again', async () => {
    undoEnabling.mockResolvedValueOnce({
      deleted: [],
      alreadyGone: [],
      failed: [{ flowLogId: 'fl-1', failure: failure({ operation: 'DeleteFlowLogs' }) }],
      notTried: [],
      isCancelled: false,
    });
    const enabling = flow(new ScriptedPrompts(...toBucket, create));
    await enabling.enable([bare]);
    await enabling.undo();
    expect(window.showWarningMessage.mock.calls.at(-1)?.[0]).toContain('1 failed');
    await enabling.undo();
    expect(undoEnabling).toHaveBeenCalledTimes(2);
  });

  test('in another account nothing is undone', async () => {
    const enabling = flow(new ScriptedPrompts(...toBucket, create));
    await enabling.enable([bare]);
    const another = new AccountStore(
      async () => ({
        openAccount: async () => ({ kind: 'open', account: account('another') }),
        closeAccount: () => undefined,
        sweep: async function* sweep() {
          yield { kind: 'regions', regions: [] };
        },
        readRegion: async () => ({ kind: 'ready', vpcs: [] }),
      }),
      () => [],
    );
    await another.open({ profile: 'another' });
    vi.spyOn(store, 'state', 'get').mockReturnValue(another.state);
    await enabling.undo();
    expect(undoEnabling).not.toHaveBeenCalled();
    expect(window.showWarningMessage.mock.calls.at(-1)?.[0]).toContain('production');
  });

  test('the menus know whether there is something to undo or to try again', async () => {
    await enable([...toBucket, create]);
    expect(commands.executeCommand).toHaveBeenCalledWith('setContext', 'flowLogGuard.canUndo', true);
    expect(commands.executeCommand).toHaveBeenCalledWith('setContext', 'flowLogGuard.canRetry', false);
  });
});

test('the command for the same can be copied, and nothing is created', async () => {
  const prompts = new ScriptedPrompts(...toBucket);
  await flow(prompts).copyCommand([bare, other]);
  const [copied] = env.clipboard.writeText.mock.calls[0] ?? [];
  expect(copied?.split('\n')).toHaveLength(2);
  expect(copied).toContain('--resource-ids vpc-1');
  expect(enableFlowLogs).not.toHaveBeenCalled();
});
