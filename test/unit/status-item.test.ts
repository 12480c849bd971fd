import { expect, test, vi } from 'vitest';
import type { LanguageServer, ServerState } from '../../client/src/language/language-server.ts';
import { createStatusItem, describe } from '../../client/src/language/status-item.ts';
import type { DocumentState, DocumentStatus } from '../../server/src/protocol.ts';
import { EventEmitter, LanguageStatusSeverity, statusItem, user } from './fake-vscode.ts';

vi.mock('vscode', () => import('./fake-vscode.ts'));

function template(vpcs: number, covered: number, bare: number): DocumentState {
  return { kind: 'template', vpcs, covered, bare };
}

test.each([
  [template(0, 0, 0), 'No VPCs', '', 'Information'],
  [template(1, 1, 0), 'The VPC has a flow log', '', 'Information'],
  [template(1, 0, 1), 'The VPC lacks a flow log', '', 'Warning'],
  [template(1, 0, 0), 'The VPC may lack a flow log', 'Cannot be decided: 1', 'Information'],
  [template(3, 3, 0), '3 of 3 VPCs have flow logs', '', 'Information'],
  [template(3, 2, 1), '2 of 3 VPCs have flow logs', '', 'Warning'],
  [template(4, 1, 1), '1 of 4 VPCs have flow logs', 'Cannot be decided: 2', 'Warning'],
  [{ kind: 'not-a-template' }, 'Not a CloudFormation template', '', 'Information'],
  [{ kind: 'disabled' }, 'Turned off by a setting', '', 'Information'],
  [
    { kind: 'ignored', by: '/w/.flow-log-guard.yaml' },
    'Not checked',
    'Ignored by /w/.flow-log-guard.yaml',
    'Information',
  ],
  [{ kind: 'project-file', problems: 0 }, 'Says how templates are checked', '', 'Information'],
  [{ kind: 'project-file', problems: 2 }, 'Has settings that do not hold', '', 'Warning'],
  [
    { kind: 'unreadable', message: 'It is too large' },
    'The template cannot be read',
    'It is too large',
    'Warning',
  ],
] as const)('%j reads: %s', (state, text, detail, severity) => {
  const status = describe('running', state);
  expect(status).toMatchObject({ text, detail, severity: LanguageStatusSeverity[severity], busy: false });
});

test('the item is busy until the server has started and looked at the file', () => {
  expect(describe('starting', undefined).busy).toBe(true);
  expect(describe('running', undefined).busy).toBe(true);
});

test('a stopped server is an error, with a way to start it again', () => {
  expect(describe('stopped', template(1, 1, 0))).toMatchObject({
    severity: LanguageStatusSeverity.Error,
    busy: false,
    command: { command: 'flowLogGuard.restartServer' },
  });
});

test('the item follows the file at hand, the server and what it finds', () => {
  const states = new EventEmitter<ServerState>();
  const inspections = new EventEmitter<DocumentStatus>();
  const server = {
    state: 'running' as ServerState,
    onDidChangeState: states.event,
    onDidInspectDocument: inspections.event,
  };
  user.shows('file:///a.yaml');
  const item = createStatusItem(server as unknown as LanguageServer);
  expect(statusItem['busy']).toBe(true);

  inspections.fire({ uri: 'file:///a.yaml', version: 1, state: template(3, 2, 1) });
  expect(statusItem['text']).toBe('2 of 3 VPCs have flow logs');

  // As when the log is shown below the file.
  user.shows('output:log');
  user.shows(undefined);
  expect(statusItem['text']).toBe('2 of 3 VPCs have flow logs');

  inspections.fire({ uri: 'file:///b.yaml', version: 1, state: { kind: 'not-a-template' } });
  expect(statusItem['text']).toBe('2 of 3 VPCs have flow logs');
  user.shows('file:///b.yaml');
  expect(statusItem['text']).toBe('Not a CloudFormation template');

  user.closes('file:///a.yaml');
  user.shows('file:///a.yaml');
  expect(statusItem['busy']).toBe(true);

  inspections.fire({ uri: 'file:///a.yaml', version: 1, state: template(1, 1, 0) });
  server.state = 'stopped';
  states.fire('stopped');
  expect(statusItem['severity']).toBe(LanguageStatusSeverity.Error);
  server.state = 'running';
  states.fire('running');
  // What the server that has stopped said no longer counts.
  expect(statusItem['busy']).toBe(true);
  item.dispose();
});
