import { describe, expect, test } from 'vitest';
import { defaultSettings, parseSettings, pushedSection } from '../../server/src/lsp/settings.ts';
import { pulling, pushing, wantingStatus } from './capabilities.ts';
import { connect, fakeCheck } from './in-process.ts';

const uri = 'file:///template.yaml';
const pushedSettings = { ...pushing, ...wantingStatus };
const pulledSettings = { ...pulling, ...wantingStatus };

describe('reading the section', () => {
  test.each([
    ['nothing', undefined],
    ['what an editor sends for an unset section', null],
    ['an empty section', {}],
    ['an unset value', { enable: null }],
  ])('%s gives the defaults without a complaint', (_name, section) => {
    expect(parseSettings(section)).toEqual({ settings: defaultSettings, problems: [] });
  });

  test('what is set is taken', () => {
    expect(parseSettings({ enable: false })).toEqual({
      settings: { ...defaultSettings, enable: false },
      problems: [],
    });
  });

  test.each([
    [{ enable: 'no' }, 'flowLogGuard.enable'],
    [{ enable: [] }, 'flowLogGuard.enable'],
    ['off', 'flowLogGuard'],
    [[false], 'flowLogGuard'],
  ])('%j gives the defaults and names what is wrong', (section, named) => {
    const { settings, problems } = parseSettings(section);
    expect(settings).toEqual(defaultSettings);
    expect(problems).toEqual([expect.stringContaining(`${named}: expected`)]);
  });

  test('severities are taken one by one, and null is nothing', () => {
    const severity = {
      'vpc-no-flow-log': 'error',
      'vpc-flow-log-unknown': 'off',
      'log-group-no-retention': null,
    };
    expect(parseSettings({ standard: 'config-rule', severity })).toEqual({
      settings: {
        enable: true,
        codeLens: true,
        standard: 'config-rule',
        severity: { 'vpc-no-flow-log': 'error', 'vpc-flow-log-unknown': 'off' },
        flowLog: {},
      },
      problems: [],
    });
  });

  test('a severity that is none costs the other ones nothing but the section', () => {
    const { settings, problems } = parseSettings({ enable: false, severity: { 'vpc-no-flow-log': 'loud' } });
    expect(settings).toEqual({ ...defaultSettings, enable: false });
    expect(problems).toEqual([expect.stringContaining('flowLogGuard.severity')]);
  });

  test('what new flow logs are like is taken, and what is empty or null is not set', () => {
    const flowLog = {
      destination: 's3',
      trafficType: null,
      maxAggregationInterval: 60,
      logFormat: '',
      cloudWatchLogs: { retentionInDays: 90, deliverLogsPermissionArn: '' },
      s3: { bucketArn: 'arn:aws:s3:::amzn-s3-demo-bucket', hiveCompatiblePartitions: false },
      tags: { team: 'network' },
    };
    expect(parseSettings({ flowLog })).toEqual({
      settings: {
        ...defaultSettings,
        flowLog: {
          destination: 's3',
          maxAggregationInterval: 60,
          cloudWatchLogs: { retentionInDays: 90 },
          s3: { bucketArn: 'arn:aws:s3:::amzn-s3-demo-bucket', hiveCompatiblePartitions: false },
          tags: { team: 'network' },
        },
      },
      problems: [],
    });
  });

  test.each([
    ['destination', { destination: 'tape' }],
    ['s3.prefix', { s3: { prefix: 'AWSLogs/x' } }],
    ['cloudWatchLogs.retentionInDays', { cloudWatchLogs: { retentionInDays: 2 } }],
    ['tags.aws:x', { tags: { 'aws:x': 'y' } }],
  ])('a wrong %s is named, and costs the other settings nothing', (key, flowLog) => {
    const { settings, problems } = parseSettings({ flowLog: { trafficType: 'REJECT', ...flowLog } });
    expect(settings.flowLog.trafficType).toBe('REJECT');
    expect(JSON.stringify(settings)).not.toContain(Object.values(flowLog)[0]);
    expect(problems).toEqual([expect.stringMatching(`^flowLogGuard\\.flowLog\\.${key}: must `)]);
  });

  test("a client's own settings in the section are left alone", () => {
    expect(parseSettings({ enable: false, trace: { server: 'verbose' } }).problems).toEqual([]);
  });

  test('a client may send the section with its name or without', () => {
    expect(pushedSection({ flowLogGuard: { enable: false } })).toEqual({ enable: false });
    expect(pushedSection({ enable: false })).toEqual({ enable: false });
    expect(pushedSection(undefined)).toBeUndefined();
  });
});

