import type { TextEdit } from '../fixes/writer/edits.ts';
import type { Span } from '../template/syntax.ts';
import { aliasOf, type CdkModule } from './cdk-modules.ts';
import { appendItem } from './list-insertion.ts';
import {
  indentationAt,
  lineEnd,
  lineStart,
  nodesNamed,
  textOf,
  type ListSite,
  type SourceText,
} from './source-text.ts';
import type { SourceStyle } from './style.ts';

/** A statement that imports from aws-cdk-lib. */
export interface ImportStatement {
  /** In which of its language's ways it imports; the language knows which there are. */
  readonly form: string;
  readonly span: Span;
  /** Undefined where it is none of ours. */
  readonly module: CdkModule | undefined;
  /** As it is written, such as `aws-cdk-lib/aws-ec2`. */
  readonly specifier: string;
  /** Names in it, to which more can be added. */
  readonly names?: ListSite;
}

/** A name that an import gives to a module or to something of one. */
export interface Binding {
  readonly local: string;
  /** Undefined for modules that no fix needs. */
  readonly module: CdkModule | undefined;
  /** Undefined for the module itself, `*` for all that it exports. */
  readonly member?: string;
  readonly statement: ImportStatement;
}

/** How a file refers to something of a module. */
export interface Reference {
  readonly module: CdkModule;
  readonly member: string;
  /** What stands before the member: `ec2`, `cdk.aws_ec2`. */
  readonly prefix?: string;
  readonly binding: Binding;
}

/** What a chain of names such as `ec2.Vpc` refers to. */
export function resolve(chain: readonly string[], bindings: readonly Binding[]): Reference | undefined {
  const [head, ...rest] = chain;
  // Of all that is imported whole, the constructs of VPCs are in this module.
  const whole = bindings.find(({ module, member }) => member === '*' && module === 'aws_ec2');
  const binding = bindings.findLast(({ local }) => local === head) ?? whole;
  if (binding?.module === undefined) return undefined;
  const { module, member } = binding;
  if (member !== undefined) {
    const name = member === '*' ? head : member;
    return rest.length === 0 && name !== undefined ? { module, member: name, binding } : undefined;
  }
  const [first, second] = rest;
  if (
    module === 'core' &&
    rest.length === 2 &&
    first !== undefined &&
    second !== undefined &&
    first in aliasOf
  ) {
    return { module: first as CdkModule, member: second, prefix: `${head}.${first}`, binding };
  }
  return rest.length === 1 && first !== undefined
    ? { module, member: first, prefix: head ?? '', binding }
    : undefined;
}

/** How a language writes imports. */
export interface ImportWriter {
  /** A name in a list, such as `aws_logs as logs`. */
  name(imported: string, local: string, like: ImportStatement): string;
  /** A whole statement that imports a module or names of it, in the manner of another. */
  statement(wanted: WantedImport, like: ImportStatement, style: SourceStyle): string;
  /** Whether a statement like it imports names out of a module, rather than the module. */
  importsNames(like: ImportStatement): boolean;
}

export interface WantedImport {
  readonly module: CdkModule;
  /** Undefined for names. */
  readonly alias?: string;
  readonly names: readonly string[];
}

/** Names things of modules as the file does, and collects the imports that they need. */
export interface Names {
  of(module: CdkModule, member: string): string;
  edits(): readonly TextEdit[];
}

