import type { SyntaxNode } from '@lezer/common';
import type { Candidate, ConstructCall, Field, Holder, Props, Value } from '../dialect.ts';
import { source as sourceExpression, type Expression } from '../expression.ts';
import { listSite, nodesNamed, spanOf, textOf, tokensOf, type SourceText } from '../source-text.ts';

/** Every `new`, and every call of the constructor of the class above. */
export function readCandidates(source: SourceText): readonly Candidate[] {
  const root = source.tree.topNode;
  return [
    ...nodesNamed(root, 'NewExpression').flatMap((node) => {
      const callee = tokensOf(node)[1];
      return callee === undefined ? [] : candidate(node, callee, callee, false, source);
    }),
    ...nodesNamed(root, 'CallExpression').flatMap((node) => {
      const callee = node.firstChild;
      const above = callee?.name === 'super' ? classAbove(node) : undefined;
      return callee === null || above === undefined ? [] : candidate(node, callee, above, true, source);
    }),
  ];
}

function candidate(
  node: SyntaxNode,
  callee: SyntaxNode,
  made: SyntaxNode,
  isSuper: boolean,
  source: SourceText,
): Candidate[] {
  const type = made.name === 'InstantiationExpression' ? (made.firstChild ?? made) : made;
  const text = textOf(type, source);
  return /^[\w$]+(?:\.[\w$]+)*$/.test(text)
    ? [{ node, chain: text.split('.'), isSuper, calleeEnd: callee.to }]
    : [];
}

function classAbove(node: SyntaxNode): SyntaxNode | undefined {
  for (let parent = node.parent; parent !== null; parent = parent.parent) {
    if (parent.name !== 'ClassDeclaration' && parent.name !== 'ClassExpression') continue;
    const tokens = tokensOf(parent);
    return tokens[tokens.findIndex(({ name }) => name === 'extends') + 1];
  }
  return undefined;
}

/** Undefined where it is not a call with a scope, an id and at most one more argument. */
export function readCall(of: Candidate, source: SourceText): ConstructCall | undefined {
  const argumentList = of.node.getChild('ArgList');
  const list = argumentList && listSite(argumentList);
  if (argumentList === null || list === null || list === undefined) return undefined;
  const [scope, id, props, ...more] = tokensOf(argumentList)
    .slice(1, -1)
    .filter(({ name }) => name !== ',');
  if (scope === undefined || id === undefined || more.length > 0) return undefined;
  if (argumentList.getChild('Spread') !== null) return undefined;
  return {
    span: spanOf(of.node),
    scope: isSimple(scope, source) ? textOf(scope, source) : undefined,
    id: idParts(id, source),
    props: props === undefined ? { kind: 'absent', list } : readProps(props, source),
    holder: of.isSuper ? superHolder(of.node) : holderOf(of.node, source),
  };
}

