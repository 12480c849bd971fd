import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { editFor, fixesFor } from '../../server/src/fixes/catalogue.ts';
import { contextAt, fixFile, type FileFixContext } from '../../server/src/fixes/fix-file.ts';
import { vpcLenses } from '../../server/src/language/code-lenses.ts';
import { computeOnce } from '../../server/src/template/kept.ts';
import type { FileCheck } from '../../server/src/workspace/file-check.ts';
import type { Reading } from '../../server/src/workspace/file-entry.ts';
import { Workspace } from '../../server/src/workspace/workspace.ts';
import { toEnd } from '../../server/src/template/steps.ts';
import { makeTemplate, randomNumbers } from '../bench/templates.ts';
import {
  editsAnywhere,
  editsOfEntries,
  insert,
  jsonLoop,
  loops,
  one,
  typedOn,
  type Random,
} from './random-edits.ts';
import { corpusFolder, isCorpusThere, skipNote } from '../corpus/labels.ts';

/**
 * Templates are read in pieces, and what an edit does not touch is kept. Whatever is typed, deleted, pasted,
 * re-indented or undone, what is found must be what a fresh reading of the whole document finds; and so must the fixes
 * be, which change what they would change if nothing had been kept.
 *
 * EDITS=10000 makes more edits than the usual run.
 */

const edits = Number(process.env['EDITS'] ?? 1200);
const editsPerTemplate = 40;
const file = path.resolve('template');

/** What a template may include, as properties, entries or sections. */
const part = {
  file: path.resolve('part.yaml'),
  text: 'TrafficType: ALL\nResourceId: !Ref Vpc0\nVpc8: { Type: AWS::EC2::VPC }\nOutputs: { Id: { Value: !Ref Vpc8 } }\n',
};