describe('a client that tells its settings', () => {
  test('can turn the check off from the start', async () => {
    const client = connect(fakeCheck);
    await client.initialize(pushedSettings, { enable: false });
    await client.open(uri, 'Bare');
    expect(await client.published.next()).toMatchObject({ diagnostics: [] });
    expect(await client.statuses.next()).toEqual({ uri, version: 1, state: { kind: 'disabled' } });
  });

  test('sees a change at once in all open files', async () => {
    const client = connect(fakeCheck);
    await client.initialize(pushedSettings);
    await client.open(uri, 'Bare');
    await client.open('file:///other.yaml', 'Bare Covered');
    expect((await client.published.next()).diagnostics).toHaveLength(1);
    expect((await client.published.next()).diagnostics).toHaveLength(1);

    await client.changeSettings({ flowLogGuard: { enable: false } });
    expect(await client.published.next()).toEqual({ uri, version: 1, diagnostics: [] });
    expect(await client.published.next()).toEqual({ uri: 'file:///other.yaml', version: 1, diagnostics: [] });

    await client.changeSettings({ flowLogGuard: { enable: true } });
    expect((await client.published.next()).diagnostics).toHaveLength(1);
  });

  test('is warned of a bad value, and the default holds', async () => {
    const client = connect(fakeCheck);
    await client.initialize(pushedSettings, { flowLogGuard: { enable: 'sometimes' } });
    expect(await client.logged.next()).toMatchObject({
      type: 2,
      message: expect.stringContaining('flowLogGuard.enable'),
    });
    await client.open(uri, 'Bare');
    expect((await client.published.next()).diagnostics).toHaveLength(1);
  });
});

describe('a client that is asked for its settings', () => {
  test('is asked once for each file, until it says that they changed', async () => {
    const client = connect(fakeCheck);
    await client.initialize(pulledSettings);
    await client.open(uri, 'Bare');
    await client.pull(uri);
    await client.pull(uri);
    expect(client.settingsRequests.all).toEqual([{ items: [{ scopeUri: uri, section: 'flowLogGuard' }] }]);
  });

  test('is asked again for a file that is closed and opened again', async () => {
    const client = connect(fakeCheck);
    await client.initialize(pulledSettings);
    await client.open(uri, 'Bare');
    await client.pull(uri);
    await client.close(uri);
    client.settingsOf = () => ({ enable: false });
    await client.open(uri, 'Bare');
    expect(await client.pull(uri)).toMatchObject({ items: [] });
  });

  test('can turn the check off for one file', async () => {
    const client = connect(fakeCheck);
    client.settingsOf = (scope) => ({ enable: scope !== uri });
    await client.initialize(pulledSettings);
    await client.open(uri, 'Bare');
    await client.open('file:///other.yaml', 'Bare');
    expect(await client.pull(uri)).toMatchObject({ kind: 'full', items: [] });
    expect(await client.pull('file:///other.yaml')).toMatchObject({ items: [{ code: 'vpc-no-flow-log' }] });
    expect(client.statuses.all.map(({ state }) => state.kind)).toEqual(['disabled', 'template']);
  });

  test('registers for changes and pulls again after one that matters', async () => {
    const client = connect(fakeCheck);
    await client.initialize(pulledSettings);
    expect(await client.registrations.next()).toMatchObject({
      registrations: [
        { method: 'workspace/didChangeConfiguration', registerOptions: { section: 'flowLogGuard' } },
      ],
    });
    await client.open(uri, 'Bare');
    const before = await client.pull(uri);

    client.settingsOf = () => ({ enable: false });
    await client.changeSettings(null);
    await client.refreshes.next();
    expect(await client.pull(uri, before.resultId)).toMatchObject({ kind: 'full', items: [] });
  });

  test('is not made to pull again by a change of something else', async () => {
    const client = connect(fakeCheck);
    await client.initialize(pulledSettings);
    await client.open(uri, 'Bare');
    await client.pull(uri);
    await client.changeSettings(null);
    await client.settingsRequests.next();
    await client.settingsRequests.next();
    await client.pull(uri);
    await client.shutdown();
    expect(client.refreshes.all).toEqual([]);
  });

  test('gets the defaults where it cannot answer, and the log says so', async () => {
    const client = connect(fakeCheck);
    client.settingsOf = () => Promise.reject(new Error('no settings here'));
    await client.initialize(pulledSettings);
    await client.open(uri, 'Bare');
    expect(await client.pull(uri)).toMatchObject({ items: [{ code: 'vpc-no-flow-log' }] });
    expect(await client.logged.next()).toMatchObject({
      type: 2,
      message: expect.stringContaining('no settings here'),
    });
  });

  test('is warned of a bad value once, not for every file', async () => {
    const client = connect(fakeCheck);
    client.settingsOf = () => ({ enable: 1 });
    await client.initialize(pulledSettings);
    await client.open(uri, 'Bare');
    await client.open('file:///other.yaml', 'Bare');
    await client.pull(uri);
    await client.pull('file:///other.yaml');
    await client.shutdown();
    expect(client.logged.all).toHaveLength(1);
  });
});
