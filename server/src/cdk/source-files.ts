import type { CloudAssembly } from './cloud-assembly.ts';
import type { ConfinedFiles } from './confined-files.ts';
import { idOf, type ConstructResource } from './constructs.ts';
import { CreationPlaces, type CreationPlace } from './creation-places.ts';
import {
  expressionAt,
  expressionsCalling,
  sourceLanguageOf,
  type CreatingExpression,
  type SourceLanguage,
} from './creating-expression.ts';

/** The expression that made a construct, in the file as it was when that was synthesised. */
export interface Creation {
  readonly file: string;
  readonly language: SourceLanguage;
  readonly expression: CreatingExpression;
  readonly source: SynthesisedSource;
}

/** A source file as it was on the disk when its assembly was read. */
export interface SynthesisedSource {
  readonly text: string;
  /** Saved after the synthesis, so that this is not the text that was synthesised. */
  readonly isNewer: boolean;
}

/** Longer files are generated; nobody mends a VPC in them. */
const longestSource = 2 * 1024 * 1024;

/**
 * In milliseconds. Files of one checkout get their times in any order; what is edited within that time while
 * the server runs is seen by its text.
 */
const sameMoment = 2000;

/** The way from the constructs of one assembly back to the expressions that made them. */
export class SourceFiles {
  readonly #assembly: CloudAssembly;
  readonly #files: ConfinedFiles;
  readonly #places: CreationPlaces;
  readonly #sources = new Map<string, Promise<SynthesisedSource | undefined>>();

  constructor(assembly: CloudAssembly, files: ConfinedFiles) {
    this.#assembly = assembly;
    this.#files = files;
    this.#places = new CreationPlaces(assembly.folder, files);
  }

  /** Undefined where the trace leads to no file of the workspace, or that is no longer what it was. */
  async creationOf(construct: ConstructResource): Promise<Creation | undefined> {
    const place = await this.#places.of(construct.creationStack);
    if (place === undefined) return undefined;
    const { file } = place;
    const known = this.#sources.get(file) ?? this.#read(file);
    this.#sources.set(file, known);
    const source = await known;
    const language = sourceLanguageOf(file);
    if (source === undefined || language === undefined) return undefined;
    const expression = expressionOf(construct, place, source, language);
    return expression && { file, language, expression, source };
  }

  async #read(file: string): Promise<SynthesisedSource | undefined> {
    const content = await this.#files.readText(file, longestSource);
    if (content.kind !== 'text') return undefined;
    return {
      text: content.text,
      isNewer: content.modified > this.#assembly.synthesised + sameMoment,
    };
  }
}

/** The expression at a place; where the file is another one than the trace's, only if it makes that construct. */
function expressionOf(
  construct: ConstructResource,
  place: CreationPlace,
  { text, isNewer }: SynthesisedSource,
  language: SourceLanguage,
): CreatingExpression | undefined {
  const mustFit = isNewer || place.isGuess;
  const line = lineSpan(text, place.line);
  if (line !== undefined) {
    const there = expressionInLine(construct, place, text, line, language);
    if (there !== undefined && (!mustFit || fits(there, construct))) return there;
  }
  if (!mustFit) return line && wholeLine(text, line);
  const callee = calleeOf(construct);
  if (callee === undefined) return undefined;
  const whole = { start: 0, end: text.length };
  const anywhere = [...expressionsCalling(callee, text, whole, language)].filter(
    ({ id }) => id?.isLiteral === true && id.text === idOf(construct),
  );
  return anywhere.length === 1 ? anywhere[0] : undefined;
}

function expressionInLine(
  construct: ConstructResource,
  { column }: CreationPlace,
  text: string,
  line: { readonly start: number; readonly end: number },
  language: SourceLanguage,
): CreatingExpression | undefined {
  if (column !== undefined && line.start + column < line.end) {
    const exact = expressionAt(text, line.start + column, language);
    if (exact !== undefined) return exact;
  }
  const callee = calleeOf(construct);
  if (callee === undefined) return undefined;
  const inLine = [...expressionsCalling(callee, text, line, language)];
  return inLine.find(({ id }) => id?.text === idOf(construct)) ?? inLine[0];
}

/** Whether an expression can be what made the construct: by the class that it names and the id that it gives. */
function fits({ callee, id }: CreatingExpression, construct: ConstructResource): boolean {
  const isOwn = callee === calleeOf(construct);
  if (id?.isLiteral === true) {
    return isOwn ? id.text === idOf(construct) : construct.path.split('/').includes(id.text);
  }
  return isOwn || callee === 'super';
}

function calleeOf({ kind }: ConstructResource): string | undefined {
  return kind === 'other' ? undefined : kind;
}

/** For languages whose expressions are not known: what stands in the line. */
function wholeLine(
  text: string,
  { start, end }: { start: number; end: number },
): CreatingExpression | undefined {
  const line = text.slice(start, end);
  if (line.trim() === '') return undefined;
  const span = { start: start + line.search(/\S/), end: start + line.trimEnd().length };
  return { span, callee: line.trim(), id: undefined };
}

function lineSpan(text: string, line: number): { readonly start: number; readonly end: number } | undefined {
  let start = 0;
  for (let passed = 0; passed < line; passed += 1) {
    const end = text.indexOf('\n', start);
    if (end < 0) return undefined;
    start = end + 1;
  }
  const end = text.indexOf('\n', start);
  return { start, end: end < 0 ? text.length : end };
}
