import { includeMacro } from './macros.ts';
import {
  child,
  entriesOf,
  mayMention,
  textOf,
  withEntries,
  withItems,
  withValue,
  type Entry,
  type Mapping,
  type Span,
  type SyntaxNode,
} from './syntax.ts';

/** A place where `AWS::Include` inserts a file of the same machine, as `aws cloudformation package` takes it. */
export interface Include {
  /** As it is written: a path relative to the template. */
  readonly location: string;
  /** The path in the text. */
  readonly span: Span;
}

/**
 * The files that a template includes by a local path, wherever it does.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/transform-aws-include.html
 */
export function localIncludes(root: SyntaxNode): Include[] {
  const found: Include[] = [];
  insertIncludes(root, (include) => {
    found.push(include);
    return undefined;
  });
  return found;
}

/**
 * The tree with included files in place of the transforms that name them. All that comes from a file stands
 * where its transform does, for there is no other place for it in this text.
 *
 * @param read What is in a file; undefined leaves the include as it is.
 */
export function insertIncludes(
  root: SyntaxNode,
  read: (include: Include) => SyntaxNode | undefined,
): SyntaxNode {
  const done = new Map<SyntaxNode, SyntaxNode>();
  const visit = (node: SyntaxNode): SyntaxNode => {
    if (node.kind === 'scalar') return node;
    const known = done.get(node);
    if (known !== undefined) return known;
    const inserted = node.kind === 'sequence' ? withItems(node, node.items.map(visit)) : visitMapping(node);
    done.set(node, inserted);
    return inserted;
  };
  const visitMapping = (mapping: Mapping): Mapping => {
    const own: Entry[] = [];
    const included: Entry[] = [];
    for (const entry of mapping.entries) {
      if (entry.name === 'Fn::Transform' || (mapping === root && entry.name === 'Transform')) {
        const { left, files } = readTransforms(entry, read);
        own.push(...left);
        for (const file of files)
          for (const found of entriesOf(movedTo(file, entry.keySpan))) included.push(found);
      } else own.push(mayMention(entry, includeMacro) ? withValue(entry, visit(entry.value)) : entry);
    }
    return withEntries(mapping, included.length === 0 ? own : joined(own, included));
  };
  return visit(root);
}

/** What a transform includes, and what is left of it. */
function readTransforms(
  transform: Entry,
  read: (include: Include) => SyntaxNode | undefined,
): { readonly left: readonly Entry[]; readonly files: readonly SyntaxNode[] } {
  const { value } = transform;
  const files: SyntaxNode[] = [];
  const calls = (value.kind === 'sequence' ? value.items : [value]).filter((call) => {
    const include = readInclude(call);
    const file = include === undefined ? undefined : read(include);
    if (file !== undefined) files.push(file);
    return file === undefined;
  });
  if (files.length === 0) return { left: [transform], files };
  const left = value.kind === 'sequence' ? [withValue(transform, { ...value, items: calls })] : [];
  return { left, files };
}

/** A file may add to a section that the template has, too. */
function joined(own: readonly Entry[], included: readonly Entry[]): readonly Entry[] {
  const sections = new Map(own.map((entry) => [entry.name, entry]));
  for (const entry of included) {
    const known = sections.get(entry.name);
    if (known?.value.kind === 'mapping' && entry.value.kind === 'mapping') {
      const entries = [...known.value.entries, ...entry.value.entries];
      sections.set(entry.name, withValue(known, { kind: 'mapping', span: known.value.span, entries }));
    } else sections.set(entry.name, entry);
  }
  return [...sections.values()];
}

function readInclude(call: SyntaxNode): Include | undefined {
  if (textOf(child(call, 'Name')) !== includeMacro) return undefined;
  const node = child(child(call, 'Parameters'), 'Location');
  const location = textOf(node);
  return node !== undefined && location !== undefined && isLocal(location)
    ? { location, span: node.span }
    : undefined;
}

/** Neither `s3://…` nor `https://…`. */
function isLocal(location: string): boolean {
  return !/^[a-z][\w+.-]+:/i.test(location);
}

function movedTo(tree: SyntaxNode, span: Span): SyntaxNode {
  const done = new Map<SyntaxNode, SyntaxNode>();
  const visit = (node: SyntaxNode): SyntaxNode => {
    const known = done.get(node);
    if (known !== undefined) return known;
    const moved = move(node);
    done.set(node, moved);
    return moved;
  };
  const move = (node: SyntaxNode): SyntaxNode => {
    if (node.kind === 'scalar') return { ...node, span };
    if (node.kind === 'sequence') return { ...node, span, items: node.items.map(visit) };
    const entries = node.entries.map((entry) => ({ ...entry, keySpan: span, value: visit(entry.value) }));
    return { ...node, span, entries } satisfies Mapping;
  };
  return visit(tree);
}
