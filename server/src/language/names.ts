import { intrinsicCall } from '../template/intrinsics.ts';
import type { Template } from '../template/model.ts';
import {
  child,
  entriesOf,
  entry,
  textOf,
  type Scalar,
  type Span,
  type SyntaxNode,
} from '../template/syntax.ts';

/** A name in the text of a template: where it is declared, or where something refers to it. */
export interface Name {
  readonly name: string;
  /** Conditions have names of their own; resources and parameters share theirs. */
  readonly space: 'value' | 'condition';
  readonly isDeclaration: boolean;
  /** The name alone, without quotes. */
  readonly span: Span;
}

/** All names of a template, in no order. Walks the whole tree, so it is for what a user asked for. */
export function namesIn({ root }: Template, text: string): readonly Name[] {
  const found = new Map<string, Name>();
  const add = (name: Name): void => {
    // Aliases make one text stand in many places.
    found.set(`${name.span.start} ${name.space}`, name);
  };
  const declare = (section: string, space: Name['space']): void => {
    for (const { name, keySpan } of entriesOf(child(root, section))) {
      if (name.startsWith('Fn::')) continue;
      add({ name, space, isDeclaration: true, span: withoutQuotes(keySpan, text) });
    }
  };
  declare('Parameters', 'value');
  declare('Resources', 'value');
  declare('Conditions', 'condition');

  const visited = new Set<SyntaxNode>();
  const visit = (node: SyntaxNode): void => {
    if (visited.has(node)) return;
    visited.add(node);
    if (node.kind === 'scalar') return;
    if (node.kind === 'sequence') return node.items.forEach(visit);
    for (const use of usesOfCall(node, text)) add(use);
    for (const { value } of node.entries) visit(value);
  };
  visit(root);
  for (const { value } of entriesOf(child(root, 'Resources'))) {
    for (const use of usesOfResource(value, text)) add(use);
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
