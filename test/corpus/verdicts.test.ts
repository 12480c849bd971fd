import { beforeAll, expect, test } from 'vitest';
import type { Verdict } from '../../server/src/coverage/model.ts';
import type { FileCheck } from '../../server/src/workspace/file-check.ts';
import { checkText } from '../../server/src/workspace/check.ts';
import { buildIfOutdated, run } from '../cli/command.ts';
import {
  corpusFolder,
  isCorpusThere,
  labelledFiles,
  negativeFiles,
  peerFixtures,
  skipNote,
  textOfFile,
  type CorpusFolder,
  type Label,
} from './labels.ts';

beforeAll(buildIfOutdated);

/** For a slow machine: there are some 1,400 files. */
const timeout = 300_000;

const verdictOfLabel: Readonly<Record<Label, Verdict>> = {
  covered: 'covered',
  missing: 'missing',
  'covered-conditionally': 'conditional',
  'accept-only': 'wrong-traffic',
  undecidable: 'unknown',
};

interface ReportedVpc {
  readonly file: string;
  readonly logicalId: string;
  readonly line: number;
  readonly verdict: Verdict;
  readonly reason: string;
}

test.skipIf(!isCorpusThere)(`the JSON report agrees with the labels${skipNote}`, { timeout }, async () => {
  const reported = await reportOn('real');
  const confusion = new Map<string, number>();
  const differences: string[] = [];
  for (const { file, vpcs, file_expect } of labelledFiles()) {
    if (file_expect === 'either') continue;
    const reports = reported.filter((vpc) => vpc.file === file);
    for (const { id, line, label } of vpcs) {
      const report = reports.find(({ logicalId }) => logicalId === id);
      const cell = `${label} -> ${report?.verdict ?? 'not found'}`;
      confusion.set(cell, (confusion.get(cell) ?? 0) + 1);
      if (report?.verdict !== verdictOfLabel[label]) {
        differences.push(`${file} ${id}: ${cell} (${report?.reason ?? 'no report'})`);
      } else if (report.line !== line) {
        differences.push(`${file} ${id}: on line ${report.line}, not ${line}`);
      }
    }
    const known = new Set(vpcs.map(({ id }) => id));
    for (const { logicalId } of reports) {
      if (!known.has(logicalId)) differences.push(`${file} ${logicalId}: not labelled`);
    }
  }
  console.log(tableOf(confusion));
  expect(confusion.get('missing -> covered') ?? 0).toBe(0);
  expect(confusion.get('covered -> missing') ?? 0).toBe(0);
  expect(differences).toEqual([]);
});

/** What the command line says of a whole folder: its templates are looked at together. */
async function reportOn(folder: CorpusFolder): Promise<readonly ReportedVpc[]> {
  const { stdout } = await run(['check', '--format', 'json', '.'], { cwd: corpusFolder(folder) });
  return (JSON.parse(stdout) as { readonly vpcs: readonly ReportedVpc[] }).vpcs;
}

function check(folder: CorpusFolder, file: string): FileCheck {
  return checkText(textOfFile(folder, file));
}

test.skipIf(!isCorpusThere)(`files that are no template of a VPC get nothing${skipNote}`, { timeout }, () => {
  const wrong = negativeFiles().filter(({ file }) => {
    const found = check('negatives', file);
    return found.kind === 'template' && found.findings.length + found.vpcs.length > 0;
  });
  expect(wrong).toEqual([]);
});

test.skipIf(!isCorpusThere)(
  `other scanners' test templates get their EC2.6 verdict${skipNote}`,
  { timeout },
  () => {
    const differences: string[] = [];
    for (const { file, vpcs } of peerFixtures()) {
      const found = check('peer-fixtures', file);
      const reports = found.kind === 'template' ? found.vpcs : [];
      for (const [id, { ec26 }] of Object.entries(vpcs)) {
        const report = reports.find(({ logicalId }) => logicalId === id);
        const verdict = report?.verdict ?? 'not found';
        if ((verdict === 'covered') !== (ec26 === 'pass') || report === undefined) {
          differences.push(`${file} ${id}: ${ec26} -> ${verdict}`);
        }
      }
    }
    expect(differences).toEqual([]);
  },
);

function tableOf(confusion: ReadonlyMap<string, number>): string {
  const rows = Array.from(confusion, ([cell, count]) => `  ${String(count).padStart(4)}  ${cell}`);
  return ['Label -> verdict over the real templates:', ...rows.toSorted()].join('\n');
}
