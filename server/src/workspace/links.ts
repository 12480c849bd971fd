import { t } from '@vscode/l10n';
import path from 'node:path';
import { claimsOfDeployment } from '../coverage/assess.ts';
import type { Claim } from '../coverage/flow-log.ts';
import type { Standard } from '../coverage/policy.ts';
import { only } from '../template/evaluate.ts';
import { computeForGood } from '../template/kept.ts';
import { Remembered } from '../template/remembered.ts';
import { isNestedStack, nestedStacksIn } from '../template/resources.ts';
import { rootScope, type StackScope, type Surroundings } from '../template/scope.ts';
import type { Steps } from '../template/steps.ts';
import type { Resource, Template } from '../template/model.ts';
import { entry } from '../template/syntax.ts';
import type { Alternatives, Scope, Value } from '../template/value.ts';
import { chooseOutput, exportedAs, namePatterns, outputsOf, outputValue, type Output } from './exports.ts';
import type { FileEntry } from './file-entry.ts';
import type { LinkHints } from './link-hints.ts';
import { nestedTemplatePath } from './nested-templates.ts';
import type { TemplateFile } from './template-file.ts';

/** The stacks that deploy a template, by the links that were last asked. */
const knownStacks = new Remembered<{ readonly links: Links; stacks: readonly StackScope[] }>();

/** All links between the files as they are now; thrown away when one that may be linked changes. */
export class Links implements Surroundings {
  readonly #entries: ReadonlyMap<string, FileEntry>;
  #parents: ReadonlyMap<string, readonly Template[]> | undefined;
  #outputs: readonly Output[] | undefined;
  #importing: readonly string[] | undefined;
  #including: readonly string[] | undefined;
  /** By stack, then by the output's name. */
  readonly #outputValues = new Map<Scope, Map<string, Alternatives>>();

  constructor(entries: ReadonlyMap<string, FileEntry>) {
    this.#entries = entries;
  }

