import { expect, test } from 'vitest';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { DocumentChecks } from '../../server/src/lsp/document-checks.ts';
import type { FileCheck } from '../../server/src/workspace/file-check.ts';
import { Workspace } from '../../server/src/workspace/workspace.ts';

/** Reads long: an anchor has it read as a whole. */
function longTemplate(resources: number): string {
  const topics = Array.from(
    { length: resources },
    (_, index) =>
      `  Topic${index}:\n    Type: AWS::SNS::Topic\n    Properties: { Tags: [{ Key: a, Value: b }], TopicName: !Sub 't-\${AWS::Region}' }\n`,
  );
  return `Resources:\n  Vpc:\n    Type: AWS::EC2::VPC\n    Metadata: { A: &own x, B: *own }\n${topics.join('')}`;
}

const openDocument = (text: string): TextDocument =>
  TextDocument.create('file:///long.yaml', 'yaml', 1, text);

function checksOf(): DocumentChecks {
  return new DocumentChecks(new Workspace(), (_, error) => {
    throw error;
  });
}

function checkOfWhole(text: string): FileCheck {
  const workspace = new Workspace('whole');
  workspace.openDocument('/long.yaml', text);
  return workspace.check('/long.yaml');
}

/** How often something else could be done meanwhile. */
async function turnsDuring(work: Promise<unknown> | undefined): Promise<number> {
  let turns = 0;
  let isDone = false;
  const takeTurn = (): void => {
    turns += 1;
    if (!isDone) setImmediate(takeTurn);
  };
  setImmediate(takeTurn);
  await work;
  isDone = true;
  return turns;
}

test('other work gets its turns while a long document is read that cannot be cut into pieces', async () => {
  const checks = checksOf();
  const document = openDocument(longTemplate(4000));
  expect(await turnsDuring(checks.readAhead(document, () => false))).toBeGreaterThan(5);
  expect(checks.of(document)).toMatchObject({ kind: 'template', findings: [{ code: 'vpc-no-flow-log' }] });
});

/** One resource, long and with a mistake, among others. */
function withLongEntry(items: number): string {
  const written = Array.from(
    { length: items },
    (_, index) => `        - Key: name-${index}\n          Value: "x"\n`,
  );
  return (
    longTemplate(1).replaceAll(/&own |, B: \*own/g, '') +
    `  Long:\n    Type: AWS::SNS::Topic\n    Properties:\n      Tags:\n${written.join('')}      Tab:\t[x\n`
  );
}

function typeBefore(what: string, typed: string, document: TextDocument): void {
  const at = document.positionAt(document.getText().indexOf(what));
  TextDocument.update(document, [{ range: { start: at, end: at }, text: typed }], 2);
}

test('other work gets its turns while a long entry is read, and again while it is typed in', async () => {
  const checks = checksOf();
  const document = openDocument(withLongEntry(4000));
  expect(await turnsDuring(checks.readAhead(document, () => false))).toBeGreaterThan(5);
  const before = checks.of(document);
  expect(before).toMatchObject({ kind: 'template', findings: [{ code: 'vpc-no-flow-log' }] });
  typeBefore('name-0', 'x-', document);
  expect(await turnsDuring(checks.readAhead(document, () => false))).toBeGreaterThan(5);
  expect(checks.of(document)).toEqual(checkOfWhole(document.getText()));
});

test('a word that is typed in a long entry with a mistake does not have it read again', async () => {
  const checks = checksOf();
  const document = openDocument(withLongEntry(4000));
  await checks.readAhead(document, () => false);
  checks.of(document);
  typeBefore('name-0', 'x', document);
  expect(checks.readAhead(document, () => false)).toBeUndefined();
  expect(checks.of(document)).toEqual(checkOfWhole(document.getText()));
});

test('an edit elsewhere does not have a long entry read again', async () => {
  const checks = checksOf();
  const document = openDocument(withLongEntry(4000));
  await checks.readAhead(document, () => false);
  checks.of(document);
  typeBefore('t-$', 'x', document);
  expect(checks.readAhead(document, () => false)).toBeUndefined();
});

test('what is typed meanwhile is read in place of what was there', async () => {
  const checks = checksOf();
  const document = openDocument(longTemplate(4000));
  setImmediate(() => {
    TextDocument.update(document, [{ text: longTemplate(1).replace('Vpc:', 'Other:') }], 2);
  });
  await checks.readAhead(document, () => false);
  expect(document.version).toBe(2);
  expect(checks.of(document)).toMatchObject({ vpcs: [{ logicalId: 'Other' }] });
});

test('nothing is read any more when nobody waits for it', async () => {
  const checks = checksOf();
  const document = openDocument(longTemplate(4000));
  let asked = 0;
  await checks.readAhead(document, () => {
    asked += 1;
    return asked > 3;
  });
  expect(asked).toBeLessThan(8);
});

test('where the one who reads stops waiting, another goes on', async () => {
  const checks = checksOf();
  const document = openDocument(longTemplate(4000));
  let asked = 0;
  const stopping = checks.readAhead(document, () => {
    asked += 1;
    return asked > 100;
  });
  const other = checks.readAhead(document, () => false);
  expect(await turnsDuring(other)).toBeGreaterThan(5);
  await stopping;
  expect(asked).toBeGreaterThan(100);
  expect(checks.of(document)).toMatchObject({ kind: 'template' });
});

test('a text that is too long for a template is not read', async () => {
  const checks = checksOf();
  const document = openDocument(`Resources: {}\n${'# \n'.repeat(2_000_000)}`);
  await checks.readAhead(document, () => false);
  expect(checks.of(document)).toEqual({ kind: 'not-a-template' });
});

test('a document that cannot be read at all is told of once', async () => {
  const checks = checksOf();
  const document = openDocument(`Resources:\n  A: &a x\n  B: ${'['.repeat(600)}\n`);
  await checks.readAhead(document, () => false);
  expect(checks.of(document)).toMatchObject({ kind: 'unreadable' });
});
