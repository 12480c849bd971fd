import type { Resource, Template } from '../template/model.ts';
import { entry, type Span } from '../template/syntax.ts';
import { isAtOrBelow } from '../workspace/containment.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { AssemblyStates } from './assembly-states.ts';
import type { CloudAssembly } from './cloud-assembly.ts';
import { constructOf, type ConstructResource } from './constructs.ts';
import { followExpression } from './follow-edits.ts';
import type { Creation } from './source-files.ts';
import { templatesOf, type SourceFindings } from './source-findings.ts';

/** From a place in a template to the line of code that it comes from. */
export interface LinkToSource {
  /** In the template: the logical id, or the construct path in its metadata. */
  readonly from: Span;
  readonly file: string;
  /** Of the source as it is now. */
  readonly text: string;
  /** In that text. */
  readonly to: Span;
}

/** From a line of code to a resource that it makes. */
export interface LinkToTemplate {
  /** In the source as it is now. */
  readonly from: Span;
  readonly constructPath: string;
  readonly stack: string;
  readonly template: string;
  /** Of the logical id in the template. */
  readonly to: Span;
}

/** The text of a source file that is open in the editor. */
type TextOf = (file: string) => string | undefined;

interface Made {
  readonly construct: ConstructResource;
  readonly creation: Creation;
}

/** The ways between the templates of cloud assemblies and the code that they were made from. */
export class SourceLinks {
  readonly #assemblies: AssemblyStates;
  readonly #workspace: Pick<Workspace, 'templatesIn'>;
  readonly #findings: SourceFindings;
  readonly #textOf: TextOf;
  /** Found out when it is first asked for. */
  readonly #made = new WeakMap<CloudAssembly, Promise<ReadonlyMap<string, readonly Made[]>>>();

  constructor(
    assemblies: AssemblyStates,
    workspace: Pick<Workspace, 'templatesIn'>,
    findings: SourceFindings,
    textOf: TextOf,
  ) {
    this.#assemblies = assemblies;
    this.#workspace = workspace;
    this.#findings = findings;
    this.#textOf = textOf;
  }

  /** Where what stands at an offset of a template was made: the resource's logical id, or its construct path. */
  async sourceAt(template: string, offset: number): Promise<LinkToSource | undefined> {
    for (const { resource, of } of this.#resourcesIn(template)) {
      const from = [resource.span, pathSpan(resource)].find(
        (span) => span !== undefined && span.start <= offset && offset <= span.end,
      );
      if (from !== undefined) return this.#toSource(of.assembly, of.template, resource, from);
    }
    return undefined;
  }

  /** The construct paths of a template that lead to source, in the order of the text. */
  async sourcesIn(template: string): Promise<readonly LinkToSource[]> {
    const links: LinkToSource[] = [];
    for (const { resource, of } of this.#resourcesIn(template)) {
      const from = pathSpan(resource);
      const link = from && (await this.#toSource(of.assembly, of.template, resource, from));
      if (link !== undefined) links.push(link);
    }
    return links;
  }

  /**
   * The resources that an expression makes, when the offset is on its `new` or on the id that it gives: what
   * stands between has a definition of its own. Of each template the one nearest to the construct.
   */
  async templatesAt(file: string, text: string, offset: number): Promise<readonly LinkToTemplate[]> {
    const links = await this.#linksIn(file, text);
    return links.filter(({ from }) => from.start <= offset && offset <= from.end);
  }

  /** The ids in a source file that became VPCs, each with the resources. */
  async vpcsIn(file: string, text: string): Promise<readonly LinkToTemplate[]> {
    const links = await this.#linksIn(file, text, ({ kind }) => kind !== 'other');
    const keyword = 'new'.length;
    return links.filter(({ from }) => from.end - from.start > keyword || text[from.start] !== 'n');
  }

  async #linksIn(
    file: string,
    text: string,
    isWanted: (construct: ConstructResource) => boolean = () => true,
  ): Promise<readonly LinkToTemplate[]> {
    const links: LinkToTemplate[] = [];
    for (const assembly of this.#assemblies.assemblies) {
      const made = (await this.#madeBy(assembly)).get(file) ?? [];
      for (const { construct, creation } of mainOnes(made)) {
        if (!isWanted(construct)) continue;
        const { source, expression, language } = creation;
        const now = followExpression({ text: source.text, expression }, text, language);
        if (now === undefined) continue;
        const { start } = now.span;
        const keyword = text.startsWith('new', start) ? { start, end: start + 3 } : now.span;
        for (const from of now.id === undefined ? [keyword] : [keyword, now.id.span]) {
          links.push({
            from,
            constructPath: construct.path,
            stack: construct.stack.displayName,
            template: construct.template.file,
            to: construct.span,
          });
        }
      }
    }
    return links;
  }

  *#resourcesIn(file: string): Generator<{
    readonly resource: Resource;
    readonly of: { readonly assembly: CloudAssembly; readonly template: Template };
  }> {
    const assembly = this.#assemblies.assemblies.find(({ folder }) => isAtOrBelow(file, folder));
    if (assembly === undefined) return;
    for (const template of this.#workspace.templatesIn(file)) {
      for (const resource of template.resources.values()) yield { resource, of: { assembly, template } };
    }
  }

