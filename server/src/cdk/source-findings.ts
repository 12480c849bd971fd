import type { Finding, FindingCode, RelatedPlace, Severity } from '../coverage/model.ts';
import type { Template } from '../template/model.ts';
import type { Span } from '../template/syntax.ts';
import { isBelow } from '../workspace/containment.ts';
import { nestedStacksIn } from '../template/resources.ts';
import { nestedTemplatePath } from '../workspace/nested-templates.ts';
import type { FileCheck } from '../workspace/file-check.ts';
import type { Workspace } from '../workspace/workspace.ts';
import { applicationFolder } from './application-folder.ts';
import type { AssemblyStates } from './assembly-states.ts';
import type { CloudAssembly } from './cloud-assembly.ts';
import type { ConstructKind } from './construct-kind.ts';
import { constructOf, type ConstructResource } from './constructs.ts';
import type { CreatingExpression, SourceLanguage } from './creating-expression.ts';
import { followExpression } from './follow-edits.ts';
import { SourceFiles, type Creation } from './source-files.ts';
import { sourceMessage } from './source-message.ts';

/** Something that the user should see at the line of code that makes it. */
export interface SourceFinding {
  readonly code: FindingCode;
  readonly severity: Severity;
  /** Names the construct and the stacks that have it. */
  readonly message: string;
  readonly language: SourceLanguage;
  /** By what the resource was made; fixes know `Vpc` and `CfnVPC`. */
  readonly kind: ConstructKind;
  /**
   * What makes the construct, in the text that was given: `new ec2.Vpc`. Its span begins at the `new` (at
   * `super` in a class that extends a construct).
   */
  readonly expression: CreatingExpression;
  /** Whether the text is another one than was synthesised, so that the finding may no longer hold. */
  readonly isStale: boolean;
  /** Every resource that the expression makes and that the finding is about; at least one. */
  readonly instances: readonly SourceFindingInstance[];
}

/** A resource of a template that a line of code makes. */
interface SourceFindingInstance {
  /** `aws:cdk:path`, such as `Prod/Network/Main/Resource`. */
  readonly constructPath: string;
  /** As the CDK's commands name the stack: `Prod/Network`. */
  readonly stack: string;
  readonly template: string;
  readonly logicalId: string;
  /** Of the logical id in the template. */
  readonly span: Span;
  /** What the finding in the template points at, beside the resource itself. */
  readonly related: readonly RelatedPlace[];
}

/** What a line of code makes, with what is found about it in one template. */
interface Occurrence {
  readonly finding: Finding;
  readonly construct: ConstructResource;
  readonly creation: Creation;
}

/** What was found in an assembly when it was last whole. */
interface Snapshot {
  /** From which the occurrences were made. */
  readonly checks: ReadonlyMap<string, FileCheck>;
  readonly occurrences: Promise<readonly Occurrence[]>;
}

/** In milliseconds. */
const longestTurn = 20;

/** Findings on comments and metadata of the template are of no use where the construct is made. */
const ofTemplatesOnly = new Set<FindingCode>(['suppression-unused', 'suppression-misspelled']);

/** Findings on these say one thing: the VPC has no flow log that counts. */
const onVpcs = new Set<FindingCode>([
  'vpc-no-flow-log',
  'vpc-flow-log-accept-only',
  'vpc-flow-log-conditional',
  'vpc-flow-log-unknown',
]);

/** The findings of the templates that an application synthesised, at the lines of code that they come from. */
export class SourceFindings {
  readonly #assemblies: AssemblyStates;
  readonly #workspace: Pick<Workspace, 'check' | 'templatesIn'>;
  readonly #snapshots = new WeakMap<CloudAssembly, Snapshot>();
  readonly #sources = new WeakMap<CloudAssembly, SourceFiles>();

  constructor(assemblies: AssemblyStates, workspace: Pick<Workspace, 'check' | 'templatesIn'>) {
    this.#assemblies = assemblies;
    this.#workspace = workspace;
  }

  /**
   * The findings that come from a source file, in the order of its text. A construct has one finding of a
   * sort, however many stacks have it. Never rejects.
   *
   * @param file Absolute.
   * @param text As the editor has it now.
   */
  async findingsIn(file: string, text: string): Promise<readonly SourceFinding[]> {
    const groups = new Map<string, Occurrence[]>();
    for (const occurrence of await this.#occurrencesIn(file)) {
      const { finding, creation } = occurrence;
      const sort = onVpcs.has(finding.code) ? 'vpc' : finding.code;
      const key = `${sort} ${creation.expression.span.start}`;
      groups.set(key, [...(groups.get(key) ?? []), occurrence]);
    }
    return [...groups.values()]
      .flatMap((group) => toSourceFinding(group, text))
      .toSorted((a, b) => a.expression.span.start - b.expression.span.start);
  }

  /**
   * The folders of the applications that findings in that file come from, if it is another text than was
   * synthesised; then a synthesis would tell more.
   *
   * @param file Absolute.
   * @param text As the editor has it now.
   */
  async staleApplications(file: string, text: string): Promise<readonly string[]> {
    const { files } = this.#assemblies;
    const folders = new Set<string>();
    for (const assembly of this.#assemblies.assemblies) {
      const occurrences = await this.#occurrencesOf(assembly);
      const isStale = occurrences.some(
        ({ creation: { file: source, source: known } }) =>
          source === file && (known.isNewer || known.text !== text),
      );
      if (isStale && files !== undefined) folders.add(await applicationFolder(assembly, files));
    }
    return [...folders];
  }

