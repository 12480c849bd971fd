import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { vpcLenses } from '../../server/src/language/code-lenses.ts';
import { noOtherOffers } from '../../server/src/language/completion/completion.ts';
import { completionsAt } from '../../server/src/language/completion/completions.ts';
import { explain } from '../../server/src/language/hover.ts';
import { linksIn } from '../../server/src/language/links.ts';
import { definitionsAt, referencesAt } from '../../server/src/language/navigation.ts';
import type { Piece } from '../../server/src/template/pieces/piece.ts';
import { child, entriesOf, type Span } from '../../server/src/template/syntax.ts';
import { Workspace } from '../../server/src/workspace/workspace.ts';

const folder = path.resolve(import.meta.dirname, '../fixtures/coverage');
const file = '/w/template';

/** A prime, so that all columns have their turn. */
const step = 7;

const fixtures = readdirSync(folder)
  .filter((name) => !name.endsWith('.golden'))
  .map((name) => ({ name, text: readFileSync(path.join(folder, name), 'utf8') }));

/** All spans that the features give for a text, asked for all over it. */
function spansOf(text: string): Span[] {
  const workspace = new Workspace();
  workspace.openDocument(file, text);
  const check = workspace.check(file);
  if (check.kind !== 'template') return [];
  const analysis = workspace.analysisOf(file);
  const links = linksIn(text, analysis, () => true);
  const spans = [...links, ...vpcLenses(check, analysis, () => true)].map(({ span }) => span);
  for (let offset = 0; offset <= text.length; offset += step) {
    const explanation = explain(offset, text, check, analysis);
    if (explanation !== undefined) spans.push(explanation.span);
    const places = [
      ...definitionsAt(offset, text, analysis, links),
      ...referencesAt(offset, text, analysis, true),
    ];
    spans.push(...places.filter((place) => place.file === file).map(({ span }) => span));
    for (const { span } of completionsAt(offset, text, check, analysis, noOtherOffers)) {
      expect(span.start).toBeLessThanOrEqual(offset);
      expect(span.end).toBeGreaterThanOrEqual(offset);
      spans.push(span);
    }
  }
  return spans;
}

function outside(text: string): Span[] {
  return spansOf(text).filter(({ start, end }) => start < 0 || start > end || end > text.length);
}

test.each(fixtures)('wherever one asks in $name, the answer stands in the text', ({ text }) => {
  expect(outside(text)).toEqual([]);
});

test.each(fixtures)('also where $name ends in the middle', ({ text }) => {
  for (const part of [0.3, 0.6, 0.9]) {
    const cut = text.slice(0, Math.floor(text.length * part));
    expect(outside(cut)).toEqual([]);
  }
});

test.each([
  ['YAML', (template: object) => stringify(template)],
  ['JSON', (template: object) => JSON.stringify(template)],
])('where a name in %s leads to is told without reading what does not mention it', (_, write) => {
  const topic = (name: unknown) => ({ Type: 'AWS::SNS::Topic', Properties: { TopicName: name } });
  const text = write({
    Resources: {
      Vpc: { Type: 'AWS::EC2::VPC', Metadata: { Of: { Ref: 'Named' } } },
      Named: topic('name'),
      Other: topic({ Ref: 'Vpc' }),
      User: topic({ 'Fn::Sub': '${Named}-x' }),
    },
  });
  const workspace = new Workspace();
  workspace.openDocument(file, text);
  const check = workspace.check(file);
  const analysis = workspace.analysisOf(file);
  const offset = text.lastIndexOf('Named') + 2;
  const uses = [...text.matchAll(/Named/g)].map(({ index }) => index);
  expect(definitionsAt(offset, text, analysis, []).map(({ span }) => span.start)).toEqual([uses[1]]);
  expect(
    referencesAt(offset, text, analysis, true)
      .map(({ span }) => span.start)
      .toSorted(byNumber),
  ).toEqual(uses);
  if (check.kind === 'template') completionsAt(offset, text, check, analysis, noOtherOffers);
  const resources = entriesOf(child(analysis.templates[0]?.root, 'Resources')) as readonly Piece[];
  const read = resources.filter(({ isLookedAt }) => isLookedAt).map(({ name }) => name);
  expect(read).toEqual(['Vpc', 'Named', 'User']);
});

function byNumber(one: number, other: number): number {
  return one - other;
}