/** Names and members of them: what costs and changes nothing to look at twice. */
function isSimple(node: SyntaxNode, source: SourceText): boolean {
  return /^[\w$]+(?:!?\.#?[\w$]+)*!?$/.test(textOf(node, source));
}

function idParts(node: SyntaxNode, source: SourceText): (string | Expression)[] | undefined {
  const text = textOf(node, source);
  if (node.name === 'String') return text.includes('\\') ? undefined : [text.slice(1, -1)];
  if (node.name === 'TemplateString') return templateParts(node, source);
  if (node.name === 'BinaryExpression' && node.getChild('ArithOp') !== null) {
    const [left, operator, right] = tokensOf(node);
    if (left === undefined || right === undefined || operator === undefined) return undefined;
    const parts = [idParts(left, source), idParts(right, source)];
    if (textOf(operator, source) !== '+' || parts.includes(undefined)) return undefined;
    return parts.flatMap((part) => part ?? []);
  }
  return isSimple(node, source) ? [sourceExpression(text)] : undefined;
}

function templateParts(node: SyntaxNode, source: SourceText): (string | Expression)[] | undefined {
  const parts: (string | Expression)[] = [];
  let end = node.from + 1;
  for (const interpolation of node.getChildren('Interpolation')) {
    const inner = interpolation.firstChild?.nextSibling;
    if (inner === null || inner === undefined || !isSimple(inner, source)) return undefined;
    parts.push(source.text.slice(end, interpolation.from), sourceExpression(textOf(inner, source)));
    end = interpolation.to;
  }
  parts.push(source.text.slice(end, node.to - 1));
  const isPlain = parts.every((part) => typeof part !== 'string' || !part.includes('\\'));
  return isPlain ? parts.filter((part) => part !== '') : undefined;
}

function readProps(node: SyntaxNode, source: SourceText): Props {
  const literal = unwrapped(node);
  if (literal.name !== 'ObjectExpression') return { kind: 'expression', span: spanOf(node) };
  const list = listSite(literal);
  if (list === undefined) return { kind: 'expression', span: spanOf(node) };
  const spread = literal.getChildren('Property').find((property) => property.firstChild?.name === 'Spread');
  return {
    kind: 'literal',
    list,
    fields: fieldsOf(literal, source),
    ...(spread !== undefined && { spread: spanOf(spread) }),
    mayRepeat: true,
  };
}

/** Without the parentheses and type assertions around it. */
function unwrapped(node: SyntaxNode): SyntaxNode {
  if (node.name === 'ParenthesizedExpression') {
    const inner = tokensOf(node)[1];
    return inner === undefined ? node : unwrapped(inner);
  }
  return isAssertion(node) && node.firstChild !== null ? unwrapped(node.firstChild) : node;
}

function isAssertion(node: SyntaxNode): boolean {
  return (
    node.name === 'BinaryExpression' && (node.getChild('as') !== null || node.getChild('satisfies') !== null)
  );
}

/** The properties of the object literal among the arguments of a call. */
export function readOptions(call: SyntaxNode, source: SourceText): Field[] {
  const literal = call.getChild('ArgList')?.getChild('ObjectExpression');
  return literal ? fieldsOf(literal, source) : [];
}

/** The properties of an object literal that have a plain name. */
function fieldsOf(literal: SyntaxNode, source: SourceText): Field[] {
  return literal.getChildren('Property').flatMap((property): Field[] => {
    const [name, colon, value] = tokensOf(property);
    if (name === undefined || (name.name !== 'PropertyDefinition' && name.name !== 'String')) return [];
    const key = textOf(name, source).replaceAll(/^["']|["']$/g, '');
    if (colon === undefined) return [{ name: key, value: other(name, source) }];
    return colon.name === ':' && value !== undefined ? [{ name: key, value: valueOf(value, source) }] : [];
  });
}

function valueOf(node: SyntaxNode, source: SourceText): Value {
  const literal = unwrapped(node);
  const list = literal.name === 'ObjectExpression' ? listSite(literal) : undefined;
  if (list === undefined) return other(node, source);
  const hasSpread = literal.getChildren('Property').some((one) => one.firstChild?.name === 'Spread');
  return { kind: 'entries', list, fields: fieldsOf(literal, source), hasSpread };
}

function other(node: SyntaxNode, source: SourceText): Value {
  return { kind: 'other', span: spanOf(node), text: textOf(node, source) };
}

/** Where statements can be put behind one. */
const blocks = new Set(['Script', 'Block']);

function superHolder(node: SyntaxNode): Holder {
  const statement = node.parent;
  return statement?.name === 'ExpressionStatement' && blocks.has(statement.parent?.name ?? '')
    ? { kind: 'variable', name: 'this', statement, isConstruct: true }
    : { kind: 'inside' };
}

function holderOf(made: SyntaxNode, source: SourceText): Holder {
  let node = made;
  let { parent } = node;
  while (parent !== null && unwraps(parent, node)) {
    node = parent;
    ({ parent } = node);
  }
  if (parent === null) return { kind: 'inside' };
  if (parent.name === 'VariableDeclaration') return declared(parent, node, source);
  if (parent.name === 'ExpressionStatement') return inBlock(parent, { kind: 'none', statement: parent });
  const statement = parent.parent;
  if (parent.name !== 'AssignmentExpression' || statement?.name !== 'ExpressionStatement') {
    return { kind: 'inside' };
  }
  const [target, operator] = tokensOf(parent);
  const isPlain = operator?.name === 'Equals' && target !== undefined && isSimple(target, source);
  return isPlain
    ? inBlock(statement, { kind: 'variable', name: textOf(target, source), statement, isConstruct: false })
    : { kind: 'inside' };
}

/** Whether a node is only parentheses or a type assertion around another. */
function unwraps(parent: SyntaxNode, node: SyntaxNode): boolean {
  if (parent.name === 'ParenthesizedExpression') return true;
  return isAssertion(parent) && parent.firstChild?.from === node.from && parent.firstChild.to === node.to;
}

function declared(declaration: SyntaxNode, value: SyntaxNode, source: SourceText): Holder {
  const tokens = tokensOf(declaration);
  const at = tokens.findIndex(({ from }) => from === value.from);
  const before = tokens.slice(0, at).findLast(({ name }) => name !== 'Equals' && name !== 'TypeAnnotation');
  if (before?.name !== 'VariableDefinition') return { kind: 'inside' };
  const isTyped = tokens[at - 2]?.name === 'TypeAnnotation';
  const statement = declaration.parent?.name === 'ExportDeclaration' ? declaration.parent : declaration;
  const holder: Holder = {
    kind: 'variable',
    name: textOf(before, source),
    statement,
    isConstruct: !isTyped && !isAssertion(value),
  };
  return inBlock(statement, holder);
}

function inBlock(statement: SyntaxNode, holder: Holder): Holder {
  return blocks.has(statement.parent?.name ?? '') ? holder : { kind: 'inside' };
}
