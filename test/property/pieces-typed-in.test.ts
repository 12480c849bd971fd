import { expect, test } from 'vitest';
import { computeOnce } from '../../server/src/template/kept.ts';
import type { Piece } from '../../server/src/template/pieces/piece.ts';
import { PiecedText } from '../../server/src/template/pieces/pieced-text.ts';
import { toEnd } from '../../server/src/template/steps.ts';
import { entriesOf, entry as entryOf, type Span, type SyntaxNode } from '../../server/src/template/syntax.ts';
import { makeTemplate, randomNumbers } from '../bench/templates.ts';

/**
 * A text that is typed in keeps its pieces, and reads the one that is typed in again, or knows that it need not. What the
 * pieces say must be what those of the same text say that is cut for the first time.
 *
 * EDITS=100000 makes more edits than the usual run.
 */

const edits = Number(process.env['EDITS'] ?? 1200) * 4;
const editsPerText = 30;

type Random = () => number;

const mistakesOfYaml = [
  '    Half\n',
  '      Half\n',
  '        Half\n',
  '          - Half\n            Typed\n',
  '      Half: a\n        Typed: b\n',
  '      "Half: a\n',
  "      'Half' typed\n",
  '      Half: [a, b\n',
  '      Half: "a" b\n',
  '      Half: !Sub\n        a: b\n       c: d\n',
  '      Half: |2\n       text\n',
  '      Half: *typed\n',
  '      Half: &typed\n        - a\n       b\n',
  '      Half: "a\\x4"\n',
  '      Half: !!int a\n',
  '      Half typed\n      Type: b\n',
  '    Type\n',
  '    Typ\n',
  '    Metadata\n',
  '    Metadata:\n      checkov\n',
  '    Condition: Is\n      Half\n',
  '    ? Half\n',
  '      Half: {a: b, c\n',
  '      Half: a: b\n',
  '      Half: \t- a\n',
  '  Half\n',
  'Half\n',
];

const mistakesOfJson = [
  '    "Half\n',
  '    "Half"\n',
  '    "Half":\n',
  '    "Half": {\n',
  '    "Half": {"Type": "A::B::C", "Proper\n',
  '    "Half": {"Metadata": {"a": tru\n',
  '    "Half": [1, 2e\n',
  '    "Half": {"a": {"b": [{"c": nul}]\n',
  '    Half\n',
  '    // Half */ typed\n',
  '    /* Half\n',
  '    "a\\u00\n',
  '    },\n',
  '    "Half": {"Typ": "A::B::C"},\n    "Other',
  '"Half',
  '"Half": {"Type": "A::B::C", ',
  '"Half": {"Properties": {"a": 1',
  '}',
  ',,',
  '"Reso": {',
  '"Resource": {\n',
];

const characters = Array.from('aaaeTZ0_9 :\n-"\'#{},');

const formats = ['yaml', 'json', 'compact-json'] as const;

test.each(formats)(
  'pieces that are typed in say what fresh ones say (%s)',
  { timeout: 3_600_000 },
  (format) => {
    const random = randomNumbers(Number(process.env['SEED'] ?? 1));
    let compared = 0;
    for (let done = 0; done < edits / 3; done += editsPerText) {
      compared += typeInto(brokenTemplate(format, random), random);
    }
    expect(compared).toBeGreaterThan(edits / 3 / 4);
  },
);

function brokenTemplate(format: (typeof formats)[number], random: Random): string {
  const text = makeTemplate({
    seed: Math.floor(random() * 1000),
    format,
    bytes: 2000,
    vpcs: 1,
    flowLogs: 1,
  });
  const starts = [...text.matchAll(format === 'compact-json' ? /[{},]/g : /\n/g)].map(
    ({ index }) => index + 1,
  );
  const at = one(starts, random);
  const mistake = one(format === 'yaml' ? mistakesOfYaml : mistakesOfJson, random);
  return text.slice(0, at) + mistake + text.slice(at);
}

/** @returns how often they were compared, until the text could not be cut */
function typeInto(start: string, random: Random): number {
  const live = toEnd(PiecedText.of(start));
  if (live === undefined) return 0;
  let text = start;
  const words = [...start.matchAll(/\w+/g)];
  const mistaken = words.filter(([word]) => word === 'Half');
  let caret = one(mistaken.length > 0 && random() < 0.4 ? mistaken : words, random).index + 1;
  for (let step = 0; step < editsPerText; step += 1) {
    if (random() < 0.2) caret = Math.floor(random() * text.length);
    const isDeleted = caret > 0 && random() < 0.3;
    const before = text;
    const typed = isDeleted ? '' : one(characters, random);
    text = text.slice(0, isDeleted ? caret - 1 : caret) + typed + text.slice(caret);
    caret += isDeleted ? -1 : 1;
    const isLost = live.update(text) === 'lost';
    const fresh = toEnd(PiecedText.of(text));
    expect(isLost, `${before}\nto\n${text}`).toBe(fresh === undefined);
    if (fresh === undefined) return step;
    expect(described(live.pieces), `${before}\nto\n${text}`).toEqual(described(fresh.pieces));
    expect(layoutOf(live), `${before}\nto\n${text}`).toEqual(layoutOf(fresh));
  }
  return editsPerText;
}

function described(pieces: readonly Piece[]): unknown {
  return computeOnce(() =>
    pieces.map((piece) => {
      const { kind, name, start, end, facts, isOpen, indentation, keySpan, problems } = piece;
      const [first] = problems
        .map(({ message, span }) => ({ message, start: span.start, end: span.end }))
        .toSorted((a, b) => a.start - b.start);
      const value = kind === 'header' || kind === 'stray' ? undefined : treeOf(piece.value);
      const key = [keySpan.start, keySpan.end];
      return { kind, name, start, end, facts, isOpen, indentation, key, first, value };
    }),
  );
}

/** Which sections there are, and which entries they have. */
function layoutOf({ document: { root } }: PiecedText): unknown {
  return computeOnce(() =>
    entriesOf(root).map(({ name, value }) => [
      name,
      value.kind,
      placeOf(value.span),
      entriesOf(value).map((entry) => [entry.name, entry === entryOf(value, entry.name)]),
    ]),
  );
}

/** What a node says, and where. */
function treeOf(node: SyntaxNode): unknown {
  const at = placeOf(node.span);
  switch (node.kind) {
    case 'scalar':
      return [at, node.text, node.isNull];
    case 'sequence':
      return [at, node.items.map(treeOf)];
    case 'mapping':
      return [at, node.entries.map(({ name, keySpan, value }) => [name, placeOf(keySpan), treeOf(value)])];
  }
}

function placeOf({ start, end }: Span): string {
  return `${start}-${end}`;
}

function one<T>(items: readonly T[], random: Random): T {
  return items[Math.floor(random() * items.length)]!;
}