  async #toSource(
    assembly: CloudAssembly,
    template: Template,
    resource: Resource,
    from: Span,
  ): Promise<LinkToSource | undefined> {
    const construct = constructOf(assembly, template, resource.logicalId);
    const creation = construct && (await this.#findings.sourcesOf(assembly)?.creationOf(construct));
    if (creation === undefined) return undefined;
    const { file, source, expression, language } = creation;
    const text = this.#textOf(file) ?? source.text;
    const now = followExpression({ text: source.text, expression }, text, language);
    return now && { from, file, text, to: now.span };
  }

  #madeBy(assembly: CloudAssembly): Promise<ReadonlyMap<string, readonly Made[]>> {
    const known = this.#made.get(assembly);
    if (known !== undefined) return known;
    const made = this.#findMade(assembly);
    this.#made.set(assembly, made);
    return made;
  }

  async #findMade(assembly: CloudAssembly): Promise<ReadonlyMap<string, readonly Made[]>> {
    const found = new Map<string, Made[]>();
    const sources = this.#findings.sourcesOf(assembly);
    if (sources === undefined) return found;
    for (const file of templatesOf(assembly)) {
      for (const template of this.#workspace.templatesIn(file)) {
        for (const logicalId of template.resources.keys()) {
          const construct = constructOf(assembly, template, logicalId);
          const creation = construct && (await sources.creationOf(construct));
          if (creation === undefined || construct === undefined) continue;
          const others = found.get(creation.file);
          if (others === undefined) found.set(creation.file, [{ construct, creation }]);
          else others.push({ construct, creation });
        }
      }
    }
    return found;
  }
}

/** Of all that one expression makes in one template, what is nearest to it by its path. */
function mainOnes(made: readonly Made[]): readonly Made[] {
  const mains = new Map<string, Made>();
  for (const one of made) {
    const key = `${one.creation.expression.span.start} ${one.construct.template.file} ${stemOf(one)}`;
    const other = mains.get(key);
    if (other === undefined || depthOf(one) < depthOf(other)) mains.set(key, one);
  }
  return [...mains.values()];
}

/** The construct that the expression itself makes, where its id is known: a helper may be called many times. */
function stemOf({ construct, creation }: Made): string {
  const { id } = creation.expression;
  if (id?.isLiteral !== true) return '';
  const steps = construct.path.split('/');
  const depth = steps.lastIndexOf(id.text);
  return depth < 0 ? '' : steps.slice(0, depth + 1).join('/');
}

function depthOf({ construct }: Made): number {
  return construct.path.split('/').length;
}

/** The value of `aws:cdk:path`, without its quotes. */
function pathSpan({ metadata }: Resource): Span | undefined {
  return entry(metadata, 'aws:cdk:path')?.value.span;
}