/** A YAML template with a comment that is about a VPC, or is meant to be; what else is typed must leave it alone. */
function commented(text: string, random: Random): string {
  const vpcs = [...text.matchAll(/^( +)[\w"]+:\n +Type: ["']?AWS::EC2::VPC\b/gm)];
  if (vpcs.length === 0) return text;
  const { index, 1: indentation } = one(vpcs, random);
  const [first = '', ...others] = directives;
  return insert(text, index, `${indentation}# ${random() < 0.5 ? first : one(others, random)}\n`);
}

const directives = [
  'flow-log-guard-disable-next-line vpc-no-flow-log -- why not',
  'flow-log-guard-disable-next-line vpc-flow-log-conditional',
  'flow-log-guard-disable-next-lin vpc-no-flow-log',
  'checkov:skip=CKV2_AWS_11:none',
  'trivy:ignore:AWS-0178',
];

function opened(text: string, reading: Reading): Workspace {
  const workspace = new Workspace(reading);
  workspace.setDiskText(part.file, part.text);
  workspace.openDocument(file, text);
  return workspace;
}

/** What is shown above VPCs, which an editor asks for after every edit. */
function lensesIn(workspace: Workspace): unknown {
  const check = workspace.check(file);
  if (check.kind !== 'template') return [];
  const lenses = computeOnce(() => vpcLenses(check, workspace.analysisOf(file), () => true));
  return lenses.map(({ span: { start, end }, title, action }) => ({ start, end, title, kind: action.kind }));
}

/** The fixes that each finding has, and what one of them, or all at once, would change. */
function fixesIn(workspace: Workspace, text: string, pick: number): Record<'offered' | 'edited', unknown> {
  const check = workspace.check(file);
  const { findings } = check.kind === 'template' ? check : { findings: [] };
  const context: FileFixContext = { text, templates: workspace.templatesIn(file), options: {} };
  const offers = findings.flatMap((finding) => {
    const its = contextAt(context, finding.span.start);
    return its === undefined ? [] : fixesFor(finding, its).map((fix) => ({ fix, finding, its }));
  });
  const chosen = offers[Math.floor(pick * offers.length)];
  return {
    offered: offers.map(({ fix, finding }) => [finding.logicalId, finding.code, fix]),
    edited: [
      chosen && toEnd(editFor(chosen.fix.id, chosen.finding, chosen.its)),
      toEnd(fixFile(findings, context, 'cloud-watch-logs')),
    ],
  };
}

/**
 * Of several mistakes the first is told; the others are mostly its consequences. A quotation that is not closed
 * reaches as far as what is read.
 */
function comparable(check: FileCheck): unknown {
  if (check.kind !== 'template') return check;
  const [first] = check.problems.toSorted((a, b) => a.span.start - b.span.start);
  return { ...check, problems: first && { message: first.message, start: first.span.start } };
}

interface Tally {
  edits: number;
  checks: number;
  broken: number;
}

/** Edits one template again and again, and compares after each edit, or each few. */
function editOften(start: string, others: readonly string[], random: Random, tally: Tally): void {
  const workspace = new Workspace('pieces');
  workspace.setDiskText(part.file, part.text);
  const past = [random() < 0.4 ? commented(start, random) : start];
  let isBroken = false;
  for (let step = 0; step < editsPerTemplate; step += 1) {
    const text = past.at(-1)!;
    const goesOn = past.length > 1 && random() < 0.25;
    const isUndone = past.length > 1 && !goesOn && random() < (isBroken ? 0.85 : 0.1);
    const kinds = random() < 0.3 ? editsOfEntries : editsAnywhere;
    const [name, edit] = goesOn ? typedOn(past.at(-2)!) : one(Object.entries(kinds), random);
    const next = isUndone ? past.at(-2)! : edit(text, random, others);
    if (isUndone) past.pop();
    else past.push(next);
    workspace.openDocument(file, next);
    tally.edits += 1;
    if (random() < 0.15) continue;
    const whole = opened(next, 'whole');
    const expected = whole.check(file);
    const found = workspace.check(file);
    tally.checks += 1;
    isBroken = expected.kind !== 'template' || expected.problems.length > 0;
    if (isBroken) tally.broken += 1;
    const after = `after ${isUndone ? 'an undo' : name}, at step ${step}, of\n${text}\nto\n${next}`;
    expect(comparable(found), after).toEqual(comparable(expected));
    expect(lensesIn(workspace), after).toEqual(lensesIn(whole));
    const pick = random();
    if (pick > 0.3) continue;
    const fixes = fixesIn(workspace, next, pick / 0.3);
    expect(fixes.offered, after).toEqual(fixesIn(whole, next, pick / 0.3).offered);
    expect(fixes.edited, after).toEqual(fixesIn(opened(next, 'pieces'), next, pick / 0.3).edited);
  }
}

function generatedTemplates(): string[] {
  const made = Array.from({ length: 12 }, (_, index) =>
    makeTemplate({
      seed: index,
      format: (['yaml', 'json', 'yaml', 'compact-json'] as const)[index % 4]!,
      bytes: 2500 + index * 200,
      vpcs: 1 + (index % 3),
      flowLogs: index % 3,
    }),
  );
  return [...made, ...made.slice(0, 5).map(withLoops)];
}

function withLoops(text: string): string {
  return text.startsWith('{')
    ? text
        .replace('{', `{"Transform": "AWS::LanguageExtensions",`)
        .replace(/"Resources":\s*\{/, `$&${jsonLoop}`)
    : `Transform: AWS::LanguageExtensions\n${text.replace('Resources:\n', `$&${loops.slice(0, 2).join('\n')}\n`)}`;
}

function realTemplates(): string[] {
  const folder = corpusFolder('real');
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(?:ya?ml|json|template)$/.test(name) && !name.endsWith('manifest.json'))
    .toSorted()
    .map((name) => readFileSync(path.join(folder, name), 'utf8'))
    .filter((text) => text.length < 6000 && text.includes('AWS::EC2::VPC'));
}

/** @returns the part of the comparisons that were of texts without a mistake */
function compareOften(templates: readonly string[], seed: number): number {
  const random = randomNumbers(seed);
  const tally: Tally = { edits: 0, checks: 0, broken: 0 };
  while (tally.edits < edits / 2) editOften(one(templates, random), templates, random, tally);
  console.log(`${tally.edits} edits, ${tally.checks} compared, of which ${tally.broken} broken`);
  return 1 - tally.broken / tally.checks;
}

test('generated templates read in pieces say what the whole says', { timeout: 3_600_000 }, () => {
  expect(compareOften(generatedTemplates(), Number(process.env['SEED'] ?? 1))).toBeGreaterThan(0.2);
});

test(
  `real templates read in pieces say what the whole says${skipNote}`,
  { timeout: 3_600_000, skip: !isCorpusThere },
  () => {
    expect(compareOften(realTemplates(), Number(process.env['SEED'] ?? 2))).toBeGreaterThan(0.2);
  },
);