export function namesLike(
  construct: Reference,
  bindings: readonly Binding[],
  source: SourceText,
  style: SourceStyle,
  writer: ImportWriter,
): Names {
  const like = construct.binding.statement;
  const taken = identifiersOf(source);
  const added = new Map<ImportStatement, string[]>();
  const aliases = new Map<CdkModule, string>();
  const statements = new Map<CdkModule, { alias?: string; names: string[] }>();
  const locals = new Map<string, string>();

  function free(...wishes: readonly string[]): string {
    const [wish = ''] = wishes;
    const known = wishes.find((name) => !taken.has(name));
    let name = known ?? wish;
    for (let count = 2; taken.has(name); count += 1) name = `${wish}${count}`;
    taken.add(name);
    return name;
  }

  function addName(statement: ImportStatement, imported: string, local: string): void {
    added.set(statement, [...(added.get(statement) ?? []), writer.name(imported, local, statement)]);
  }

  /** What the module is called, where the file has or should have a name for it. */
  function prefixOf(module: CdkModule): string | undefined {
    if (module === construct.module && construct.prefix !== undefined) return construct.prefix;
    const bound = bindings.findLast((binding) => binding.module === module && binding.member === undefined);
    if (bound !== undefined) return bound.local;
    const known = aliases.get(module);
    if (known !== undefined) return known;
    const { binding, prefix } = construct;
    // As in `cdk.aws_ec2.Vpc`.
    if (prefix?.includes('.') === true && binding.module === 'core' && module !== 'core') {
      return `${binding.local}.${module}`;
    }
    return undefined;
  }

  function newPrefix(module: CdkModule): string {
    const short = aliasOf[module];
    const keepsLongName = construct.binding.local === construct.module && module !== 'core';
    const alias = keepsLongName
      ? free(module)
      : free(short, `aws${short[0]?.toUpperCase()}${short.slice(1)}`);
    aliases.set(module, alias);
    // As in `{ aws_ec2 as ec2 }`.
    if (like.module === 'core' && like.names !== undefined && module !== 'core') addName(like, module, alias);
    else statements.set(module, { alias, names: [] });
    return alias;
  }

  function localOf(module: CdkModule, member: string): string {
    const key = `${module}.${member}`;
    const known = locals.get(key);
    if (known !== undefined) return known;
    const own = bindings.findLast((binding) => binding.module === module && binding.member === member);
    if (own !== undefined) return own.local;
    const wild = bindings.find((binding) => binding.module === module && binding.member === '*');
    const local = wild === undefined ? free(member, `Cdk${member}`) : member;
    locals.set(key, local);
    if (wild !== undefined) return local;
    const lists = bindings.filter(
      ({ statement }) => statement.module === module && statement.names !== undefined,
    );
    // Rather among other members than among modules.
    const beside = (lists.findLast((binding) => binding.member !== undefined) ?? lists.at(-1))?.statement;
    if (beside === undefined) {
      const { names } = statements.get(module) ?? { names: [] };
      statements.set(module, { names: [...names, writer.name(member, local, like)] });
    } else addName(beside, member, local);
    return local;
  }

  return {
    of(module, member) {
      const prefix = prefixOf(module);
      if (prefix !== undefined) return `${prefix}.${member}`;
      const hasNames = bindings.some(
        (binding) =>
          binding.statement.module === module &&
          (binding.statement.names !== undefined || binding.member === '*'),
      );
      return hasNames || (writer.importsNames(like) && (like.module !== 'core' || module === 'core'))
        ? localOf(module, member)
        : `${newPrefix(module)}.${member}`;
    },
    edits() {
      const lists = [...added].flatMap(([{ names }, items]) =>
        names === undefined ? [] : appendNames(source, style, names, items),
      );
      const { text } = source;
      const start = style.lineEnd + indentationAt(text, like.span.start);
      const lines = [...statements].map(
        ([module, { names, ...wanted }]) =>
          start + writer.statement({ module, ...wanted, names: names.toSorted() }, like, style),
      );
      if (lines.length === 0) return lists;
      return [...lists, { span: { start: like.span.end, end: like.span.end }, newText: [lines.join('')] }];
    },
  };
}

/** Appends several names at once, each with a line of its own where they are too many for one. */
function appendNames(
  source: SourceText,
  style: SourceStyle,
  list: ListSite,
  names: readonly string[],
): readonly TextEdit[] {
  const { text } = source;
  const last = list.items.at(-1);
  const { span, items } = list;
  const hasOwnLine = last !== undefined && text.slice(lineStart(text, last.start), last.start).trim() === '';
  const line = lineEnd(text, span.end) - lineStart(text, span.start) + names.join(', ').length + 2;
  const isBracketed = /[{(]/.test(text[span.start - 1] ?? '') && items.length > 0;
  const isSpread = !hasOwnLine && isBracketed && line > style.width;
  const indentation = indentationAt(text, last?.start ?? span.start) + (isSpread ? style.unit : '');
  const separator = hasOwnLine || isSpread ? `,${style.lineEnd}${indentation}` : ', ';
  return appendItem(source, style, {
    list,
    item: names.join(separator),
    oneLine: isSpread ? 'spread' : 'stay',
    trailingComma: style.trailingComma,
  });
}

/** All names of a file that stand for values or types. */
export function identifiersOf(source: SourceText): Set<string> {
  const names = ['VariableName', 'VariableDefinition', 'TypeName', 'TypeDefinition'];
  return new Set(nodesNamed(source.tree.topNode, ...names).map((node) => textOf(node, source)));
}
