import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { defaultPolicy } from '../../server/src/coverage/policy.ts';
import { Workspace } from '../../server/src/workspace/workspace.ts';
import { median, type Row } from './rows.ts';

const file = path.resolve('/bench/template');

/** Judging what has been read: for real templates where they are at hand, and for one made to be hard. */
export function conditionRows(corpus: string): Row[] {
  const hard = timeJudging(parityTemplate(24), 3);
  const rows: Row[] = [
    { work: 'conditions, the worst constructed, against 50 ms', floor: 50, ours: hard, unit: 'ms', bar: 1 },
  ];
  const slowest = slowestOf(corpus);
  if (slowest === undefined) console.error('conditions: the corpus of real templates is not here');
  else
    rows.push({
      work: 'conditions, the slowest of the corpus, against 1 ms',
      floor: 1,
      ours: slowest,
      unit: 'ms',
      bar: 1,
    });
  return rows;
}

/** Milliseconds for all verdicts on a text that has been read. */
function timeJudging(text: string, rounds: number): number {
  const workspace = new Workspace();
  workspace.openDocument(file, text);
  workspace.check(file);
  const times = Array.from({ length: rounds }, () => {
    // Another policy, though it says the same, has the verdicts made anew.
    workspace.setBasePolicy({ ...defaultPolicy });
    // Of the processor: these bars are not ratios, and other programs must not count.
    const start = process.cpuUsage();
    workspace.check(file);
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1000;
  });
  return median(times);
}

function slowestOf(corpus: string): number | undefined {
  let names: string[];
  try {
    names = readdirSync(corpus, { recursive: true, encoding: 'utf8' });
  } catch {
    return undefined;
  }
  const times = names
    .filter((name) => /\.(?:ya?ml|json|template)$/.test(name) && !name.endsWith('manifest.json'))
    .map((name) => timeJudging(readFileSync(path.join(corpus, name), 'utf8'), 5));
  return Math.max(...times);
}

/** A VPC that exists where an odd number of parameters is set, and a flow log where the number is even. */
function parityTemplate(parameters: number): string {
  const numbers = Array.from({ length: parameters }, (_, index) => index);
  const conditions = numbers.map((index) =>
    index === 0
      ? '  Odd0: !Equals [!Ref P0, set]'
      : [
          `  Set${index}: !Equals [!Ref P${index}, set]`,
          `  Odd${index}: !Or`,
          `    - !And [!Condition Odd${index - 1}, !Not [!Condition Set${index}]]`,
          `    - !And [!Not [!Condition Odd${index - 1}], !Condition Set${index}]`,
        ].join('\n'),
  );
  return [
    'Parameters:',
    ...numbers.map((index) => `  P${index}: { Type: String }`),
    'Conditions:',
    ...conditions,
    `  Even: !Not [!Condition Odd${parameters - 1}]`,
    'Resources:',
    '  Vpc:',
    '    Type: AWS::EC2::VPC',
    `    Condition: Odd${parameters - 1}`,
    '  Log:',
    '    Type: AWS::EC2::FlowLog',
    '    Condition: Even',
    '    Properties: { ResourceId: !Ref Vpc, ResourceType: VPC, TrafficType: ALL }',
    '',
  ].join('\n');
}
