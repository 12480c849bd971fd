import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { fileUri, show, until, untilFindings } from './workspace.ts';

afterEach(async () => {
  const dirty = vscode.workspace.textDocuments.filter(({ isDirty }) => isDirty);
  for (const document of dirty) {
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  }
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
});

describe('the sample template', () => {
  it('opens without a file, and its VPC is found', async () => {
    await vscode.commands.executeCommand('flowLogGuard.openSampleTemplate');
    const document = vscode.window.activeTextEditor?.document;
    assert.ok(document);
    assert.equal(document.uri.scheme, 'untitled');
    assert.equal(document.languageId, 'yaml');
    const [finding] = await untilFindings(document.uri, ['vpc-no-flow-log']);
    assert.ok(finding);
    assert.equal(document.getText(finding.range), 'Vpc');
  });
});

describe('flow log records', () => {
  async function hoverOn(document: vscode.TextDocument, text: string): Promise<string> {
    const position = document.positionAt(document.getText().indexOf(text));
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      document.uri,
      position,
    );
    return (
      hovers
        .flatMap(({ contents }) => contents)
        .map((content) => (typeof content === 'string' ? content : content.value))
        .join('\n')
        // VS Code makes Markdown of what is plain text.
        .replaceAll('&nbsp;', ' ')
    );
  }

  it('are known by their extension and by the name that S3 gives them', async () => {
    for (const name of ['records.flowlog', '111122223333_vpcflowlogs_us-east-1_fl-1_20260105T1010Z_0.log']) {
      const { document } = await show(fileUri(name));
      assert.equal(document.languageId, 'flow-log-records', name);
    }
  });

  it('are known by their first line where nothing else claims the file', async () => {
    const { document } = await show(fileUri('records-without-extension'));
    assert.equal(document.languageId, 'flow-log-records');
  });

  it('leave other logs alone', async () => {
    const { document } = await show(fileUri('other.log'));
    assert.notEqual(document.languageId, 'flow-log-records');
  });

  it('are explained on hover', async () => {
    const { document } = await show(fileUri('records.flowlog'));
    // The server may still be starting.
    const deadline = Date.now() + 30_000;
    let hover = await hoverOn(document, '1418530010');
    while (hover === '' && Date.now() < deadline) hover = await hoverOn(document, '1418530010');
    assert.match(hover, /2014-12-14 04:06:50 UTC/);
  });
});

describe('the walkthrough', () => {
  it('opens', async () => {
    await vscode.commands.executeCommand(
      'workbench.action.openWalkthrough',
      'flow-log-guard.flow-log-guard#start',
      false,
    );
    await until('an editor for it is open', () =>
      vscode.window.tabGroups.all.some(({ tabs }) => tabs.length > 0),
    );
  });
});
