import type { SyntaxNode } from '@lezer/common';
import type { Candidate, ConstructCall, Field, Holder, Value } from '../dialect.ts';
import { source as sourceExpression, type Expression } from '../expression.ts';
import { itemsOf, listSite, nodesNamed, spanOf, textOf, tokensOf, type SourceText } from '../source-text.ts';

/** Every call of a name, and every call of the constructor of the class above. */
export function readCandidates(source: SourceText): readonly Candidate[] {
  return nodesNamed(source.tree.topNode, 'CallExpression').flatMap((node): Candidate[] => {
    const callee = node.firstChild;
    if (callee === null) return [];
    const text = textOf(callee, source);
    if (/^[A-Za-z_]\w*(?:\.\w+)*$/.test(text)) {
      return [{ node, chain: text.split('.'), isSuper: false, calleeEnd: callee.to }];
    }
    if (!/^super\(.*\)\.__init__$/.test(text)) return [];
    return basesOf(node, source).map((base) => ({
      node,
      chain: base.split('.'),
      isSuper: true,
      calleeEnd: callee.to,
    }));
  });
}

function basesOf(node: SyntaxNode, source: SourceText): string[] {
  for (let parent = node.parent; parent !== null; parent = parent.parent) {
    if (parent.name !== 'ClassDefinition') continue;
    const bases = parent.getChild('ArgList');
    return bases === null ? [] : tokensOf(bases).map((base) => textOf(base, source));
  }
  return [];
}

interface Argument {
  readonly nodes: readonly SyntaxNode[];
  readonly keyword: string | undefined;
  readonly value: SyntaxNode | undefined;
}

/** Undefined where it has no scope and no id. */
export function readCall(of: Candidate, source: SourceText): ConstructCall | undefined {
  const argumentList = of.node.getChild('ArgList');
  const list = argumentList === null ? undefined : listSite(argumentList);
  if (argumentList === null || list === undefined) return undefined;
  const given = argumentsOf(argumentList, source);
  const positional = given.filter(({ nodes, keyword }) => keyword === undefined && nodes.length === 1);
  const spread = given.find(({ nodes }) => nodes[0]?.name === '**');
  if (given.some(({ nodes }) => nodes[0]?.name === '*') || positional.length > 2) return undefined;
  const byKeyword = (keyword: string): SyntaxNode | undefined =>
    given.find((argument) => argument.keyword === keyword)?.value;
  const scope = positional[0]?.value ?? byKeyword('scope');
  const id = positional[1]?.value ?? byKeyword('id');
  if (scope === undefined || id === undefined) return undefined;
  const first = spread?.nodes[0];
  return {
    span: spanOf(of.node),
    scope: isSimple(scope, source) ? textOf(scope, source) : undefined,
    id: idParts(id, source),
    props: {
      kind: 'literal',
      list,
      fields: fieldsOf(given, source),
      ...(first !== undefined && { spread: spanOf(first) }),
      mayRepeat: false,
    },
    holder: of.isSuper ? superHolder(of.node) : holderOf(of.node, source),
  };
}

function argumentsOf(argumentList: SyntaxNode, source: SourceText): Argument[] {
  const tokens = tokensOf(argumentList).slice(1, -1);
  return itemsOf(tokens).items.map(({ start, end }) => {
    const nodes = tokens.filter(({ from, to }) => from >= start && to <= end);
    const [name, operator, value] = nodes;
    const isKeyword = name?.name === 'VariableName' && operator?.name === 'AssignOp';
    return {
      nodes,
      keyword: isKeyword ? textOf(name, source) : undefined,
      value: isKeyword ? value : nodes.at(-1),
    };
  });
}

function isSimple(node: SyntaxNode, source: SourceText): boolean {
  return /^[A-Za-z_]\w*(?:\.\w+)*$/.test(textOf(node, source));
}

