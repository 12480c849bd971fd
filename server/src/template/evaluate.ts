import { t } from '@vscode/l10n';
import { always, and, equals, isNever, not, or, type Formula, type Subject } from './formula.ts';
import { intrinsicCall, subParts, type IntrinsicCall } from './intrinsics.ts';
import { isModule, logicalIdIn, undeclaredValue } from './logical-id.ts';
import { child, entriesOf, entry, textOf, type SyntaxNode } from './syntax.ts';
import type { Alternatives, Guarded, Scope, Value } from './value.ts';

/** More alternatives than any template needs; beyond it an expression counts as unknown. */
const mostAlternatives = 128;

/** Pieces of one text that are put together, and cells of one mapping that are looked at. */
const mostParts = 4000;

const none: Value = { kind: 'none' };

/** Text that AWS replaces at deployment: `{{resolve:ssm:…}}`. */
const dynamicReference = /\{\{resolve:/;

/**
 * Evaluates an expression as far as the template tells: every value it may have, and when.
 *
 * @param node Undefined stands for a property that is not written, and evaluates to `none`.
 * @param path When the expression is evaluated at all.
 */
export function evaluate(node: SyntaxNode | undefined, scope: Scope, path: Formula = always): Alternatives {
  if (node === undefined) return only(none);
  if (node.kind === 'scalar') return node.isNull ? only(none) : textWithItems(node.text, scope);
  if (node.kind === 'sequence') {
    return only({ kind: 'list', items: node.items.map((item) => evaluate(item, scope, path)) });
  }
  const call = intrinsicCall(node);
  return call === undefined ? only({ kind: 'object', node }) : simplified(evaluateCall(call, scope, path));
}

function evaluateCall(call: IntrinsicCall, scope: Scope, path: Formula): Alternatives {
  const { name, argument } = call;
  switch (name) {
    case 'Ref':
      return chain(evaluate(argument, scope, path), (value) => {
        const logicalId = logicalIdIn(value, scope);
        return logicalId === undefined ? only(unknownCall(name)) : resolveName(logicalId, argument, scope);
      });
    case 'Fn::GetAtt':
      return getAtt(argument, scope, path);
    case 'Fn::Sub':
      return substitute(argument, scope, path);
    case 'Fn::If':
      return choose(argument, scope, path);
    case 'Fn::Join':
      return join(argument, scope, path);
    case 'Fn::Select':
      return select(argument, scope, path);
    case 'Fn::Split':
      return split(argument, scope, path);
    case 'Fn::FindInMap':
      return findInMap(argument, scope, path);
    case 'Fn::ImportValue':
      return chain(evaluate(argument, scope, path), (value) => scope.exported(value));
    case 'Fn::GetStackOutput':
      return stackOutput(argument, scope, path);
    default:
      return only(unknownCall(name));
  }
}

/** `Ref: name` and `${name}`. */
function resolveName(name: string, node: SyntaxNode, scope: Scope): Alternatives {
  // An empty name is still to be typed.
  if (name === 'AWS::NoValue' || name === '') return only(none);
  const resource = scope.template.resources.get(name);
  if (resource !== undefined) return only({ kind: 'resource', resource, scope });
  return scope.parameter(name) ?? only(undeclaredValue(name, node, scope));
}

function getAtt(argument: SyntaxNode, scope: Scope, path: Formula): Alternatives {
  if (argument.kind === 'sequence') {
    const [target, attribute] = argument.items;
    return chain(evaluate(target, scope, path), (id) =>
      chain(evaluate(attribute, scope, path), (name) => {
        const logicalId = logicalIdIn(id, scope);
        return logicalId !== undefined && name.kind === 'text'
          ? attributeOf(logicalId, name.text, argument, scope)
          : only(unknownCall('Fn::GetAtt'));
      }),
    );
  }
  return chain(evaluate(argument, scope, path), (value) => {
    const name = logicalIdIn(value, scope);
    return name === undefined ? only(unknownCall('Fn::GetAtt')) : dottedName(name, argument, scope);
  });
}

/** `Vpc.VpcId`: all before the first dot is the logical id. */
function dottedName(text: string, node: SyntaxNode, scope: Scope): Alternatives {
  const dot = text.indexOf('.');
  return dot < 0
    ? only(unknownCall('Fn::GetAtt'))
    : attributeOf(text.slice(0, dot), text.slice(dot + 1), node, scope);
}

function attributeOf(logicalId: string, attribute: string, node: SyntaxNode, scope: Scope): Alternatives {
  const resource = scope.template.resources.get(logicalId);
  if (resource === undefined) return only(undeclaredValue(logicalId, node, scope));
  if (isModule(resource)) {
    return only({ kind: 'outside', description: t('{0} of the module {1}', attribute, logicalId) });
  }
  const output = attribute.startsWith('Outputs.')
    ? scope.nestedOutput(resource, attribute.slice('Outputs.'.length))
    : undefined;
  return output ?? only({ kind: 'attribute', resource, attribute, scope });
}

function substitute(argument: SyntaxNode, scope: Scope, path: Formula): Alternatives {
  const [template, variables] =
    argument.kind === 'sequence'
      ? [textOf(argument.items[0]), argument.items[1]]
      : [textOf(argument), undefined];
  if (template === undefined) return only(unknownCall('Fn::Sub'));
  const parts = subParts(template).map(({ kind, text }): Alternatives => {
    if (kind === 'text') return only(scalarValue(text));
    const variable = entry(variables, text);
    if (variable !== undefined) return evaluate(variable.value, scope, path);
    return text.includes('.') ? dottedName(text, argument, scope) : resolveName(text, argument, scope);
  });
  return concatenate(parts, '');
}

function choose(argument: SyntaxNode, scope: Scope, path: Formula): Alternatives {
  const [condition, whenTrue, whenFalse] = argument.kind === 'sequence' ? argument.items : [];
  const name = textOf(condition) ?? textOf(child(condition, 'Condition'));
  if (name === undefined) return only(unknownCall('Fn::If'));
  const holds = scope.condition(name);
  return [
    ...guard(evaluate(whenTrue, scope, and(path, holds)), holds),
    ...guard(evaluate(whenFalse, scope, and(path, not(holds))), not(holds)),
  ];
}

function join(argument: SyntaxNode, scope: Scope, path: Formula): Alternatives {
  const [separator, list] = argument.kind === 'sequence' ? argument.items : [];
  const between = textOf(separator) ?? '';
  return chain(evaluate(list, scope, path), (value) =>
    value.kind === 'list' ? concatenate(value.items, between) : only(unknownCall('Fn::Join')),
  );
}

function select(argument: SyntaxNode, scope: Scope, path: Formula): Alternatives {
  const [position, list] = argument.kind === 'sequence' ? argument.items : [];
  return chain(evaluate(position, scope, path), (index) =>
    chain(evaluate(list, scope, path), (value) => {
      if (value.kind === 'subject') return only(given(value.subject));
      if (value.kind === 'outside') return only(value);
      if (index.kind !== 'text' || value.kind !== 'list') return only(unknownCall('Fn::Select'));
      return value.items[Number(index.text)] ?? only(unknownCall('Fn::Select'));
    }),
  );
}

/** A piece of what the deployer gives, so nothing that the stack makes. */
function given({ label }: Subject): Value {
  return { kind: 'outside', description: t('the VPC given in {0}', label) };
}

function split(argument: SyntaxNode, scope: Scope, path: Formula): Alternatives {
  const [separator, source] = argument.kind === 'sequence' ? argument.items : [];
  const between = textOf(separator);
  return chain(evaluate(source, scope, path), (value) => {
    if (between === undefined || between === '') return only(unknownCall('Fn::Split'));
    if (value.kind === 'subject') return only(given(value.subject));
    if (value.kind === 'text') return only(listOf(value.text.split(between).map(scalarValue)));
    // `Fn::Join` undone: the separators stand in the literal parts.
    if (value.kind === 'concatenation') return only(splitConcatenation(value.parts, between));
    return only(unknownCall('Fn::Split'));
  });
}

function splitConcatenation(parts: readonly Value[], separator: string): Value {
  const pieces: Value[][] = [[]];
  for (const part of parts) {
    if (part.kind !== 'text') {
      // An unknown part may hold separators of its own; only an id surely does not.
      if (part.kind !== 'resource' && part.kind !== 'attribute') return unknownCall('Fn::Split');
      pieces.at(-1)!.push(part);
      continue;
    }
    const [first = '', ...others] = part.text.split(separator);
    if (first !== '') pieces.at(-1)!.push(scalarValue(first));
    for (const other of others) pieces.push(other === '' ? [] : [scalarValue(other)]);
  }
  return listOf(pieces.map(joinValues));
}

function findInMap(argument: SyntaxNode, scope: Scope, path: Formula): Alternatives {
  const [mapName, first, second, options] = argument.kind === 'sequence' ? argument.items : [];
  const { mappings } = scope.template;
  const names = evaluate(mapName, scope, path);
  const isElsewhere = names.some(({ value }) => value.kind === 'text' && !entry(mappings, value.text));
  if (mappings === undefined || isElsewhere) return only(unknownCall('Fn::FindInMap'));
  const found = lookUp(names, mappings, (table) =>
    lookUp(evaluate(first, scope, path), table, (row) =>
      lookUp(evaluate(second, scope, path), row, (cell) => evaluate(cell, scope, path)),
    ),
  );
  if (found === undefined) return only(unknownCall('Fn::FindInMap'));
  const keyIsThere = or(...found.map(({ when }) => when));
  const fallback = child(options, 'DefaultValue');
  if (fallback !== undefined) {
    return [...found, ...guard(evaluate(fallback, scope, and(path, not(keyIsThere))), not(keyIsThere))];
  }
  // A key that the mapping lacks fails the deployment.
  scope.assume(or(not(path), keyIsThere));
  return found;
}

function lookUp(
  keys: Alternatives,
  table: SyntaxNode,
  next: (node: SyntaxNode) => Alternatives | undefined,
): Alternatives | undefined {
  const found: Guarded<Value>[] = [];
  for (const { value: key, when } of keys) {
    if (key.kind !== 'text' && key.kind !== 'subject') return undefined;
    for (const { name, value } of entriesOf(table)) {
      const chosen =
        key.kind === 'subject' ? equals(key.subject, name) : name === key.text ? always : undefined;
      const cells = chosen === undefined || isNever(chosen) ? [] : next(value);
      if (cells === undefined) return undefined;
      if (chosen !== undefined) found.push(...guard(cells, and(when, chosen)));
      if (found.length > mostParts) return undefined;
    }
  }
  return found;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-getstackoutput.html */
function stackOutput(argument: SyntaxNode, scope: Scope, path: Formula): Alternatives {
  return chain(evaluate(child(argument, 'StackName'), scope, path), (stackName) =>
    chain(evaluate(child(argument, 'OutputName'), scope, path), (output) =>
      output.kind === 'text'
        ? scope.stackOutput(stackName, output.text)
        : only(unknownCall('Fn::GetStackOutput')),
    ),
  );
}

function concatenate(parts: readonly Alternatives[], separator: string): Alternatives {
  if (parts.length > mostParts) return only(tooMany());
  let results: Guarded<Value[]>[] = [{ value: [], when: always }];
  for (const [index, alternatives] of parts.entries()) {
    const between = index > 0 && separator !== '' ? [scalarValue(separator)] : [];
    results = results.flatMap((left) =>
      alternatives.map((right) => ({
        value: [...left.value, ...between, right.value],
        when: and(left.when, right.when),
      })),
    );
    if (results.length > mostAlternatives) return only(tooMany());
  }
  return results.map(({ value, when }) => ({ value: joinValues(value), when }));
}

/** Text of which every part is known is text; a single part stays what it is. */
function joinValues(parts: readonly Value[]): Value {
  const merged: Value[] = [];
  for (const part of parts.flatMap((one) => (one.kind === 'concatenation' ? one.parts : [one]))) {
    if (part.kind === 'unknown') return part;
    if (part.kind === 'none') continue;
    const last = merged.at(-1);
    if (part.kind === 'text' && last?.kind === 'text') {
      merged[merged.length - 1] = { kind: 'text', text: last.text + part.text };
    } else if (part.kind !== 'text' || part.text !== '') merged.push(part);
  }
  if (merged.length === 0) return { kind: 'text', text: '' };
  return merged.length === 1 ? merged[0]! : { kind: 'concatenation', parts: merged };
}

/** Evaluates further from each alternative, under its guard. */
function chain(alternatives: Alternatives, next: (value: Value) => Alternatives): Alternatives {
  return alternatives.flatMap(({ value, when }) => guard(next(value), when));
}

function guard(alternatives: Alternatives, when: Formula): Alternatives {
  return alternatives
    .map((alternative) => ({ value: alternative.value, when: and(when, alternative.when) }))
    .filter((alternative) => !isNever(alternative.when));
}

/** Alternatives of the same text become one. */
function simplified(alternatives: Alternatives): Alternatives {
  if (alternatives.length > mostAlternatives) return only(tooMany());
  if (alternatives.length < 2) return alternatives;
  const texts = new Map<string, Formula[]>();
  const others: Guarded<Value>[] = [];
  for (const alternative of alternatives) {
    if (alternative.value.kind !== 'text') others.push(alternative);
    else {
      const { text } = alternative.value;
      texts.set(text, [...(texts.get(text) ?? []), alternative.when]);
    }
  }
  const merged = Array.from(texts, ([text, whens]) => ({ value: scalarValue(text), when: or(...whens) }));
  return [...merged, ...others];
}

/** The one value that an expression surely has. */
export function only(value: Value): Alternatives {
  return [{ value, when: always }];
}

function scalarValue(text: string | undefined): Value {
  if (text === undefined) return none;
  return dynamicReference.test(text)
    ? { kind: 'unknown', why: t('it is a dynamic reference') }
    : { kind: 'text', text };
}

/** A text in which the item of a loop may stand that goes over what only the deployment knows. */
function textWithItems(text: string, scope: Scope): Alternatives {
  const { loopItems } = scope.template;
  if (loopItems.size === 0) return only(scalarValue(text));
  const pieces = text.split(/\$\{([\w:]+)\}/).map((piece, index) => {
    const isName = index % 2 === 1;
    if (isName && loopItems.has(piece)) return scope.parameter(piece) ?? only(none);
    return only(scalarValue(isName ? `\${${piece}}` : piece));
  });
  return concatenate(pieces, '');
}

function listOf(values: readonly Value[]): Value {
  return { kind: 'list', items: values.map(only) };
}

function tooMany(): Value {
  return { kind: 'unknown', why: t('it has too many parts or alternatives') };
}

function unknownCall(name: string): Value {
  return { kind: 'unknown', why: t('it is a {0} whose value only the deployment knows', name) };
}
