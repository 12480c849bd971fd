import { readFileSync } from 'node:fs';
import path from 'node:path';
import { createContext, Script } from 'node:vm';
import {
  AbstractMessageReader,
  AbstractMessageWriter,
  createMessageConnection,
  Emitter,
  type DataCallback,
  type Disposable,
  type Message,
} from 'vscode-jsonrpc/node';
import { beforeAll, expect, onTestFinished, test } from 'vitest';
import type { ExperimentalCapabilities } from '../../server/src/protocol.ts';
import { buildIfOutdated } from '../cli/command.ts';
import { pulling } from './capabilities.ts';
import { TestClient } from './test-client.ts';

const bundle = path.resolve(import.meta.dirname, '../../dist/server-browser.js');

/** What a worker of every browser has, and nothing of Node: no `process`, no `require`, no `Buffer`. */
const platform = {
  TextDecoder,
  TextEncoder,
  URL,
  clearInterval,
  clearTimeout,
  console,
  crypto,
  performance,
  queueMicrotask,
  setInterval,
  setTimeout,
  structuredClone,
};

class PortReader extends AbstractMessageReader {
  readonly #messages = new Emitter<Message>();

  listen(callback: DataCallback): Disposable {
    return this.#messages.event(callback);
  }

  receive(message: Message): void {
    this.#messages.fire(message);
  }
}

class PortWriter extends AbstractMessageWriter {
  readonly #send: (message: Message) => void;

  constructor(send: (message: Message) => void) {
    super();
    this.#send = send;
  }

  write(message: Message): Promise<void> {
    this.#send(message);
    return Promise.resolve();
  }

  end(): void {
    // A worker ends when it is told to.
  }
}

/** Runs the server that ships for browsers as a worker's script would be. */
function startWorker(): TestClient {
  const reader = new PortReader();
  const worker: Record<string, unknown> = {
    ...platform,
    addEventListener: () => undefined,
    // Messages are copied on their way, and arrive later.
    postMessage: (message: Message) => setTimeout(() => reader.receive(structuredClone(message)), 0),
  };
  worker['self'] = worker;
  new Script(readFileSync(bundle, 'utf8'), { filename: bundle }).runInContext(createContext(worker));
  const writer = new PortWriter((message) => {
    const receive = worker['onmessage'] as (event: { readonly data: Message }) => void;
    setTimeout(() => receive({ data: structuredClone(message) }), 0);
  });
  const client = new TestClient(createMessageConnection(reader, writer));
  onTestFinished(() => client.dispose());
  return client;
}

const folder = 'vscode-test-web://mount';
const parent = `Resources:
  Vpc:
    Type: AWS::EC2::VPC
  Monitoring:
    Type: AWS::CloudFormation::Stack
    Properties:
      TemplateURL: ./child.yaml
      Parameters:
        VpcId: !Ref Vpc
`;
const child = `Parameters:
  VpcId:
    Type: String
Resources:
  FlowLog:
    Type: AWS::EC2::FlowLog
    Properties:
      ResourceId: !Ref VpcId
      ResourceType: VPC
      TrafficType: ALL
      LogDestinationType: s3
      LogDestination: arn:aws:s3:::amzn-s3-demo-bucket
      MaxAggregationInterval: 60
`;

beforeAll(buildIfOutdated, 60_000);

test('without Node, files are checked, nested stacks followed and fixes offered', async () => {
  const client = startWorker();
  client.files.set(`${folder}/parent.yaml`, parent);
  client.files.set(`${folder}/child.yaml`, child);
  client.files.set(`${folder}/alone.yaml`, parent.replace('./child', './gone'));
  const experimental: ExperimentalCapabilities = { flowLogGuard: { files: true, templates: true } };
  const { serverInfo } = await client.initialize({ ...pulling, experimental }, undefined, [
    { uri: folder, name: 'mount' },
  ]);
  expect(serverInfo?.version).toMatch(/^\d+\.\d+\.\d+$/);
  await client.open(`${folder}/parent.yaml`, parent);
  expect(await client.pull(`${folder}/parent.yaml`)).toMatchObject({ kind: 'full', items: [] });
  expect(await client.lenses(`${folder}/parent.yaml`)).toMatchObject([
    { command: { title: 'Flow log: S3, ALL, 60 s' } },
  ]);
  const { items } = await client.pullWorkspace();
  expect(items).toMatchObject([{ uri: `${folder}/alone.yaml`, items: [{ code: 'vpc-no-flow-log' }] }]);
  expect((await client.templates()).map(({ uri }) => uri)).toEqual([
    `${folder}/alone.yaml`,
    `${folder}/parent.yaml`,
  ]);
  await client.shutdown();
});
