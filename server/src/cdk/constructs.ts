import type { Template } from '../template/model.ts';
import { child, textOf, type Span } from '../template/syntax.ts';
import type { AssemblyStack, CloudAssembly, StackTemplate } from './cloud-assembly.ts';
import { kindOfConstruct, ownerOf, type ConstructKind } from './construct-kind.ts';

/** A resource of a template, as the assembly tells how it came there. */
export interface ConstructResource {
  /** `aws:cdk:path`: stages, stack and constructs, down to the resource. */
  readonly path: string;
  readonly kind: ConstructKind;
  readonly stack: AssemblyStack;
  readonly template: Template;
  readonly logicalId: string;
  /** Of the logical id in the template. */
  readonly span: Span;
  readonly creationStack: readonly string[];
}

/**
 * What an assembly tells of a resource in one of its templates; undefined where it tells nothing. It is known
 * by the path in its metadata, which synthesis can be told to leave out; then by its logical id.
 */
export function constructOf(
  assembly: CloudAssembly,
  template: Template,
  logicalId: string,
): ConstructResource | undefined {
  const resource = template.resources.get(logicalId);
  if (resource === undefined) return undefined;
  const noted = textOf(child(resource.metadata, 'aws:cdk:path'));
  for (const stack of stacksWith(template.file, assembly)) {
    const own = stack.templates.find(({ file }) => file === template.file);
    const path = noted ?? (own && pathByLogicalId(stack, own, logicalId));
    const construct = path === undefined ? undefined : stack.constructs.get(path);
    if (path === undefined || construct?.logicalId !== logicalId) continue;
    const kind = kindOfConstruct(path, resource.type, assembly.tree);
    const { creationStack } = construct;
    return { path, kind, stack, template, logicalId, span: resource.span, creationStack };
  }
  return undefined;
}

/** The construct's name within its stack, as a user thinks of it: `Nested/Main`. */
export function nameInStack({
  path,
  kind,
  stack,
}: Pick<ConstructResource, 'path' | 'stack'> & Partial<Pick<ConstructResource, 'kind'>>): string {
  const root = stack.templates[0]?.path ?? '';
  const owner = kind === 'CfnVPC' ? path : ownerOf(path);
  if (root !== '' && owner.startsWith(`${root}/`)) return owner.slice(root.length + 1);
  const steps = owner.split('/');
  return steps.length > 1 ? steps.slice(1).join('/') : owner;
}

const namesByStack = new WeakMap<AssemblyStack, ReadonlyMap<string, string>>();

/** Logical id → name in the stack, for ids that the CDK made up: those that end in a hash. */
export function namesOfGeneratedIds(stack: AssemblyStack): ReadonlyMap<string, string> {
  const known = namesByStack.get(stack);
  if (known !== undefined) return known;
  const names = new Map<string, string>();
  for (const [path, { logicalId }] of stack.constructs) {
    if (/[0-9A-F]{8}$/.test(logicalId)) names.set(logicalId, nameInStack({ path, stack }));
  }
  namesByStack.set(stack, names);
  return names;
}

/** The construct's own id: the last step of its path. That of a bare resource may be `Resource`, too. */
export function idOf({ path, kind }: Pick<ConstructResource, 'path' | 'kind'>): string {
  const own = kind === 'CfnVPC' ? path : ownerOf(path);
  return own.split('/').at(-1) ?? '';
}

const stacksByTemplate = new WeakMap<CloudAssembly, ReadonlyMap<string, readonly AssemblyStack[]>>();

/** Those that name the template. Older versions do not name those of nested stacks, which may be of any stack. */
function stacksWith(file: string, assembly: CloudAssembly): readonly AssemblyStack[] {
  const known = stacksByTemplate.get(assembly);
  if (known !== undefined) return known.get(file) ?? assembly.stacks;
  const stacks = new Map<string, AssemblyStack[]>();
  for (const stack of assembly.stacks) {
    for (const template of stack.templates) {
      stacks.set(template.file, [...(stacks.get(template.file) ?? []), stack]);
    }
  }
  stacksByTemplate.set(assembly, stacks);
  return stacks.get(file) ?? assembly.stacks;
}

/** Nested stacks may use the same logical ids; the path tells in which of them a resource is. */
function pathByLogicalId(stack: AssemblyStack, own: StackTemplate, logicalId: string): string | undefined {
  for (const [path, construct] of stack.constructs) {
    if (construct.logicalId === logicalId && templateAround(stack, path) === own.file) return path;
  }
  return undefined;
}

function templateAround({ templates }: AssemblyStack, path: string): string | undefined {
  return templates
    .filter((template) => template.path === '' || path.startsWith(`${template.path}/`))
    .toSorted((a, b) => b.path.length - a.path.length)[0]?.file;
}
