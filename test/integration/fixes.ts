import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { fileUri, show, untilFindings } from './workspace.ts';

const bare = ['vpc-no-flow-log'];

/** The quick fixes that Ctrl+. offers on the squiggle, with their edits. */
async function quickFixes(uri: vscode.Uri): Promise<readonly vscode.CodeAction[]> {
  const [finding] = await untilFindings(uri, bare);
  assert.ok(finding);
  return vscode.commands.executeCommand<vscode.CodeAction[]>(
    'vscode.executeCodeActionProvider',
    uri,
    finding.range,
    vscode.CodeActionKind.QuickFix.value,
    10,
  );
}

async function setOnSave(value: Record<string, string> | undefined): Promise<void> {
  const settings = vscode.workspace.getConfiguration('editor');
  await settings.update('codeActionsOnSave', value, vscode.ConfigurationTarget.Workspace);
}

afterEach(async () => {
  for (const document of vscode.workspace.textDocuments.filter(({ isDirty }) => isDirty)) {
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('workbench.action.files.revert');
  }
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
});

describe('quick fixes', () => {
  for (const name of ['bare-vpc.yaml', 'bare-vpc.json']) {
    it(`in ${name} do away with the finding, and undo brings back the text exactly`, async () => {
      const uri = fileUri(name);
      const { document } = await show(uri);
      const before = document.getText();
      const preferred = (await quickFixes(uri)).find(({ isPreferred }) => isPreferred === true);
      assert.ok(preferred?.edit, 'there is a preferred fix with an edit');

      assert.ok(await vscode.workspace.applyEdit(preferred.edit));
      assert.match(document.getText(), /AWS::EC2::FlowLog/);
      await vscode.commands.executeCommand('undo');
      assert.equal(document.getText(), before);
      await vscode.commands.executeCommand('redo');
      await untilFindings(uri, []);
    });
  }

  it('chosen by the keyboard are applied with their indentation as written', async () => {
    const uri = fileUri('bare-vpc.yaml');
    const editor = await show(uri);
    const [finding] = await untilFindings(uri, bare);
    assert.ok(finding);
    editor.selection = new vscode.Selection(finding.range.start, finding.range.start);
    await vscode.commands.executeCommand('editor.action.autoFix');
    await untilFindings(uri, []);
    const keys = editor.document
      .getText()
      .split(/\r?\n/)
      .filter((line) => /^ *\w+:$/.test(line))
      .map((line) => line.search(/\S/));
    assert.ok(keys.every((indent) => indent % 2 === 0 && indent < 20));
    assert.match(editor.document.getText(), /^ {2}\w+:\r?\n {4}Type: AWS::EC2::FlowLog$/m);
  });

  it('are made on save where the user wants it', async () => {
    const uri = fileUri('bare-vpc.yaml');
    const original = await vscode.workspace.fs.readFile(uri);
    await setOnSave({ 'source.fixAll.flowLogGuard': 'explicit' });
    try {
      const editor = await show(uri);
      await untilFindings(uri, bare);
      const end = editor.document.lineAt(editor.document.lineCount - 1).range.end;
      assert.ok(await editor.edit((edit) => edit.insert(end, '# saved\n')));
      assert.ok(await editor.document.save());
      const saved = new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
      assert.match(saved, /AWS::EC2::FlowLog/);
      await untilFindings(uri, []);
    } finally {
      await setOnSave(undefined);
      await vscode.workspace.fs.writeFile(uri, original);
    }
  });
});
