import type { Span, SyntaxNode } from './syntax.ts';

/** A call of an intrinsic function, in its long form (`Fn::Sub: x`) or short (`!Sub x`). */
export interface IntrinsicCall {
  /** `Ref`, `Condition` or a name that begins with `Fn::`. */
  readonly name: string;
  readonly argument: SyntaxNode;
  readonly nameSpan: Span;
}

/**
 * The intrinsic call that a node is: a mapping whose only key names a function.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference.html
 */
export function intrinsicCall(node: SyntaxNode | undefined): IntrinsicCall | undefined {
  if (node?.kind !== 'mapping') return undefined;
  // Of a key that stands twice the last counts.
  const only = node.entries.at(-1);
  if (only === undefined || node.entries.some(({ name }) => name !== only.name)) return undefined;
  const isFunction = only.name === 'Ref' || only.name === 'Condition' || only.name.startsWith('Fn::');
  return isFunction ? { name: only.name, argument: only.value, nameSpan: only.keySpan } : undefined;
}

/** A piece of a `Fn::Sub` string: literal text or the name inside `${…}`. */
export type SubPart = { readonly kind: 'text' | 'variable'; readonly text: string };

/** Splits a `Fn::Sub` string into its pieces; `${!Literal}` is the text `${Literal}`. */
export function subParts(template: string): SubPart[] {
  const parts: SubPart[] = [];
  let end = 0;
  for (const match of template.matchAll(/\$\{([^}]*)\}/g)) {
    if (match.index > end) parts.push({ kind: 'text', text: template.slice(end, match.index) });
    const name = (match[1] ?? '').trim();
    parts.push(
      name.startsWith('!')
        ? { kind: 'text', text: `\${${name.slice(1)}}` }
        : { kind: 'variable', text: name },
    );
    end = match.index + match[0].length;
  }
  if (end < template.length) parts.push({ kind: 'text', text: template.slice(end) });
  return parts;
}
