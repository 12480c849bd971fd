import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { EC2Client } from '@aws-sdk/client-ec2';
import { FirehoseClient } from '@aws-sdk/client-firehose';
import { IAMClient } from '@aws-sdk/client-iam';
import { S3Client } from '@aws-sdk/client-s3';
import { STSClient } from '@aws-sdk/client-sts';
import { NoOpLogger } from '@smithy/core/client';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import type { AwsCredentialIdentityProvider } from '@smithy/types';
import { answerHandler } from './answer-handler.ts';
import { configuredEndpoint } from './endpoints.ts';
import { createTurns, type Turns } from './turns.ts';

/** The SDK's clients of one account, one a service and region, made when first needed. All share their connections. */
export interface AwsClients {
  ec2(region: string): Promise<EC2Client>;
  /** Slows itself down as AWS demands, and tries more often: what creates must not fail for haste. */
  ec2Changes(region: string): Promise<EC2Client>;
  sts(): Promise<STSClient>;
  s3(): Promise<S3Client>;
  iam(): Promise<IAMClient>;
  logs(region: string): Promise<CloudWatchLogsClient>;
  firehose(region: string): Promise<FirehoseClient>;
  /** Between which the answers to all of them, and the calls of a sweep, are spread. */
  readonly turns: Turns;
  /** Closes the connections. */
  destroy(): void;
}

/** In milliseconds, of one attempt. */
export interface Timeouts {
  readonly connection: number;
  /** Until the answer begins, and between two pieces of it. */
  readonly request: number;
}

const defaultTimeouts: Timeouts = { connection: 5_000, request: 20_000 };

/** A region has two calls under way; all regions may have one host, where an endpoint is configured. */
const MAX_SOCKETS = 100;

export interface ClientOptions {
  readonly profile: string | undefined;
  readonly homeRegion: string;
  readonly credentials: AwsCredentialIdentityProvider;
  readonly requestHandler: NodeHttpHandler;
}

export function createRequestHandler({ connection, request }: Timeouts = defaultTimeouts): NodeHttpHandler {
  return new NodeHttpHandler({
    connectionTimeout: connection,
    requestTimeout: request,
    // Without it the SDK only warns, and waits for ever.
    throwOnRequestTimeout: true,
    socketTimeout: request,
    httpAgent: { keepAlive: true, maxSockets: MAX_SOCKETS },
    httpsAgent: { keepAlive: true, maxSockets: MAX_SOCKETS },
    // By default it warns on the console.
    logger: silent,
  });
}

export function createClients({
  profile,
  homeRegion,
  credentials,
  requestHandler,
}: ClientOptions): AwsClients {
  const turns = createTurns();
  const clients = new Map<string, Promise<unknown>>();
  const endpoints = new Map<string, Promise<string | undefined>>();
  const xml = answerHandler(requestHandler, 'xml', turns.ofAnswer);
  const json = answerHandler(requestHandler, 'json', turns.ofAnswer);

  function client<C>(key: string, serviceId: string, create: (shared: SharedConfig) => C): Promise<C> {
    let made = clients.get(key) as Promise<C> | undefined;
    made ??= endpointOf(serviceId).then((endpoint) => create(config(endpoint)));
    clients.set(key, made);
    return made;
  }

  /** Looked up once for all regions. */
  function endpointOf(serviceId: string): Promise<string | undefined> {
    const endpoint = endpoints.get(serviceId) ?? configuredEndpoint(serviceId, profile);
    endpoints.set(serviceId, endpoint);
    return endpoint;
  }

  function config(endpoint: string | undefined) {
    return {
      credentials,
      requestHandler: xml,
      logger: silent,
      ...(profile === undefined ? {} : { profile }),
      ...(endpoint === undefined ? { ignoreConfiguredEndpointUrls: true } : { endpoint }),
    };
  }

  type SharedConfig = ReturnType<typeof config>;

  return {
    ec2: (region) => client(`ec2 ${region}`, 'EC2', (shared) => new EC2Client({ ...shared, region })),
    ec2Changes: (region) =>
      client(
        `ec2 changes ${region}`,
        'EC2',
        (shared) => new EC2Client({ ...shared, region, retryMode: 'adaptive', maxAttempts: 8 }),
      ),
    sts: () => client('sts', 'STS', (shared) => new STSClient({ ...shared, region: homeRegion })),
    s3: () => client('s3', 'S3', (shared) => new S3Client({ ...shared, region: homeRegion })),
    iam: () => client('iam', 'IAM', (shared) => new IAMClient({ ...shared, region: homeRegion })),
    logs: (region) =>
      client(
        `logs ${region}`,
        'CloudWatch Logs',
        (shared) => new CloudWatchLogsClient({ ...shared, requestHandler: json, region }),
      ),
    firehose: (region) =>
      client(
        `firehose ${region}`,
        'Firehose',
        (shared) => new FirehoseClient({ ...shared, requestHandler: json, region }),
      ),
    turns,
    destroy: () => requestHandler.destroy(),
  };
}

/**
 * Says nothing, anywhere. Some parts of the SDK write to the console where the logger is called NoOpLogger, so this one
 * has a name of its own; and as it is one by its class, the SDK makes no copy of each answer to be logged.
 */
class SilentLogger extends NoOpLogger {}

const silent = new SilentLogger();
