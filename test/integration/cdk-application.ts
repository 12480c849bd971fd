import assert from 'node:assert/strict';
import { cp, mkdir, readFile, rm, symlink } from 'node:fs/promises';
import path from 'node:path';
import { after, afterEach, before, describe, it } from 'mocha';
import * as vscode from 'vscode';
import { codeOf, fileUri, findings, ownExtension, show, until, untilFindings } from './workspace.ts';

const application = fileUri('cdk-application');
const source = vscode.Uri.joinPath(application, 'app.ts');
const template = vscode.Uri.joinPath(application, 'cdk.out/Network.template.json');
const vpc = "new ec2.Vpc(stack, 'Main'";
const synthCommand = 'flowLogGuard.runCdkSynth';

/** As the CDK's own command line has it, which would ask the network for news first. */
function synthesis(): string {
  const tsx = path.join(ownExtension().extensionPath, 'node_modules/tsx/dist/cli.mjs');
  const environment = `CDK_OUTDIR=cdk.out CDK_CONTEXT_JSON='{"aws:cdk:enable-path-metadata":true}'`;
  return `${environment} '${process.execPath}' '${tsx}' app.ts`;
}

async function setSynthCommand(value: string | undefined): Promise<void> {
  const settings = vscode.workspace.getConfiguration('flowLogGuard');
  await settings.update('cdk.synthCommand', value, vscode.ConfigurationTarget.Workspace);
}

async function edit(
  change: (editor: vscode.TextEditorEdit, document: vscode.TextDocument) => void,
): Promise<void> {
  const editor = await show(source);
  assert.ok(await editor.edit((builder) => change(builder, editor.document)));
}

async function lenses(): Promise<readonly vscode.CodeLens[]> {
  const found = await vscode.commands.executeCommand<vscode.CodeLens[]>(
    'vscode.executeCodeLensProvider',
    source,
    20,
  );
  return found.filter(({ command }) => command?.command === synthCommand);
}

/** Where an editor's definitions of a place lead. */
async function definitions(uri: vscode.Uri, needle: string): Promise<readonly vscode.LocationLink[]> {
  const document = await vscode.workspace.openTextDocument(uri);
  const position = document.positionAt(document.getText().indexOf(needle) + 1);
  const found = await vscode.commands.executeCommand<(vscode.LocationLink | vscode.Location)[]>(
    'vscode.executeDefinitionProvider',
    uri,
    position,
  );
  return found.map((one) => ('uri' in one ? { targetUri: one.uri, targetRange: one.range } : one));
}

before(async () => {
  const root = ownExtension().extensionPath;
  await mkdir(application.fsPath, { recursive: true });
  await cp(path.join(root, 'test/fixtures/cdk/single'), application.fsPath, { recursive: true });
  await symlink(path.join(root, 'node_modules'), path.join(application.fsPath, 'node_modules'), 'dir');
  await setSynthCommand(synthesis());
});

after(async () => {
  await setSynthCommand(undefined);
  for (const terminal of vscode.window.terminals) terminal.dispose();
  await rm(application.fsPath, { recursive: true, force: true });
});

afterEach(async () => {
  for (const document of vscode.workspace.textDocuments.filter(({ isDirty }) => isDirty)) {
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('workbench.action.files.revert');
  }
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
});

describe('a CDK application', function () {
  this.timeout(180_000);

  it('that is synthesised by the command gets its finding at the expression', async () => {
    const { document } = await show(source);
    assert.deepEqual(findings(source), []);
    await vscode.commands.executeCommand(synthCommand, application.toString());
    const [finding] = await untilFindings(source, ['vpc-no-flow-log']);
    assert.ok(finding);
    assert.equal(document.getText(finding.range), 'new ec2.Vpc');
    assert.equal(document.offsetAt(finding.range.start), document.getText().indexOf(vpc));
    assert.match(finding.message, /^Main has no flow log.* \(stack Network\)$/);
    const [related] = finding.relatedInformation ?? [];
    assert.equal(related?.location.uri.path, template.path);
  });

  it('keeps the finding where its expression goes, and offers to synthesise anew', async () => {
    await show(source);
    await untilFindings(source, ['vpc-no-flow-log']);
    assert.deepEqual(await lenses(), []);
    await edit((builder) => builder.insert(new vscode.Position(0, 0), '// first\n'));
    await until('the finding has followed', () => /last synthesis/.test(findings(source)[0]?.message ?? ''));
    const [finding] = findings(source);
    const { document } = await show(source);
    assert.equal(document.offsetAt(finding!.range.start), document.getText().indexOf(vpc));
    const [lens, ...others] = await lenses();
    assert.equal(others.length, 0);
    assert.equal(lens?.range.start.line, finding?.range.start.line);
    assert.deepEqual(lens?.command?.arguments, [application.toString()]);
  });

  it('leads from the template to the expression and back', async () => {
    const { document } = await show(template);
    await untilFindings(template, ['vpc-no-flow-log']);
    const [there] = await definitions(template, 'Main54E5BC70');
    assert.equal(there?.targetUri.path, source.path);
    const text = await readFile(source.fsPath, 'utf8');
    assert.equal(there?.targetRange.start.line, text.slice(0, text.indexOf(vpc)).split('\n').length - 1);

    await show(source);
    await untilFindings(source, ['vpc-no-flow-log']);
    const back = (await definitions(source, "'Main'")).find(
      ({ targetUri }) => targetUri.path === template.path,
    );
    assert.equal(document.getText(back?.targetRange), '"Main54E5BC70"');

    const links = await vscode.commands.executeCommand<vscode.DocumentLink[]>(
      'vscode.executeLinkProvider',
      template,
    );
    assert.ok(links.some(({ target }) => target?.path === source.path && target.fragment.startsWith('L7,')));
  });

  it('loses the finding with a synthesis after the fix', async () => {
    await show(source);
    const [finding] = await untilFindings(source, ['vpc-no-flow-log']);
    assert.equal(codeOf(finding!), 'vpc-no-flow-log');
    await edit((builder, document) => {
      const at = document.getText().indexOf('{ natGateways: 0 }') + 1;
      builder.insert(document.positionAt(at), ' flowLogs: { all: {} },');
    });
    await (await show(source)).document.save();
    await vscode.commands.executeCommand(synthCommand, application.toString());
    await untilFindings(source, []);
  });
});
