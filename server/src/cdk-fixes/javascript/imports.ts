import type { SyntaxNode } from '@lezer/common';
import { isCdkModule, type CdkModule } from '../cdk-modules.ts';
import type { Binding, ImportStatement, ImportWriter, WantedImport } from '../imports.ts';
import { listSite, nodesNamed, spanOf, textOf, tokensOf, type SourceText } from '../source-text.ts';
import type { SourceStyle } from '../style.ts';

type Form = 'namespace' | 'default' | 'named' | 'equals' | 'require' | 'require-named';

const specifierPattern = /^aws-cdk-lib(?:\/(aws-[a-z0-9-]+))?(\/index(?:\.js)?)?$/;

/** The names that a file has for aws-cdk-lib and what is in it. */
export function readBindings(source: SourceText): readonly Binding[] {
  const root = source.tree.topNode;
  return [
    ...nodesNamed(root, 'ImportDeclaration').flatMap((node) => importBindings(node, source)),
    ...nodesNamed(root, 'VariableDeclaration').flatMap((node) => requireBindings(node, source)),
  ];
}

function importBindings(node: SyntaxNode, source: SourceText): Binding[] {
  const tokens = tokensOf(node);
  const [, first] = tokens;
  // `import type` gives no values.
  if (first === undefined || first.name === 'type') return [];
  const path = tokens.find(({ name }) => name === 'String');
  if (path === undefined) return importEquals(node, first, source);
  const specifier = unquoted(textOf(path, source));
  if (!specifierPattern.test(specifier)) return [];
  const module = moduleOf(specifier);
  const statement = (form: Form, names?: SyntaxNode): ImportStatement => made(node, form, specifier, names);
  return tokens.flatMap((token): Binding[] => {
    if (token.name === 'ImportGroup') return namedBindings(statement('named', token), source);
    if (token.name !== 'VariableDefinition') return [];
    const form = tokens.some(({ name }) => name === 'Star') ? 'namespace' : 'default';
    return [{ local: textOf(token, source), module, statement: statement(form) }];
  });
}

/** `import ec2 = require('…')`, of which the parser makes a declaration and a call. */
function importEquals(node: SyntaxNode, name: SyntaxNode, source: SourceText): Binding[] {
  const call = node.nextSibling;
  if (call === null || name.name !== 'VariableDefinition') return [];
  const found = /^require\(\s*(["'])(.*?)\1\s*\)/.exec(textOf(call, source));
  const specifier = found?.[2];
  if (specifier === undefined || !specifierPattern.test(specifier)) return [];
  const statement: ImportStatement = {
    form: 'equals' satisfies Form,
    span: { start: node.from, end: call.to },
    module: moduleOf(specifier),
    specifier,
  };
  return [{ local: textOf(name, source), module: statement.module, statement }];
}

function requireBindings(node: SyntaxNode, source: SourceText): Binding[] {
  const tokens = tokensOf(node);
  const call = tokens.find(({ name }) => name === 'CallExpression');
  const found = call && /^require\(\s*(["'])(.*?)\1\s*\)$/.exec(textOf(call, source));
  const specifier = found?.[2];
  const target = tokens[1];
  if (specifier === undefined || target === undefined || !specifierPattern.test(specifier)) return [];
  if (target.name === 'ObjectPattern') {
    const statement = made(node, 'require-named', specifier, target);
    return namedBindings(statement, source);
  }
  if (target.name !== 'VariableDefinition') return [];
  const statement = made(node, 'require', specifier);
  return [{ local: textOf(target, source), module: statement.module, statement }];
}

function made(node: SyntaxNode, form: Form, specifier: string, list?: SyntaxNode): ImportStatement {
  const names = list && listSite(list);
  const statement = { form, span: spanOf(node), module: moduleOf(specifier), specifier };
  return { ...statement, ...(names !== undefined && { names }) };
}

/** The names between braces; each is `name`, `name as local` or `name: local`. */
function namedBindings(statement: ImportStatement, { text }: SourceText): Binding[] {
  return (statement.names?.items ?? []).flatMap(({ start, end }): Binding[] => {
    const found = /^([\w$]+)(?:(?:\s+as\s+|\s*:\s*)([\w$]+))?$/.exec(text.slice(start, end));
    const imported = found?.[1];
    if (imported === undefined) return [];
    const local = found?.[2] ?? imported;
    if (statement.module !== 'core' || !imported.startsWith('aws_')) {
      return [{ local, module: statement.module, member: imported, statement }];
    }
    return [{ local, module: isCdkModule(imported) ? imported : undefined, statement }];
  });
}

function moduleOf(specifier: string): CdkModule | undefined {
  const found = specifierPattern.exec(specifier);
  if (found === null) return undefined;
  const name = found[1]?.replaceAll('-', '_') ?? 'core';
  return isCdkModule(name) ? name : undefined;
}

function unquoted(literal: string): string {
  return literal.slice(1, -1);
}

export const importWriter: ImportWriter = {
  name(imported, local, { form }) {
    if (imported === local) return imported;
    return `${imported}${form === 'require-named' ? ':' : ' as'} ${local}`;
  },
  importsNames({ form }) {
    return form === 'named' || form === 'require-named';
  },
  statement(wanted, like, style) {
    const end = style.semicolons ? ';' : '';
    const path = `${style.quote}${specifierOf(wanted, like)}${style.quote}`;
    const bound = wanted.alias ?? inBraces(wanted.names, style);
    switch (like.form as Form) {
      case 'equals':
        return `import ${bound} = require(${path})${end}`;
      case 'require':
      case 'require-named':
        return `const ${bound} = require(${path})${end}`;
      case 'default':
        return `import ${bound} from ${path}${end}`;
      case 'namespace':
      case 'named':
        return `import ${wanted.alias === undefined ? '' : '* as '}${bound} from ${path}${end}`;
    }
  },
};

function inBraces(names: readonly string[], { isPadded }: SourceStyle): string {
  const padding = isPadded ? ' ' : '';
  return `{${padding}${names.join(', ')}${padding}}`;
}

/** With the same tail as the other has: `/index.js` in some modules. */
function specifierOf({ module }: WantedImport, { specifier }: ImportStatement): string {
  const tail = specifierPattern.exec(specifier)?.[2] ?? '';
  return `aws-cdk-lib${module === 'core' ? '' : `/${module.replace('_', '-')}`}${tail}`;
}
