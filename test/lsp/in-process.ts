import { PassThrough } from 'node:stream';
import { createMessageConnection, StreamMessageReader, StreamMessageWriter } from 'vscode-jsonrpc/node';
import { createConnection } from 'vscode-languageserver/node';
import { onTestFinished } from 'vitest';
import type { Finding, VpcReport } from '../../server/src/coverage/model.ts';
import { followCdkApplications } from '../../server/src/lsp/cdk-applications.ts';
import type { CheckingWorkspace } from '../../server/src/lsp/document-checks.ts';
import { localDisk } from '../../server/src/workspace/local-disk.ts';
import { startServer } from '../../server/src/lsp/server.ts';
import { serveDocuments } from '../../server/src/lsp/serving.ts';
import type { FileCheck } from '../../server/src/workspace/file-check.ts';
import { TestClient } from './test-client.ts';

/** A server in this process, on in-memory streams; a given check takes the place of the real one. */
export function connect(checkText?: (text: string) => FileCheck): TestClient {
  const toServer = new PassThrough();
  const toClient = new PassThrough();
  // Readers and writers rather than the streams: with streams the library ends the process when they end.
  const server = createConnection(new StreamMessageReader(toServer), new StreamMessageWriter(toClient));
  startServer(server, {
    version: '1.2.3',
    serve: (session) =>
      serveDocuments(session, {
        cdk: followCdkApplications,
        disk: localDisk,
        ...(checkText !== undefined && { workspace: workspaceOf(checkText) }),
      }),
  });
  const client = new TestClient(
    createMessageConnection(new StreamMessageReader(toClient), new StreamMessageWriter(toServer)),
  );
  onTestFinished(() => {
    client.dispose();
    server.dispose();
  });
  return client;
}

/** A workspace of unrelated files that checks each text once. */
function workspaceOf(checkText: (text: string) => FileCheck): CheckingWorkspace {
  const texts = new Map<string, string>();
  const checks = new Map<string, FileCheck>();
  return {
    linkState: undefined,
    isChecked: (file) => checks.has(file),
    setBasePolicy: () => undefined,
    openDocument: (file, text) => {
      texts.set(file, text);
      checks.delete(file);
    },
    closeDocument: (file) => texts.delete(file),
    readAhead: () => undefined,
    check: (file) => {
      const known = checks.get(file) ?? checkText(texts.get(file) ?? '');
      checks.set(file, known);
      return known;
    },
  };
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
