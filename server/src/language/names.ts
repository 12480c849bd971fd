import { intrinsicCall } from '../template/intrinsics.ts';
import type { Template } from '../template/model.ts';
import { sectionsOfEntries } from '../template/sections.ts';
import {
  child,
  entriesOf,
  entry,
  mayMention,
  mayStandAround,
  textOf,
  type Entry,
  type Scalar,
  type Span,
  type SyntaxNode,
} from '../template/syntax.ts';
import { contains } from './place.ts';

/** A name in the text of a template: where it is declared, or where something refers to it. */
export interface Name {
  readonly name: string;
  /** Conditions have names of their own; resources and parameters share theirs. */
  readonly space: 'value' | 'condition';
  readonly isDeclaration: boolean;
  /** The name alone, without quotes. */
  readonly span: Span;
}

/** The name that stands at an offset. */
export function nameAt(template: Template, text: string, offset: number): Name | undefined {
  const isHere = ({ span }: Name): boolean => contains(span, offset);
  return (
    declarationsIn(template, text).find(isHere) ??
    usesIn(template, text, (all, index) => mayStandAround(all, index, offset)).find(isHere)
  );
}

/** Where a name is declared, and where something refers to it; in no order. */
export function placesOfName(template: Template, text: string, name: Name): readonly Name[] {
  const uses = usesIn(template, text, (all, index) => mayMention(all[index]!, name.name));
  return [...declarationsIn(template, text), ...uses].filter((one) => isSame(one, name));
}

/** Whether two names stand for the same thing. */
export function isSame(one: Name, other: Name | undefined): boolean {
  return one.name === other?.name && one.space === other.space;
}

/** The names of parameters, resources and conditions, for which nothing more is read. */
export function declarationsIn({ root }: Template, text: string): readonly Name[] {
  const declaredIn = (section: string, space: Name['space']): Name[] =>
    entriesOf(child(root, section))
      .filter(({ name }) => !name.startsWith('Fn::'))
      .map(({ name, keySpan }) => ({ name, space, isDeclaration: true, span: withoutQuotes(keySpan, text) }));
  return [
    ...declaredIn('Parameters', 'value'),
    ...declaredIn('Resources', 'value'),
    ...declaredIn('Conditions', 'condition'),
  ];
}

/**
 * What refers to names.
 *
 * @param isWanted Tells the entries that are looked at, of sections or of the template itself: each is read for it.
 */
function usesIn(
  { root }: Template,
  text: string,
  isWanted: (all: readonly Entry[], index: number) => boolean,
): readonly Name[] {
  const found = new Map<string, Name>();
  const add = (name: Name): void => {
    // Aliases make one text stand in many places.
    found.set(`${name.span.start} ${name.space}`, name);
  };
  const visited = new Set<SyntaxNode>();
  const visit = (node: SyntaxNode): void => {
    if (visited.has(node)) return;
    visited.add(node);
    if (node.kind === 'scalar') return;
    if (node.kind === 'sequence') return node.items.forEach(visit);
    for (const use of usesOfCall(node, text)) add(use);
    for (const { value } of node.entries) visit(value);
  };
  const sections = entriesOf(root);
  for (const [index, section] of sections.entries()) {
    if (!sectionsOfEntries.has(section.name)) {
      if (isWanted(sections, index)) visit(section.value);
      continue;
    }
    const held = entriesOf(section.value);
    for (const [at, one] of held.entries()) {
      if (!isWanted(held, at)) continue;
      visit(one.value);
      if (section.name === 'Resources') usesOfResource(one.value, text).forEach(add);
    }
  }
  return [...found.values()];
}

function usesOfResource(resource: SyntaxNode, text: string): Name[] {
  const dependsOn = child(resource, 'DependsOn');
  const items = dependsOn?.kind === 'sequence' ? dependsOn.items : [dependsOn];
  return [
    ...items.flatMap((item) => scalarName(item, 'value', text)),
    ...scalarName(child(resource, 'Condition'), 'condition', text),
  ];
}

function usesOfCall(node: SyntaxNode, text: string): Name[] {
  const call = intrinsicCall(node);
  if (call === undefined) return [];
  const { name, argument } = call;
  const [first, second] = argument.kind === 'sequence' ? argument.items : [argument];
  switch (name) {
    case 'Ref':
      return scalarName(argument, 'value', text);
    case 'Condition':
      return scalarName(argument, 'condition', text);
    case 'Fn::If':
      return scalarName(first, 'condition', text);
    case 'Fn::GetAtt':
      return scalarName(first, 'value', text);
    case 'Fn::Sub':
      return first?.kind === 'scalar' ? subNames(first, second, text) : [];
    default:
      return [];
  }
}

/** What stands before the first dot: the rest of it is an attribute. */
function scalarName(node: SyntaxNode | undefined, space: Name['space'], text: string): Name[] {
  if (node?.kind !== 'scalar') return [];
  const name = (textOf(node) ?? '').split('.')[0] ?? '';
  if (name === '' || name.startsWith('AWS::')) return [];
  const { start } = withoutQuotes(node.span, text);
  return [{ name, space, isDeclaration: false, span: { start, end: start + name.length } }];
}

function subNames({ span }: Scalar, variables: SyntaxNode | undefined, text: string): Name[] {
  const names: Name[] = [];
  for (const match of text
    .slice(span.start, span.end)
    .matchAll(/\$\{(\s*)([A-Za-z]\w*)(?:\.[\w.]+)?\s*\}/g)) {
    const [, space = '', name = ''] = match;
    if (entry(variables, name) !== undefined) continue;
    const start = span.start + match.index + '${'.length + space.length;
    names.push({ name, space: 'value', isDeclaration: false, span: { start, end: start + name.length } });
  }
  return names;
}

function withoutQuotes({ start, end }: Span, text: string): Span {
  const quote = text[start];
  return quote === '"' || quote === "'"
    ? { start: start + 1, end: Math.max(start + 1, end - 1) }
    : { start, end };
}