function idParts(node: SyntaxNode, source: SourceText): (string | Expression)[] | undefined {
  const text = textOf(node, source);
  if (node.name === 'String') return /^(["'])([^\\"']*)\1$/.test(text) ? [text.slice(1, -1)] : undefined;
  if (node.name === 'FormatString') return formatParts(node, source);
  if (node.name === 'BinaryExpression') {
    const [left, operator, right] = tokensOf(node);
    if (left === undefined || right === undefined || operator === undefined) return undefined;
    const parts = [idParts(left, source), idParts(right, source)];
    if (textOf(operator, source) !== '+' || parts.includes(undefined)) return undefined;
    return parts.flatMap((part) => part ?? []);
  }
  return isSimple(node, source) ? [sourceExpression(text)] : undefined;
}

function formatParts(node: SyntaxNode, source: SourceText): (string | Expression)[] | undefined {
  const found = /^[fF](["'])([^\\"']*)\1$/.exec(textOf(node, source));
  if (found === null || /\{\{|\}\}/.test(found[2] ?? '')) return undefined;
  const parts: (string | Expression)[] = [];
  let end = node.from + 2;
  for (const replacement of node.getChildren('FormatReplacement')) {
    const inner = tokensOf(replacement);
    const [, value] = inner;
    if (inner.length !== 3 || value === undefined || !isSimple(value, source)) return undefined;
    parts.push(source.text.slice(end, replacement.from), sourceExpression(textOf(value, source)));
    end = replacement.to;
  }
  parts.push(source.text.slice(end, node.to - 1));
  return parts.filter((part) => part !== '');
}

/** The keyword arguments of a call. */
export function readOptions(call: SyntaxNode, source: SourceText): Field[] {
  const argumentList = call.getChild('ArgList');
  return argumentList === null ? [] : fieldsOf(argumentsOf(argumentList, source), source);
}

function fieldsOf(given: readonly Argument[], source: SourceText): Field[] {
  return given.flatMap(({ keyword, value }) =>
    keyword === undefined || value === undefined ? [] : [{ name: keyword, value: valueOf(value, source) }],
  );
}

function valueOf(node: SyntaxNode, source: SourceText): Value {
  if (node.name === 'DictionaryExpression') {
    const list = listSite(node);
    if (list !== undefined) return { kind: 'entries', list, ...entriesOf(node, source) };
  }
  const argumentList = node.name === 'CallExpression' ? node.getChild('ArgList') : null;
  const list = argumentList === null ? undefined : listSite(argumentList);
  if (argumentList === null || list === undefined) {
    return { kind: 'other', span: spanOf(node), text: textOf(node, source) };
  }
  const given = argumentsOf(argumentList, source);
  return {
    kind: 'entries',
    list,
    fields: fieldsOf(given, source),
    hasSpread: given.some(({ nodes }) => nodes.length > 1 && nodes[0]?.name.startsWith('*') === true),
  };
}

function entriesOf(
  dictionary: SyntaxNode,
  source: SourceText,
): { readonly fields: Field[]; readonly hasSpread: boolean } {
  const tokens = tokensOf(dictionary).slice(1, -1);
  const fields: Field[] = [];
  for (const { start, end } of itemsOf(tokens).items) {
    const [key, , value] = tokens.filter(({ from, to }) => from >= start && to <= end);
    if (key?.name !== 'String' || value === undefined) continue;
    fields.push({ name: textOf(key, source).replaceAll(/^["']|["']$/g, ''), value: valueOf(value, source) });
  }
  return { fields, hasSpread: tokens.some(({ name }) => name === '**') };
}

function superHolder(node: SyntaxNode): Holder {
  const statement = node.parent;
  return statement?.name === 'ExpressionStatement'
    ? { kind: 'variable', name: 'self', statement, isConstruct: true }
    : { kind: 'inside' };
}

function holderOf(made: SyntaxNode, source: SourceText): Holder {
  let node = made;
  let { parent } = node;
  while (parent?.name === 'ParenthesizedExpression') {
    node = parent;
    ({ parent } = node);
  }
  if (parent?.name === 'ExpressionStatement') return { kind: 'none', statement: parent };
  if (parent?.name !== 'AssignStatement') return { kind: 'inside' };
  const tokens = tokensOf(parent);
  const [target] = tokens;
  const isOnlyValue = tokens.at(-1)?.from === node.from && tokens.at(-2)?.name === 'AssignOp';
  const isOneTarget = ['AssignOp', 'TypeDef'].includes(tokens[1]?.name ?? '');
  return target !== undefined && isOnlyValue && isOneTarget && isSimple(target, source)
    ? { kind: 'variable', name: textOf(target, source), statement: parent, isConstruct: true }
    : { kind: 'inside' };
}