  /** The stacks that deploy a template: those in which others nest it, else one of its own. */
  stacksOf(template: Template): readonly StackScope[] {
    const known = knownStacks.get(template);
    if (known?.links === this) return known.stacks;
    // What templates that nest each other in a circle find while they are being looked at.
    const found = { links: this, stacks: [] as readonly StackScope[] };
    knownStacks.set(template, found);
    const nested = computeForGood(() =>
      (this.#parentsByChild().get(template.file) ?? [])
        .flatMap((parent) => this.stacksOf(parent))
        .flatMap((scope) => [...nestedStacks(scope)])
        .filter((scope) => scope.template === template),
    );
    found.stacks = nested.length > 0 ? nested : [rootScope(template, this)];
    return found.stacks;
  }

  /** What the flow logs do that can be on a VPC of that file: its own deployments', and those that import. */
  claimsOn(file: string, standard: Standard): readonly Claim[] {
    const files = new Set([file, ...this.#importingFiles()]);
    const roots = new Set<StackScope>();
    for (const one of files) {
      for (const template of this.#templatesIn(one)) {
        for (const { root } of this.stacksOf(template)) roots.add(root);
      }
    }
    return [...roots].flatMap((root) => claimsOfDeployment(root, standard));
  }

  /** Whether some template nests or includes that file, or would if it were there. */
  isPartOfOthers(file: string): boolean {
    return this.#parentsByChild().has(file) || this.isIncluded(file);
  }

  /** Whether there are files that may include others, of which each may be a part then. */
  get haveIncludes(): boolean {
    return this.#includingFiles().length > 0;
  }

  /** Whether the check of some other file may look at what is in that one, or its own at what is in others. */
  isLinked(file: string): boolean {
    const hints = this.#entries.get(file)?.hints;
    if (hints === undefined) return false;
    const { nests, exports, imports, includes } = hints;
    const isImported = exports && this.#importingFiles().length > 0;
    return nests || imports || includes || isImported || this.isPartOfOthers(file);
  }

  /** Whether some template includes that file, or would if it were there. */
  isIncluded(file: string): boolean {
    return this.#includingFiles().some((other) => this.#entries.get(other)?.hasIncluded(file) === true);
  }

  /**
   * Whether what is in a file is only a part of the templates that include it: names of theirs that it uses are
   * none of its own.
   */
  isFragment(file: string, templates: readonly Template[]): boolean {
    if (templates.some(({ root }) => entry(root, 'AWSTemplateFormatVersion') !== undefined)) return false;
    return this.#includingFiles().some((other) => {
      const including = this.#entries.get(other);
      if (including === undefined || other === file) return false;
      this.read(including);
      return including.hasIncluded(file);
    });
  }

  /** Reads the files that the check of any other may have to look at, so that it need not read them all at once. */
  *readLinked(): Steps<void> {
    const isImporting = this.#importingFiles().length > 0;
    for (const file of this.#entries.values()) {
      const { nests, imports, exports } = file.hints;
      if (!nests && !imports && !(exports && isImporting)) continue;
      yield* file.readAhead() ?? [];
      this.read(file);
      yield;
    }
  }

  /** What is in a file, with all that it includes. */
  read(file: FileEntry): TemplateFile {
    return file.read(this.#entries);
  }

  nestedTemplate(stack: Resource, parent: Template): Template | undefined {
    if (!isNestedStack(stack)) return undefined;
    const file = nestedTemplatePath(stack, parent);
    return file === undefined ? undefined : this.#templatesIn(file)[0];
  }

  exported(name: Value, importer: Scope): Alternatives {
    const wanted = namePatterns(name);
    const found = wanted === undefined ? [] : exportedAs(wanted, this.#allOutputs());
    return chooseOutput(found, importer, t('a VPC that another stack exports'), this.#valueOf);
  }

  stackOutput(stackName: Value, output: string, importer: Scope): Alternatives {
    const named = this.#allOutputs().filter(({ name }) => name === output);
    // The CDK calls a template after its stack; nothing else ties a template to a stack's name.
    const ofStack = named.filter(
      ({ scope }) =>
        stackName.kind === 'text' && path.basename(scope.template.file).startsWith(`${stackName.text}.`),
    );
    return chooseOutput(
      ofStack.length > 0 ? ofStack : named,
      importer,
      t('a VPC that another stack puts out'),
      this.#valueOf,
    );
  }

  readonly #valueOf = (output: Output): Alternatives => {
    const values = this.#outputValues.get(output.scope) ?? new Map<string, Alternatives>();
    this.#outputValues.set(output.scope, values);
    const known = values.get(output.name);
    if (known !== undefined) return known;
    // What outputs find that are imports of each other.
    values.set(output.name, only({ kind: 'unknown', why: t('it leads back to itself') }));
    const value = computeForGood(() => outputValue(output));
    values.set(output.name, value);
    return value;
  };

  #importingFiles(): readonly string[] {
    this.#importing ??= this.#filesThat('imports');
    return this.#importing;
  }

  #includingFiles(): readonly string[] {
    this.#including ??= this.#filesThat('includes');
    return this.#including;
  }

  /** Looked for once: a file of which that changes has the links forgotten. */
  #filesThat(hint: keyof LinkHints): readonly string[] {
    return Array.from(this.#entries).flatMap(([file, { hints }]) => (hints[hint] ? [file] : []));
  }

  #templatesIn(file: string): readonly Template[] {
    const read = this.#entries.get(file)?.read(this.#entries);
    return read?.kind === 'templates' ? read.templates : [];
  }

  /** File of a nested template → the templates that nest it. */
  #parentsByChild(): ReadonlyMap<string, readonly Template[]> {
    this.#parents ??= computeForGood(() => this.#findParents());
    return this.#parents;
  }

  #findParents(): ReadonlyMap<string, readonly Template[]> {
    const parents = new Map<string, Template[]>();
    for (const [file, { hints }] of this.#entries) {
      if (!hints.nests) continue;
      for (const parent of this.#templatesIn(file)) {
        for (const resource of nestedStacksIn(parent)) {
          const nested = nestedTemplatePath(resource, parent);
          if (nested === undefined) continue;
          const known = parents.get(nested) ?? [];
          if (!known.includes(parent)) parents.set(nested, [...known, parent]);
        }
      }
    }
    return parents;
  }

  #allOutputs(): readonly Output[] {
    if (this.#outputs !== undefined) return this.#outputs;
    // What the name of an export finds that itself imports.
    this.#outputs = [];
    this.#outputs = computeForGood(() => this.#findOutputs());
    return this.#outputs;
  }

  #findOutputs(): readonly Output[] {
    const files = Array.from(this.#entries).filter(([, { hints }]) => hints.exports);
    const templates = files.flatMap(([file]) => this.#templatesIn(file));
    return templates.flatMap((template) => this.stacksOf(template)).flatMap(outputsOf);
  }
}

function* nestedStacks(scope: StackScope): Generator<StackScope> {
  for (const resource of nestedStacksIn(scope.template)) {
    const nested = scope.nested(resource);
    if (nested !== undefined) yield nested;
  }
}
