import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { codeOf, fileUri, findings, show, untilFindings } from './workspace.ts';

const bare = ['vpc-no-flow-log'];

const flowLog = `  FlowLog:
    Type: AWS::EC2::FlowLog
    Properties:
      ResourceType: VPC
      ResourceId: !Ref Vpc
      TrafficType: ALL
      LogDestinationType: s3
      LogDestination: arn:aws:s3:::flow-logs
`;

async function append(editor: vscode.TextEditor, text: string): Promise<void> {
  const end = editor.document.lineAt(editor.document.lineCount - 1).range.end;
  assert.ok(await editor.edit((edit) => edit.insert(end, text)));
}

async function setEnabled(value: boolean | undefined): Promise<void> {
  const settings = vscode.workspace.getConfiguration('flowLogGuard');
  await settings.update('enable', value, vscode.ConfigurationTarget.Workspace);
}

afterEach(async () => {
  await setEnabled(undefined);
  for (const document of vscode.workspace.textDocuments.filter(({ isDirty }) => isDirty)) {
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('workbench.action.files.revert');
  }
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
});

describe('diagnostics', () => {
  it('flags the logical id of a VPC without a flow log, with a link to the rule', async () => {
    const uri = fileUri('bare-vpc.yaml');
    const { document } = await show(uri);

    const [finding] = await untilFindings(uri, bare);

    assert.ok(finding);
    assert.equal(document.getText(finding.range), 'Vpc');
    assert.equal(finding.range.start.line, 2);
    assert.equal(finding.severity, vscode.DiagnosticSeverity.Warning);
    assert.ok(typeof finding.code === 'object' && finding.code.target.scheme === 'https');
  });

  it('flags it in a JSON template', async () => {
    const uri = fileUri('bare-vpc.json');
    const { document } = await show(uri);

    const [finding] = await untilFindings(uri, bare);

    assert.ok(finding);
    assert.match(document.getText(finding.range), /^"?Vpc"?$/);
  });

  it('follows the text: a flow log is added, and taken away again by undo', async () => {
    const uri = fileUri('bare-vpc.yaml');
    const editor = await show(uri);
    await untilFindings(uri, bare);

    await append(editor, flowLog);
    await untilFindings(uri, []);

    await vscode.commands.executeCommand('undo');
    await untilFindings(uri, bare);
  });

  it('says nothing about a Kubernetes manifest, and looks again when it becomes a template', async () => {
    const manifest = fileUri('kubernetes.yaml');
    const editor = await show(manifest);
    const template = fileUri('bare-vpc.yaml');
    await vscode.workspace.openTextDocument(template);
    await show(template);
    // The server takes one document after the other, so by then it has seen the manifest, too.
    await untilFindings(template, bare);
    assert.deepEqual(findings(manifest).map(codeOf), []);

    const text = (await vscode.workspace.openTextDocument(template)).getText();
    const again = await show(editor.document.uri);
    const everything = new vscode.Range(0, 0, again.document.lineCount, 0);
    assert.ok(await again.edit((edit) => edit.replace(everything, text)));
    await untilFindings(manifest, bare);
  });

  it('is silent while flowLogGuard.enable is false', async () => {
    const uri = fileUri('bare-vpc.yaml');
    await show(uri);
    await untilFindings(uri, bare);

    await setEnabled(false);
    await untilFindings(uri, []);

    await setEnabled(true);
    await untilFindings(uri, bare);
  });

  it('comes back after the server has been restarted', async () => {
    const uri = fileUri('bare-vpc.yaml');
    await show(uri);
    await untilFindings(uri, bare);

    // The old server's findings go with it, so there is a moment without any.
    const gone = untilFindings(uri, []);
    await vscode.commands.executeCommand('flowLogGuard.restartServer');
    await gone;
    await untilFindings(uri, bare);
  });
});
