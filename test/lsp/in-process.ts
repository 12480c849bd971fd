import { PassThrough } from 'node:stream';
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-jsonrpc/node';
import { createConnection } from 'vscode-languageserver/node';
import { onTestFinished } from 'vitest';
import type { Finding, VpcReport } from '../../server/src/coverage/model.ts';
import { startServer } from '../../server/src/lsp/server.ts';
import type { FileCheck } from '../../server/src/workspace/check.ts';
import { TestClient } from './test-client.ts';

/** A server in this process, on in-memory streams, with the given check in place of the real one. */
export function connect(checkText: (text: string) => FileCheck): TestClient {
  const toServer = new PassThrough();
  const toClient = new PassThrough();
  // Readers and writers rather than the streams: with streams the library ends the process when they end.
  const server = createConnection(new StreamMessageReader(toServer), new StreamMessageWriter(toClient));
  startServer(server, { version: '1.2.3', checkText });
  const client = new TestClient(
    createMessageConnection(new StreamMessageReader(toClient), new StreamMessageWriter(toServer)),
  );
  onTestFinished(() => {
    client.dispose();
    server.dispose();
  });
  return client;
}

/** A check that finds a bare VPC wherever the text says `Bare`, a covered one at `Covered`, and else no template. */
export function fakeCheck(text: string): FileCheck {
  const vpcs: VpcReport[] = [];
  for (const match of text.matchAll(/Bare|Covered/g)) {
    const span = { start: match.index, end: match.index + match[0].length };
    const verdict = match[0] === 'Bare' ? 'missing' : 'covered';
    vpcs.push({ logicalId: match[0], span, verdict, reason: '', flowLogs: [] });
  }
  if (vpcs.length === 0) return { kind: 'not-a-template' };
  const findings = vpcs.flatMap(({ verdict, logicalId, span }): Finding[] =>
    verdict === 'covered'
      ? []
      : [
          {
            code: 'vpc-no-flow-log',
            severity: 'warning',
            message: 'No flow log',
            logicalId,
            span,
            related: [],
          },
        ],
  );
  return { kind: 'template', problems: [], vpcs, findings };
}
