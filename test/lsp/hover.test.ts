import { expect, test } from 'vitest';
import { MarkupKind, type ClientCapabilities } from 'vscode-languageserver';
import { pulling } from './capabilities.ts';
import { connect } from './in-process.ts';
import { positionOf } from './test-client.ts';

const uri = 'untitled:template.yaml';

const template = `Resources:
  Vpc:
    Type: AWS::EC2::VPC
    Metadata:
      cfn_nag:
        rules_to_suppress:
          - id: W60
            reason: no *traffic* leaves it
`;

const markdown: ClientCapabilities = {
  textDocument: { ...pulling.textDocument, hover: { contentFormat: [MarkupKind.Markdown] } },
};

async function hoverOver(word: string, capabilities: ClientCapabilities) {
  const client = connect();
  await client.initialize(capabilities);
  await client.open(uri, template);
  return await client.hover(uri, positionOf(word, template));
}

test('a suppressed VPC says its verdict, by whom it is suppressed and why', async () => {
  expect(await hoverOver('Vpc:', {})).toEqual({
    range: { start: { line: 1, character: 2 }, end: { line: 1, character: 5 } },
    contents: {
      kind: 'plaintext',
      value: expect.stringContaining(
        'Vpc has no flow log.\n\nSuppressed for cfn_nag (W60): no *traffic* leaves it\n',
      ),
    },
  });
});

test('what the template says is no markup', async () => {
  const hover = await hoverOver('Vpc:', markdown);
  expect(hover?.contents).toEqual({
    kind: 'markdown',
    value: expect.stringContaining(
      String.raw`Vpc has no flow log\.` +
        '\n\n' +
        String.raw`Suppressed for cfn\_nag \(W60\): no \*traffic\* leaves it`,
    ),
  });
});

test('Markdown has the name in bold and the control as a link', async () => {
  const hover = await hoverOver('Vpc:', markdown);
  expect(hover?.contents).toMatchObject({
    value: expect.stringMatching(/^\*\*Vpc\*\*: suppressed\n[^]*\[EC2\\\.6\]\(https:\S+#ec2-6\)/),
  });
});

test('elsewhere there is nothing to say', async () => {
  expect(await hoverOver('Type', {})).toBeNull();
});
