import type { SyntaxNode } from '@lezer/common';
import { isCdkModule, type CdkModule } from '../cdk-modules.ts';
import type { Binding, ImportStatement, ImportWriter } from '../imports.ts';
import { itemsOf, nodesNamed, spanOf, tokensOf, type ListSite, type SourceText } from '../source-text.ts';

/**
 * - `module`: `import aws_cdk.aws_ec2 as ec2`
 * - `from`: `from aws_cdk.aws_ec2 import Vpc`
 */
type Form = 'module' | 'from';

const path = /^aws_cdk(?:\.(aws_\w+))?$/;

/** The names that a file has for aws_cdk and what is in it. */
export function readBindings(source: SourceText): readonly Binding[] {
  return nodesNamed(source.tree.topNode, 'ImportStatement').flatMap((node) => {
    const tokens = tokensOf(node);
    return tokens[0]?.name === 'from'
      ? fromBindings(node, tokens, source)
      : moduleBindings(node, tokens, source);
  });
}

/** `import aws_cdk as cdk, os` */
function moduleBindings(node: SyntaxNode, tokens: readonly SyntaxNode[], source: SourceText): Binding[] {
  return itemsOf(tokens.slice(1)).items.flatMap(({ start, end }): Binding[] => {
    const found = /^([\w.]+)(?:\s+as\s+(\w+))?$/.exec(source.text.slice(start, end));
    const specifier = found?.[1];
    if (specifier === undefined || !path.test(specifier)) return [];
    const module = moduleOf(specifier);
    const statement: ImportStatement = {
      form: 'module' satisfies Form,
      span: spanOf(node),
      module,
      specifier,
    };
    // Without a name of its own, a module of the package makes the package known.
    const local = found?.[2];
    return local === undefined
      ? [{ local: 'aws_cdk', module: 'core', statement }]
      : [{ local, module, statement }];
  });
}

/** `from aws_cdk import (Stack, aws_ec2 as ec2)` */
function fromBindings(node: SyntaxNode, tokens: readonly SyntaxNode[], source: SourceText): Binding[] {
  const at = tokens.findIndex(({ name }) => name === 'import');
  const keyword = tokens[at];
  const [from] = tokens;
  if (keyword === undefined || from === undefined) return [];
  const specifier = source.text.slice(from.to, keyword.from).trim();
  if (!path.test(specifier)) return [];
  const names = namesOf(node, tokens.slice(at + 1));
  const module = moduleOf(specifier);
  const statement: ImportStatement = {
    form: 'from' satisfies Form,
    span: spanOf(node),
    module,
    specifier,
    ...(names !== undefined && { names }),
  };
  if (tokens[at + 1]?.name === '*') return [{ local: '*', module, member: '*', statement }];
  return (names?.items ?? []).flatMap(({ start, end }): Binding[] => {
    const found = /^(\w+)(?:\s+as\s+(\w+))?$/.exec(source.text.slice(start, end));
    const imported = found?.[1];
    if (imported === undefined) return [];
    const local = found?.[2] ?? imported;
    if (module !== 'core' || !imported.startsWith('aws_'))
      return [{ local, module, member: imported, statement }];
    return [{ local, module: isCdkModule(imported) ? imported : undefined, statement }];
  });
}

function namesOf(node: SyntaxNode, tokens: readonly SyntaxNode[]): ListSite | undefined {
  const [first] = tokens;
  const last = tokens.at(-1);
  if (first === undefined || last === undefined || first.name === '*') return undefined;
  const isBracketed = first.name === '(';
  if (isBracketed && last.name !== ')') return undefined;
  const inner = isBracketed ? tokens.slice(1, -1) : tokens;
  const span = isBracketed ? { start: first.to, end: last.from } : { start: first.from, end: node.to };
  return { span, ...itemsOf(inner) };
}

function moduleOf(specifier: string): CdkModule | undefined {
  const found = path.exec(specifier);
  if (found === null) return undefined;
  const name = found[1] ?? 'core';
  return isCdkModule(name) ? name : undefined;
}

export const importWriter: ImportWriter = {
  name: (imported, local) => (imported === local ? imported : `${imported} as ${local}`),
  importsNames: ({ form, module }) => form === 'from' && module !== 'core',
  statement({ module, alias, names }, { form, module: ofOther }) {
    const specifier = module === 'core' ? 'aws_cdk' : `aws_cdk.${module}`;
    if (alias === undefined) return `from ${specifier} import ${names.join(', ')}`;
    if (form === 'module' || ofOther !== 'core' || module === 'core')
      return `import ${specifier} as ${alias}`;
    return `from aws_cdk import ${alias === module ? module : `${module} as ${alias}`}`;
  },
};
