import { commands, l10n, window, workspace, type Disposable } from 'vscode';

/** A template that is nowhere on the disk, to see a finding in and to try a fix on. */
export function registerOpenSampleTemplate(): Disposable {
  return commands.registerCommand('flowLogGuard.openSampleTemplate', async () => {
    const document = await workspace.openTextDocument({ language: 'yaml', content: sampleTemplate() });
    await window.showTextDocument(document);
  });
}

function sampleTemplate(): string {
  const steps = [
    l10n.t('A template to try Flow Log Guard on. Nothing is deployed.'),
    l10n.t('1. The VPC below is underlined: it has no flow log. Point at its name to read why.'),
    l10n.t('2. Put the cursor on its name and press Ctrl+. (Cmd+. on macOS) to add a flow log.'),
    l10n.t('3. Then change TrafficType to ACCEPT, and see why that does not count.'),
  ];
  return `${steps.map((step) => `# ${step}\n`).join('')}AWSTemplateFormatVersion: '2010-09-09'
Resources:
  Vpc:
    Type: AWS::EC2::VPC
    Properties:
      CidrBlock: 10.0.0.0/16
`;
}
