import { t } from '@vscode/l10n';
import path from 'node:path';
import { evaluate, only } from '../template/evaluate.ts';
import { always, and, isNever, or, type Formula } from '../template/formula.ts';
import { child, textOf } from '../template/syntax.ts';
import type { Alternatives, Guarded, ResourceInStack, Scope, Value } from '../template/value.ts';

/**
 * The name of an export, as far as it can be told: literal pieces, and between them what only the deployment
 * knows: one of some texts, or any text (`undefined`).
 */
export type NamePattern = readonly (string | readonly string[] | undefined)[];

/** The pattern of a name, or undefined where nothing of it can be told. */
export function namePatterns(value: Value): NamePattern | undefined {
  switch (value.kind) {
    case 'text':
      return [value.text];
    case 'subject':
      return value.subject.default === undefined ? undefined : [value.subject.default];
    case 'concatenation':
      return value.parts.map(pieceOf);
    case 'list':
    case 'resource':
    case 'attribute':
    case 'undeclared':
    case 'object':
    case 'none':
    case 'outside':
    case 'unknown':
      return undefined;
  }
}

function pieceOf(part: Value): NamePattern[number] {
  if (part.kind === 'text') return part.text;
  return part.kind === 'subject' ? part.subject.values : undefined;
}

/**
 * Whether two names may be one: a known name fits the other's pattern, or both have the same literal pieces
 * around what is unknown (`${AWS::StackName}-VPC` and `${NetworkStack}-VPC`).
 */
function namesMatch(a: NamePattern, b: NamePattern): boolean {
  const [first] = a;
  const [other] = b;
  if (a.length === 1 && typeof first === 'string') return fits(first, b);
  if (b.length === 1 && typeof other === 'string') return fits(other, a);
  return a.length === b.length && a.every((piece, index) => mayBeOne(piece, b[index]));
}

function mayBeOne(a: NamePattern[number], b: NamePattern[number]): boolean {
  if (typeof a === 'string' || typeof b === 'string') return a === b;
  return a === undefined || b === undefined || a.some((text) => b.includes(text));
}

function fits(name: string, pattern: NamePattern): boolean {
  // What is unknown stands for one character at least. The ends of the name that may have been reached so far:
  let reached = new Set([0]);
  for (const piece of pattern) {
    const next = new Set<number>();
    for (const start of reached) for (const end of endsOf(piece, name, start)) next.add(end);
    reached = next;
  }
  return reached.has(name.length);
}

/** Where a piece that begins there may end. */
function endsOf(piece: NamePattern[number], name: string, start: number): readonly number[] {
  if (piece === undefined) {
    return Array.from({ length: name.length - start }, (_, index) => start + index + 1);
  }
  const texts = typeof piece === 'string' ? [piece] : piece;
  return texts.filter((text) => name.startsWith(text, start)).map((text) => start + text.length);
}

export interface Output {
  readonly name: string;
  readonly scope: Scope;
  /** When it is there. */
  readonly when: Formula;
  /** The names under which it may be exported; none where only the deployment knows it. */
  readonly exportNames: readonly Guarded<NamePattern>[];
}

/** The outputs of a stack, with the names under which they are exported. */
export function outputsOf(scope: Scope): Output[] {
  return Array.from(scope.template.outputs, ([name, node]) => {
    const exportNode = child(child(node, 'Export'), 'Name');
    const exportNames = exportNode === undefined ? [] : evaluate(exportNode, scope).flatMap(guardedPattern);
    const condition = textOf(child(node, 'Condition'));
    return { name, scope, when: condition === undefined ? always : scope.condition(condition), exportNames };
  });
}

function guardedPattern({ value, when }: Guarded<Value>): Guarded<NamePattern>[] {
  const pattern = namePatterns(value);
  return pattern === undefined ? [] : [{ value: pattern, when }];
}

/** Those of the outputs that may be exported under a name, each limited to when it is. */
export function exportedAs(wanted: NamePattern, outputs: readonly Output[]): Output[] {
  return outputs.flatMap((output) => {
    const matching = output.exportNames.filter(({ value }) => namesMatch(wanted, value));
    const when = and(output.when, or(...matching.map((name) => name.when)));
    return isNever(when) ? [] : [{ ...output, when }];
  });
}

/**
 * What the output that is meant is, of those that fit. Copies of one template in several folders export under
 * one name: the copy nearest to the importer is meant; of several equally near ones each may be.
 *
 * @param otherwise What to call it where none fits.
 */
export function chooseOutput(
  found: readonly Output[],
  importer: Scope,
  otherwise: string,
  valueOf: (output: Output) => Alternatives,
): Alternatives {
  const elsewhere = found.filter(({ scope }) => scope.template !== importer.template);
  const nearness = elsewhere.map(({ scope }) => sharedFolders(scope.template.file, importer.template.file));
  const nearest = elsewhere.filter((_, index) => nearness[index] === Math.max(...nearness));
  const [first] = nearest;
  if (first === undefined) return only({ kind: 'outside', description: otherwise });
  if (nearest.length === 1) {
    return valueOf(first).map(({ value, when }) => ({ value, when: and(first.when, when) }));
  }
  const candidates = nearest.flatMap((output) => resourcesIn(valueOf(output)));
  return only({ kind: 'unknown', why: t('several templates have an output of that name'), candidates });
}

/** What an output is. */
export function outputValue({ name, scope }: Output): Alternatives {
  return evaluate(child(scope.template.outputs.get(name), 'Value'), scope);
}

function resourcesIn(alternatives: Alternatives): ResourceInStack[] {
  return alternatives.flatMap(({ value }) => {
    const isResource =
      value.kind === 'resource' || (value.kind === 'attribute' && value.attribute === 'VpcId');
    return isResource ? [{ resource: value.resource, scope: value.scope }] : [];
  });
}

function sharedFolders(a: string, b: string): number {
  const left = path.dirname(a).split(path.sep);
  const right = path.dirname(b).split(path.sep);
  const differs = left.findIndex((folder, index) => folder !== right[index]);
  return differs < 0 ? left.length : differs;
}
