import { TextDocument } from 'vscode-languageserver-textdocument';
import { DocumentChecks } from '../../server/src/lsp/document-checks.ts';
import { Workspace } from '../../server/src/workspace/workspace.ts';
import { median, type Row } from './rows.ts';
import { makeTemplate } from './templates.ts';

/** How long the server may be busy at one go, in milliseconds. */
const longest = 50;

const uri = 'untitled:bench';
const rounds = 7;

const shape = { seed: 4, bytes: 1_000_000, vpcs: 20, flowLogs: 15 };

/** Puts something into the middle of a template: where the first match behind it begins. */
function typed(text: string, before: RegExp, added: string): string {
  const middle = text.length >> 1;
  const at = text.slice(middle).search(before);
  if (at < 0) throw new Error(`Nothing matches ${String(before)}`);
  return text.slice(0, middle + at) + added + text.slice(middle + at);
}

function inEveryTenth(text: string, place: RegExp, added: string): string {
  let count = 0;
  return text.replaceAll(place, () => {
    count += 1;
    return count % 10 === 0 ? added : '';
  });
}

const nextEntry = /^ {2}\w+:\n {4}Type:/m;
const loop = `  Fn::ForEach::Topics:
    - Name
    - [One, Two, Three]
    - Topic\${Name}:
        Type: AWS::SNS::Topic
`;

function withAnchor(text: string): string {
  return typed(text, nextEntry, '  Own:\n    Type: AWS::SNS::Topic\n    Metadata: { A: &own x, B: *own }\n');
}

/** One entry has nearly all of the template. */
function withLongEntry(item: (index: number) => string, last: string): string {
  const items: string[] = [];
  for (let length = 0; length < 900_000; length += items.at(-1)!.length) items.push(item(items.length));
  return makeTemplate({ ...shape, format: 'yaml', bytes: 50_000 }).replace(
    nextEntry,
    (entry) =>
      `  Api:\n    Type: AWS::ApiGateway::RestApi\n    Properties:\n      FailOnWarnings: true\n      Body:\n${items.join('')}${last}\n${entry}`,
  );
}

const path = (index: number): string =>
  `        /path-${index}:\n          get:\n            summary: Reads ${index}, and says so\n            tags: [a, "b"]\n`;

/** What is hard to cut into pieces, or is while it is typed. */
const yamlTexts: Readonly<Record<string, (text: string) => string>> = {
  'nothing wrong': (text) => text,
  'a name without its colon': (text) => typed(text, nextEntry, '  Name\n'),
  'a tab before a key': (text) => typed(text, nextEntry, '\t'),
  'a tab inside of a resource': (text) => typed(text, /^ {6}\w+:/m, '\t'),
  'a quote before a key': (text) => typed(text, /(?<=^ {2})\w+:\n {4}Type:/m, '"'),
  'a quote before a value': (text) => typed(text, /(?<=^ {6}\w+: )\w+$/m, '"'),
  'a bracket before a value': (text) => typed(text, /(?<=^ {6}\w+: )\w+$/m, '['),
  'a loop': (text) => typed(text, nextEntry, loop),
  'an include': (text) =>
    typed(text, nextEntry, "  Fn::Transform: { Name: AWS::Include, Parameters: { Location: 'a.yaml' } }\n"),
  'an anchor and its alias in one resource': withAnchor,
  'an anchor that others use': (text) =>
    typed(
      typed(text, nextEntry, '  First:\n    Type: AWS::SNS::Topic\n    Metadata: &shared { A: x }\n'),
      /^Outputs:/m,
      '  Last:\n    Type: AWS::SNS::Topic\n    Metadata: *shared\n',
    ),
  'an anchor and a quote that is not closed': (text) => typed(withAnchor(text), /(?<=^ {6}\w+: )\w+$/m, '"'),
  'an anchor and a suppression': (text) =>
    withAnchor(text).replace(
      /^ {2}\w+:\n {4}Type: AWS::EC2::VPC$/m,
      '  # flow-log-guard-disable-next-line vpc-no-flow-log -- no traffic\n$&',
    ),
  'a complex key': (text) => typed(text, nextEntry, '  ? Complex\n  : Type: AWS::SNS::Topic\n'),
  'a key between the columns': (text) => typed(text, nextEntry, ' Between:\n    Type: AWS::SNS::Topic\n'),
  'brackets deeper than usual': (text) =>
    typed(
      text,
      nextEntry,
      `  Deep:\n    Type: AWS::SNS::Topic\n    Metadata: ${'['.repeat(100)}${']'.repeat(100)}\n`,
    ),
  'a quote too many in every tenth entry': (text) => inEveryTenth(text, /(?<=^ {4}Type: )/gm, '"'),
  'flow style from the top': () =>
    makeTemplate({ ...shape, format: 'compact-json' }).replaceAll(/"([A-Za-z]\w*)":/g, '$1: ') +
    ' # trivy:ignore:AVD-AWS-0178',
  'a long entry': () => withLongEntry(path, ''),
  'a tab in a long entry': () => withLongEntry(path, '        /last:\t{}'),
  'a quote that is not closed in a long entry': () => withLongEntry(path, '        /last: "x'),
  'a bracket that is not closed in a long entry': () => withLongEntry(path, '        /last: [x'),
  'items in a long entry, and a tab': () =>
    withLongEntry(
      (index) => `        - name: number ${index}\n          value: { a: [b, c] }\n`,
      '\n      x:\ty',
    ),
  'another document': (text) => `${text}---\nResources:\n  Topic:\n    Type: AWS::SNS::Topic\n`,
};

