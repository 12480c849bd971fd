import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import * as vscode from 'vscode';
import { ownExtension, until } from './workspace.ts';

const isAwsLoaded = (): boolean =>
  Object.keys(require.cache).some((file) => /[\\/]dist[\\/]aws\.cjs$/.test(file));

describe('the account', () => {
  it('has its commands, and loads nothing of AWS for templates', async () => {
    await until('the extension is active', () => ownExtension().isActive);
    const registered = await vscode.commands.getCommands(true);
    const manifest = ownExtension().packageJSON as {
      contributes: { commands: { command: string }[] };
    };
    const contributed = manifest.contributes.commands.map(({ command }) => command);
    assert.deepEqual(
      contributed.filter((command) => !registered.includes(command)),
      [],
    );
    assert.equal(isAwsLoaded(), false);
  });

  it('loads nothing of AWS when its view is shown, before the user has asked for an account', async () => {
    await vscode.commands.executeCommand('flowLogGuard.account.focus');
    assert.equal(isAwsLoaded(), false);
  });

  it('has commands that do no harm where there is nothing to act on', async () => {
    for (const command of ['stopLoading', 'undoEnabling', 'retryEnabling', 'showOnlyBareVpcs', 'showAllVpcs'])
      await vscode.commands.executeCommand(`flowLogGuard.${command}`);
    assert.equal(isAwsLoaded(), false);
  });
});
