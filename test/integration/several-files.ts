import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { fileUri, findings, show, until, untilFindings } from './workspace.ts';

const parent = fileUri('nested/main.yaml');
const child = fileUri('nested/monitoring.yaml');

async function replace(uri: vscode.Uri, from: string, to: string): Promise<void> {
  const { document } = await show(uri);
  const start = document.getText().indexOf(from);
  assert.ok(start >= 0, `${from} is not in ${uri.path}`);
  const range = new vscode.Range(document.positionAt(start), document.positionAt(start + from.length));
  const edit = new vscode.WorkspaceEdit();
  edit.replace(uri, range, to);
  assert.ok(await vscode.workspace.applyEdit(edit));
}

afterEach(async () => {
  for (const document of vscode.workspace.textDocuments.filter(({ isDirty }) => isDirty)) {
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('workbench.action.files.revert');
  }
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
});

describe('several files', () => {
  it('a nested stack that was never opened covers the VPC; an unsaved edit of it shows at once', async () => {
    await show(parent);
    await untilFindings(parent, []);

    // Beside the parent, because VS Code asks only for documents that a tab shows.
    await vscode.window.showTextDocument(child, { preview: false, viewColumn: vscode.ViewColumn.Beside });
    await replace(child, 'TrafficType: ALL', 'TrafficType: ACCEPT');
    const [finding] = await untilFindings(parent, ['vpc-flow-log-accept-only']);

    const [related] = finding?.relatedInformation ?? [];
    assert.equal(related?.location.uri.path, child.path);
    assert.equal(related?.location.range.start.line, 4);
  });

  it('a change on the disk is seen', async () => {
    await show(parent);
    await untilFindings(parent, []);
    const before = await vscode.workspace.fs.readFile(child);
    const changed = new TextDecoder().decode(before).replace('TrafficType: ALL', 'TrafficType: ACCEPT');
    try {
      await vscode.workspace.fs.writeFile(child, new TextEncoder().encode(changed));
      await untilFindings(parent, ['vpc-flow-log-accept-only']);
    } finally {
      await vscode.workspace.fs.writeFile(child, before);
    }
    await untilFindings(parent, []);
  });

  it('the project file decides, and its mistakes are shown in it', async () => {
    const uri = fileUri('bare-vpc.yaml');
    await vscode.workspace.fs.writeFile(
      fileUri('.flow-log-guard.yaml'),
      new TextEncoder().encode('severities:\n  vpc-no-flow-log: error\nstandart: ec2.6\n'),
    );
    try {
      await show(uri);
      await until('the finding is an error', () => {
        return findings(uri)[0]?.severity === vscode.DiagnosticSeverity.Error;
      });
      await show(fileUri('.flow-log-guard.yaml'));
      await untilFindings(fileUri('.flow-log-guard.yaml'), ['project-file-invalid']);
    } finally {
      await vscode.workspace.fs.delete(fileUri('.flow-log-guard.yaml'));
    }
  });
});
