import { PiecedText } from '../../template/pieces/pieced-text.ts';
import type { Piece } from '../../template/pieces/piece.ts';
import type { Entry, Mapping } from '../../template/syntax.ts';
import type { Change } from './changes.ts';
import { dataOfNode, isSameData } from './data.ts';
import { editTemplate, tooLarge, type Edited } from './edit-template.ts';
import { applyEdits } from './edits.ts';
import { excerptOf } from './excerpt.ts';
import { applyToData } from './expected-data.ts';
import { openTemplate, type Outline, type Path, type Refused } from './written-template.ts';

/** In characters. */
interface Lengths {
  /** Shorter templates are read whole, in less time than anybody notices. */
  readonly long: number;
  /** Of the resources in an excerpt besides those that are touched: enough to see how the author writes. */
  readonly shown: number;
}

const customaryLengths: Lengths = { long: 100_000, shown: 40_000 };

/** A template of which only what a change touches, and some of what is around that, is read and written. */
export interface LongTemplate extends Outline {
  readonly text: string;
  readonly pieced: PiecedText;
  /** In the order of the text. */
  readonly resources: readonly Piece[];
  readonly lengths: Lengths;
}

/**
 * Undefined where a text is to be opened whole: it is not long, it cannot be cut into pieces, or something in it
 * is said twice or wrong.
 */
export function openLong(text: string, lengths = customaryLengths): LongTemplate | undefined {
  const pieced = text.length < lengths.long ? undefined : PiecedText.of(text);
  if (pieced === undefined) return undefined;
  const { root, problems } = pieced.document;
  if (root?.kind !== 'mapping' || problems.length > 0) return undefined;
  const resources = resourcesOf(pieced);
  if (!areAllDifferent(root.entries) || !areAllDifferent(resources)) return undefined;
  return { text, pieced, resources, lengths, root, around: (offset) => partAround(root, offset) };
}

/**
 * Writes changes into a long template as `editTemplate` does: into an excerpt, in whose style new parts are
 * written. Then the whole is cut into pieces again: those that are not in the excerpt must be the same as before,
 * and all others must say exactly what they said before with the changes made.
 *
 * @returns Undefined where the whole must be read to tell whether it can be done.
 */
export function editLong(template: LongTemplate, changes: readonly Change[]): Edited | Refused | undefined {
  const excerpt = excerptOf(template, touchedBy(changes), template.lengths.shown);
  const written = openTemplate(excerpt.text);
  if (written.kind === 'refused') return undefined;
  const edited = editTemplate(written, changes);
  if (edited.kind === 'refused') return undefined;
  const text = applyEdits(template.text, edited.edits);
  const after = PiecedText.of(text);
  if (after === undefined || after.document.problems.length > 0) return undefined;
  const expected = dataOfNode(written.root);
  if (expected instanceof Map) applyToData(expected, changes);
  const isIntact =
    isSameHidden(excerpt.hidden, resourcesOf(after)) &&
    isSameData(dataOfNode(without(excerpt.hidden, after)), expected);
  if (!isIntact) return undefined;
  return (
    tooLarge(
      { text: template.text, document: template.pieced.document },
      { text, document: after.document },
    ) ?? { kind: 'edited', edits: edited.edits, text }
  );
}

function resourcesOf({ pieces }: PiecedText): readonly Piece[] {
  const header = pieces.findIndex(({ kind, name }) => kind === 'header' && name === 'Resources');
  if (header < 0) return [];
  const end = pieces.findIndex(({ kind }, index) => index > header && kind !== 'entry');
  return pieces.slice(header + 1, end < 0 ? undefined : end);
}

function areAllDifferent(entries: readonly { readonly name: string }[]): boolean {
  return new Set(entries.map(({ name }) => name)).size === entries.length;
}

/** The way to the entry that an offset is in, without its siblings. */
function partAround(root: Mapping, offset: number): Mapping {
  const section = lastFrom(root.entries, offset);
  if (section === undefined) return { ...root, entries: [] };
  const { name, keySpan, value } = section;
  const member = value.kind === 'mapping' ? lastFrom(value.entries, offset) : undefined;
  const part =
    value.kind === 'mapping' && member !== undefined
      ? { kind: value.kind, span: value.span, entries: [member] }
      : value;
  return { kind: 'mapping', span: root.span, entries: [{ name, keySpan, value: part }] };
}

function lastFrom(entries: readonly Entry[], offset: number): Entry | undefined {
  return entries.findLast(({ keySpan }) => keySpan.start <= offset);
}

/** The names of the resources that are changed, or that something is put beside. */
function touchedBy(changes: readonly Change[]): ReadonlySet<string> {
  const names = changes.map(pathOf).map(([section, name]) => (section === 'Resources' ? name : undefined));
  return new Set(names.filter((name) => typeof name === 'string'));
}

function pathOf(change: Change): Path {
  switch (change.kind) {
    case 'add-resources':
      return change.beside;
    case 'add-entries':
    case 'append':
      return change.to;
    case 'comment':
      return change.above;
    case 'set':
    case 'replace-entry':
    case 'remove':
      return change.at;
  }
}

/** Whether the pieces that the excerpt leaves out stand there as before, in their order. */
function isSameHidden(hidden: ReadonlyMap<string, string>, resources: readonly Piece[]): boolean {
  const found = resources.filter(({ name }) => hidden.has(name));
  const names = [...hidden.keys()];
  return (
    found.length === names.length &&
    found.every(({ name, text }, index) => name === names[index] && text === hidden.get(name))
  );
}

/** What a text says besides the resources that the excerpt leaves out. */
function without(hidden: ReadonlyMap<string, string>, { document: { root } }: PiecedText): Mapping {
  const entries = root?.kind === 'mapping' ? root.entries : [];
  return {
    kind: 'mapping',
    span: { start: 0, end: 0 },
    entries: entries.map(({ name, keySpan, value }) => ({
      name,
      keySpan,
      value:
        name === 'Resources' && value.kind === 'mapping'
          ? {
              kind: 'mapping',
              span: value.span,
              entries: value.entries.filter((resource) => !hidden.has(resource.name)),
            }
          : value,
    })),
  };
}