/** The same in JSON. */
function withLongJsonEntry(format: 'json' | 'compact-json', last: string): string {
  const paths = Array.from({ length: 9000 }, (_, index) => [
    `/path-${index}`,
    { get: { summary: `Reads ${index}, and says so`, tags: ['a', 'b'] } },
  ]);
  const resources = {
    Api: {
      Type: 'AWS::ApiGateway::RestApi',
      Properties: { FailOnWarnings: true, Body: { ...(Object.fromEntries(paths) as object), '/last': 0 } },
    },
  };
  const text = JSON.stringify(resources, undefined, format === 'json' ? 2 : undefined).slice(1, -1);
  return makeTemplate({ ...shape, format, bytes: 50_000 }).replace(
    entryInJson,
    (entry) => `${text.replace(/"\/last": ?0/, last)},${entry}`,
  );
}

const entryInJson = /"\w+": ?\{\s*"Type"/;
const jsonTexts: Readonly<Record<string, (text: string, format: 'json' | 'compact-json') => string>> = {
  'nothing wrong': (text) => text,
  'a bracket too many': (text) => typed(text, entryInJson, '}'),
  'a bracket that is not closed': (text) => typed(text, /(?<="Properties": ?)\{/, '{'),
  'a bracket of another kind': (text) => typed(text, entryInJson, ']'),
  'a quote before a key': (text) => typed(text, entryInJson, '"'),
  'a name without quotes': (text) => typed(text, entryInJson, 'Name '),
  'a comma too many': (text) => typed(text, entryInJson, ','),
  'a comma too many in every tenth entry': (text) => inEveryTenth(text, /(?<="Type": ?)(?="AWS)/g, ','),
  'a comma too many in every entry': (text) => text.replaceAll(/(?<="Type": ?)(?="AWS)/g, ','),
  'brackets deeper than usual': (text) =>
    typed(
      text,
      entryInJson,
      `"Deep": {"Type": "AWS::SNS::Topic", "Metadata": ${'['.repeat(100)}${']'.repeat(100)}},`,
    ),
  'a long entry': (_, format) => withLongJsonEntry(format, '"/last": 0'),
  'a comma too many in a long entry': (_, format) => withLongJsonEntry(format, ',"/last": 0'),
  'a bracket that is not closed in a long entry': (_, format) => withLongJsonEntry(format, '"/last": [0'),
  'a quote that is not closed in a long entry': (_, format) => withLongJsonEntry(format, '"/last: 0'),
  'the end cut off': (text) => text.slice(0, Math.floor(text.length * 0.8)),
};

/** The longest time at which nothing else is answered, with the largest template: when it is opened, and at a key. */
export async function blockRows(): Promise<Row[]> {
  const rows: Row[] = [];
  for (const format of ['yaml', 'json', 'compact-json'] as const) {
    const made = makeTemplate({ ...shape, format });
    const texts =
      format === 'yaml'
        ? Object.entries(yamlTexts).map(([what, change]) => ({ what, text: change(made) }))
        : Object.entries(jsonTexts).map(([what, change]) => ({ what, text: change(made, format) }));
    for (const { what, text } of texts) {
      const blocks: Blocks[] = [];
      for (let round = 0; round < rounds; round += 1) blocks.push(await blocksOf(text, format));
      for (const when of ['opened', 'a key'] as const) {
        rows.push({
          work: `block, 1 MB ${format}, ${what}, ${when}`,
          floor: longest,
          ours: median(blocks.map((block) => block[when])),
          unit: 'ms',
          bar: 1,
        });
      }
    }
  }
  return rows;
}

type Blocks = Record<'opened' | 'a key', number>;

async function blocksOf(text: string, format: string): Promise<Blocks> {
  const checks = new DocumentChecks(new Workspace(), (_, error) => {
    throw error;
  });
  const document = TextDocument.create(uri, format === 'yaml' ? 'yaml' : 'json', 1, text);
  const check = async (): Promise<void> => {
    checks.update(document);
    await checks.readAhead(document, () => false);
    checks.of(document);
  };
  const opened = await longestBlockOf(check);
  const longEntry = text.indexOf('FailOnWarnings');
  const at = document.positionAt((longEntry < 0 ? text.lastIndexOf('BlockPublicAcls') : longEntry) + 5);
  TextDocument.update(document, [{ range: { start: at, end: at }, text: 'x' }], 2);
  return { opened, 'a key': await longestBlockOf(check) };
}

/** The longest time, in milliseconds, at which nothing else could be done. */
async function longestBlockOf(work: () => Promise<void>): Promise<number> {
  let most = 0;
  let last = performance.now();
  let isDone = false;
  const look = (): void => {
    const now = performance.now();
    most = Math.max(most, now - last);
    last = now;
    if (!isDone) setImmediate(look);
  };
  setImmediate(look);
  await work();
  isDone = true;
  look();
  return most;
}