  /** The way from the constructs of an assembly to their sources. */
  sourcesOf(assembly: CloudAssembly): SourceFiles | undefined {
    const { files } = this.#assemblies;
    const known = this.#sources.get(assembly);
    if (known !== undefined || files === undefined) return known;
    const sources = new SourceFiles(assembly, files);
    this.#sources.set(assembly, sources);
    return sources;
  }

  async #occurrencesIn(file: string): Promise<readonly Occurrence[]> {
    const found: Occurrence[] = [];
    for (const assembly of this.#assemblies.assemblies) {
      const occurrences = await this.#occurrencesOf(assembly);
      found.push(...occurrences.filter(({ creation }) => creation.file === file));
    }
    return found;
  }

  /** While an assembly is being written, what was found before that began. */
  async #occurrencesOf(assembly: CloudAssembly): Promise<readonly Occurrence[]> {
    const known = this.#snapshots.get(assembly);
    if (this.#assemblies.isWaitedFor(assembly.folder)) {
      if (known !== undefined) return known.occurrences;
      // Nobody has seen anything of it yet, so it can wait until there is something true to be seen.
      await this.#assemblies.settled(assembly.folder);
    }
    const checks = await this.#check(assembly);
    if (known !== undefined && areSame(checks, known.checks)) return known.occurrences;
    const occurrences = this.#findOccurrences(assembly, checks);
    this.#snapshots.set(assembly, { checks, occurrences });
    return occurrences;
  }

  /**
   * Checks every template of an assembly, with those that nested stacks of older versions name alone. In turns: many
   * large templates must not keep an editor waiting that asks for something else.
   */
  async #check(assembly: CloudAssembly): Promise<ReadonlyMap<string, FileCheck>> {
    const checks = new Map<string, FileCheck>();
    const waiting = [...templatesOf(assembly)];
    let begun = performance.now();
    for (let file = waiting.shift(); file !== undefined; file = waiting.shift()) {
      if (checks.has(file)) continue;
      checks.set(file, this.#workspace.check(file));
      for (const template of this.#workspace.templatesIn(file)) {
        waiting.push(...nestedIn(template).filter((nested) => isBelow(nested, assembly.folder)));
      }
      if (performance.now() - begun < longestTurn) continue;
      await new Promise(setImmediate);
      begun = performance.now();
    }
    return checks;
  }

  async #findOccurrences(
    assembly: CloudAssembly,
    checks: ReadonlyMap<string, FileCheck>,
  ): Promise<readonly Occurrence[]> {
    const found: Occurrence[] = [];
    const sources = this.sourcesOf(assembly);
    for (const [file, check] of checks) {
      if (check.kind !== 'template' || sources === undefined) continue;
      const [template] = this.#workspace.templatesIn(file);
      if (template === undefined) continue;
      for (const finding of check.findings) {
        if (ofTemplatesOnly.has(finding.code)) continue;
        const construct = constructOf(assembly, template, finding.logicalId);
        const creation = construct && (await sources.creationOf(construct));
        if (creation !== undefined && construct !== undefined) found.push({ finding, construct, creation });
      }
    }
    return found;
  }
}

export function templatesOf({ stacks }: CloudAssembly): readonly string[] {
  return [...new Set(stacks.flatMap(({ templates }) => templates.map(({ file }) => file)))];
}

function nestedIn(template: Template): readonly string[] {
  return nestedStacksIn(template).flatMap((resource) => nestedTemplatePath(resource, template) ?? []);
}

function areSame(one: ReadonlyMap<string, FileCheck>, other: ReadonlyMap<string, FileCheck>): boolean {
  return one.size === other.size && [...one].every(([file, check]) => other.get(file) === check);
}

const severityOrder: readonly Severity[] = ['error', 'warning', 'information', 'hint'];

function toSourceFinding(group: readonly Occurrence[], text: string): SourceFinding[] {
  const [worst] = group.toSorted(
    (a, b) => severityOrder.indexOf(a.finding.severity) - severityOrder.indexOf(b.finding.severity),
  );
  if (worst === undefined) return [];
  const { creation, construct, finding } = worst;
  const { source, expression, language } = creation;
  const current = followExpression({ text: source.text, expression }, text, language);
  if (current === undefined) return [];
  const isStale = source.isNewer || source.text !== text;
  return [
    {
      code: finding.code,
      severity: finding.severity,
      message: sourceMessage(group, isStale),
      language,
      kind: construct.kind,
      expression: current,
      isStale,
      instances: group.map(toInstance),
    },
  ];
}

function toInstance({ construct, finding }: Occurrence): SourceFindingInstance {
  return {
    constructPath: construct.path,
    stack: construct.stack.displayName,
    template: construct.template.file,
    logicalId: construct.logicalId,
    span: construct.span,
    related: finding.related.map((place) => ({ file: construct.template.file, ...place })),
  };
}
