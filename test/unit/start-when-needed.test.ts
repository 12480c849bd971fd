import { afterEach, describe, expect, test, vi } from 'vitest';
import { startWhenNeeded } from '../../client/src/language/start-when-needed.ts';
import { user, workspace } from './fake-vscode.ts';

vi.mock('vscode', () => import('./fake-vscode.ts'));

const template = { uri: 'file:///template.yaml' };
const ownOfTheEditor = { uri: 'vscode-userdata:/chatLanguageModels.json' };

afterEach(() => {
  workspace.textDocuments.length = 0;
  workspace.found.clear();
  workspace.onDisk.clear();
});

function startCounter() {
  return { start: vi.fn<() => Promise<void>>(() => Promise.resolve()) };
}

test('a document that is open already starts the server', () => {
  workspace.textDocuments.push(template);
  const server = startCounter();
  startWhenNeeded(server);
  user.openDocument(template);
  expect(server.start).toHaveBeenCalledTimes(1);
});

test('the first document for the server starts it, once', () => {
  const server = startCounter();
  startWhenNeeded(server);
  user.openDocument(ownOfTheEditor);
  expect(server.start).not.toHaveBeenCalled();
  user.openDocument(template);
  user.openDocument(template);
  expect(server.start).toHaveBeenCalledTimes(1);
});

test('nothing starts it once the extension is gone', () => {
  const server = startCounter();
  startWhenNeeded(server).dispose();
  user.openDocument(template);
  expect(server.start).not.toHaveBeenCalled();
});

describe('without a document for it, the server starts', () => {
  test('for a cloud assembly that is there', async () => {
    workspace.found.set('**/cdk.out', ['/app/build/cdk.out']);
    const server = startCounter();
    startWhenNeeded(server);
    await vi.waitFor(() => expect(server.start).toHaveBeenCalledTimes(1));
  });

  test('for one that searches do not find, beside its application', async () => {
    workspace.found.set('**/cdk.json', ['/other/cdk.json', '/app/cdk.json']);
    workspace.onDisk.add('/app/cdk.out/manifest.json');
    const server = startCounter();
    startWhenNeeded(server);
    await vi.waitFor(() => expect(server.start).toHaveBeenCalledTimes(1));
  });

  test('for the first synthesis, and no earlier', async () => {
    workspace.found.set('**/cdk.json', ['/app/cdk.json']);
    const server = startCounter();
    startWhenNeeded(server);
    await new Promise(setImmediate);
    expect(server.start).not.toHaveBeenCalled();
    user.createsFile('/app/cdk.out/cdk.out');
    user.createsFile('/app/cdk.out/cdk.out');
    expect(server.start).toHaveBeenCalledTimes(1);
  });
});
