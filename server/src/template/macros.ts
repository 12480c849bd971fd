import { t } from '@vscode/l10n';
import { child, textOf, type Entry, type Mapping, type Span, type SyntaxNode } from './syntax.ts';

/** A macro that sees the whole template or all its resources, and so may add resources of its own. */
export interface Macro {
  readonly name: string;
  /** The name of the macro, or the place where it would stand. */
  readonly span: Span;
  /** What `AWS::Include` inserts; undefined for another macro, and where only the deployment knows it. */
  readonly location: string | undefined;
}

export const includeMacro = 'AWS::Include';

/**
 * The macros that may add resources: those of the `Transform` section, and `Fn::Transform` beside the sections
 * or among the resources. AWS's own do not add flow logs, but for `AWS::Include`; one deeper inside a resource
 * sees that resource alone.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-macros-overview.html
 *
 * @param amongResources The `Fn::Transform` among the resources, loops expanded.
 */
export function readMacros(root: Mapping, amongResources: readonly Entry[]): Macro[] {
  const calls = [
    ...listed(child(root, 'Transform')),
    ...listed(child(root, 'Fn::Transform')),
    ...amongResources.flatMap(({ value }) => listed(value)),
  ];
  return calls.map(readMacro).filter((macro) => macro !== undefined);
}

function listed(node: SyntaxNode | undefined): readonly SyntaxNode[] {
  if (node?.kind === 'sequence') return node.items;
  return node === undefined ? [] : [node];
}

function readMacro(call: SyntaxNode): Macro | undefined {
  const name = textOf(call) ?? textOf(child(call, 'Name'));
  if (name === includeMacro) {
    const location = child(child(call, 'Parameters'), 'Location');
    return location === undefined ? undefined : { name, span: call.span, location: textOf(location) };
  }
  if (name?.startsWith('AWS::') === true) return undefined;
  return { name: name ?? t('that the deployment names'), span: call.span, location: undefined };
}
