import { Workspace } from '../../server/src/workspace/workspace.ts';
import { median, type Row } from './rows.ts';
import { makeTemplate } from './templates.ts';

/** How long the server may be busy at one go, in milliseconds. */
const longest = 50;

const file = '/bench/template';
const rounds = 7;

/** Puts something into the middle of a template: where the first match behind it begins. */
function typed(text: string, before: RegExp, added: string): string {
  const middle = text.length >> 1;
  const at = text.slice(middle).search(before);
  if (at < 0) throw new Error(`Nothing matches ${String(before)}`);
  return text.slice(0, middle + at) + added + text.slice(middle + at);
}

const nextEntry = /^ {2}\w+:\n {4}Type:/m;
const loop = `  Fn::ForEach::Topics:
    - Name
    - [One, Two, Three]
    - Topic\${Name}:
        Type: AWS::SNS::Topic
`;

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
  'an anchor and its alias in one resource': (text) =>
    typed(text, nextEntry, '  Own:\n    Type: AWS::SNS::Topic\n    Metadata: { A: &own x, B: *own }\n'),
  'an anchor that others use': (text) =>
    typed(
      typed(text, nextEntry, '  First:\n    Type: AWS::SNS::Topic\n    Metadata: &shared { A: x }\n'),
      /^Outputs:/m,
      '  Last:\n    Type: AWS::SNS::Topic\n    Metadata: *shared\n',
    ),
  'another document': (text) => `${text}---\nResources:\n  Topic:\n    Type: AWS::SNS::Topic\n`,
};

const entryInJson = /"\w+": ?\{\s*"Type"/;
const jsonTexts: Readonly<Record<string, (text: string) => string>> = {
  'nothing wrong': (text) => text,
  'a bracket too many': (text) => typed(text, entryInJson, '}'),
  'a bracket that is not closed': (text) => typed(text, /(?<="Properties": ?)\{/, '{'),
  'a bracket of another kind': (text) => typed(text, entryInJson, ']'),
  'a quote before a key': (text) => typed(text, entryInJson, '"'),
  'a name without quotes': (text) => typed(text, entryInJson, 'Name '),
  'a comma too many': (text) => typed(text, entryInJson, ','),
  'the end cut off': (text) => text.slice(0, Math.floor(text.length * 0.8)),
};

/** The longest time at which nothing else is answered, with the largest template: when it is opened, and at a key. */
export function blockRows(): Row[] {
  return (['yaml', 'json', 'compact-json'] as const).flatMap((format) => {
    const made = makeTemplate({ seed: 4, format, bytes: 1_000_000, vpcs: 20, flowLogs: 15 });
    const texts = format === 'yaml' ? yamlTexts : jsonTexts;
    return Object.entries(texts).flatMap(([what, change]) => {
      const text = change(made);
      const times = Array.from({ length: rounds }, () => timesOf(text));
      return (['opened', 'a key'] as const).map((when) => ({
        work: `block, 1 MB ${format}, ${what}, ${when}`,
        floor: longest,
        ours: median(times.map((time) => time[when])),
        unit: 'ms' as const,
        bar: 1,
      }));
    });
  });
}

function timesOf(text: string): Record<'opened' | 'a key', number> {
  const workspace = new Workspace();
  const opened = timed(() => take(workspace, text));
  const at = text.lastIndexOf('BlockPublicAcls') + 5;
  return { opened, 'a key': timed(() => take(workspace, `${text.slice(0, at)}x${text.slice(at)}`)) };
}

function take(workspace: Workspace, text: string): void {
  workspace.openDocument(file, text);
  workspace.check(file);
}

function timed(run: () => void): number {
  const start = performance.now();
  run();
  return performance.now() - start;
}
