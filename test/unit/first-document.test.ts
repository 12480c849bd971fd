import { afterEach, expect, test, vi } from 'vitest';
import { startWithFirstDocument } from '../../client/src/language/first-document.ts';
import { user, workspace } from './fake-vscode.ts';

vi.mock('vscode', () => import('./fake-vscode.ts'));

const template = { uri: 'file:///template.yaml' };
const ownOfTheEditor = { uri: 'vscode-userdata:/chatLanguageModels.json' };

afterEach(() => {
  workspace.textDocuments.length = 0;
});

function startCounter() {
  return { start: vi.fn<() => Promise<void>>(() => Promise.resolve()) };
}

test('a document that is open already starts the server', () => {
  workspace.textDocuments.push(template);
  const server = startCounter();
  startWithFirstDocument(server);
  user.openDocument(template);
  expect(server.start).toHaveBeenCalledTimes(1);
});

test('the first document for the server starts it, once', () => {
  const server = startCounter();
  startWithFirstDocument(server);
  user.openDocument(ownOfTheEditor);
  expect(server.start).not.toHaveBeenCalled();
  user.openDocument(template);
  user.openDocument(template);
  expect(server.start).toHaveBeenCalledTimes(1);
});

test('nothing starts it once the extension is gone', () => {
  const server = startCounter();
  startWithFirstDocument(server).dispose();
  user.openDocument(template);
  expect(server.start).not.toHaveBeenCalled();
});
