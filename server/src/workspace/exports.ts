import path from 'node:path';
import { evaluate, only } from '../template/evaluate.ts';
import { child } from '../template/syntax.ts';
import type { Alternatives, ResourceInStack, Scope, Value } from '../template/value.ts';

/** The name of an export, as far as it can be told: literal pieces with unknown ones (`undefined`) between. */
export type NamePattern = readonly (string | undefined)[];

/** The patterns that an expression for an export's name may have. */
export function namePatterns(value: Value): NamePattern | undefined {
  switch (value.kind) {
    case 'text':
      return [value.text];
    case 'subject':
      return value.subject.default === undefined ? undefined : [value.subject.default];
    case 'concatenation':
      return value.parts.map((part) => (part.kind === 'text' ? part.text : undefined));
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

/**
 * Whether two names may be one: a known name fits the other's pattern, or both have the same literal pieces
 * around what is unknown (`${AWS::StackName}-VPC` and `${NetworkStack}-VPC`).
 */
export function namesMatch(a: NamePattern, b: NamePattern): boolean {
  const [first] = a;
  const [other] = b;
  if (a.length === 1 && first !== undefined) return fits(first, b);
  if (b.length === 1 && other !== undefined) return fits(other, a);
  return a.length === b.length && a.every((piece, index) => piece === b[index]);
}

function fits(name: string, pattern: NamePattern): boolean {
  let rest = name;
  for (const [index, piece] of pattern.entries()) {
    if (piece === undefined) continue;
    const at = rest.indexOf(piece);
    const isAnchored = index === 0;
    if (at < 0 || (isAnchored && at > 0)) return false;
    // What is unknown stands for one character at least.
    if (!isAnchored && at === 0) return false;
    rest = rest.slice(at + piece.length);
  }
  return pattern.at(-1) === undefined ? rest !== '' : rest === '' || name.endsWith(pattern.at(-1)!);
}

export interface Output {
  readonly name: string;
  readonly scope: Scope;
  /** Undefined where it is not exported, or under a name that only the deployment knows. */
  readonly exportName: NamePattern | undefined;
}

/** The outputs of a stack, with the names under which they are exported. */
export function outputsOf(scope: Scope): Output[] {
  return Array.from(scope.template.outputs, ([name, node]) => {
    const exportNode = child(child(node, 'Export'), 'Name');
    const [value] = exportNode === undefined ? [] : evaluate(exportNode, scope);
    return { name, scope, exportName: value === undefined ? undefined : namePatterns(value.value) };
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
  if (nearest.length === 1) return valueOf(first);
  const candidates = nearest.flatMap((output) => resourcesIn(valueOf(output)));
  return only({ kind: 'unknown', why: 'several templates have an output of that name', candidates });
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
