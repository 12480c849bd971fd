import { t } from '@vscode/l10n';
import { conditionFormula } from './conditions.ts';
import { evaluate, only } from './evaluate.ts';
import { always, and, equals, not, or, type Formula } from './formula.ts';
import { computeForGood, keep, noteEffect } from './kept.ts';
import { isPseudoParameter, itemSubject, pseudoSubject, subjectOf } from './parameters.ts';
import { nestedStacksIn } from './resources.ts';
import { ruleFormulas } from './rules.ts';
import { child, entry } from './syntax.ts';
import type { Parameter, Resource, Template } from './model.ts';
import type { Alternatives, Scope, Value } from './value.ts';

/** What lies around a template: the other templates that it nests, and what other stacks export. */
export interface Surroundings {
  /** The template that a nested-stack resource deploys, where it is at hand. */
  nestedTemplate(stack: Resource, parent: Template): Template | undefined;
  exported(name: Value, importer: Scope): Alternatives;
  stackOutput(stackName: Value, output: string, importer: Scope): Alternatives;
}

/** The surroundings of a template of which nothing but its text is known. */
const alone: Surroundings = {
  nestedTemplate: () => undefined,
  exported: () => only({ kind: 'outside', description: t('a VPC that another stack exports') }),
  stackOutput: () => only({ kind: 'outside', description: t('a VPC that another stack puts out') }),
};

/** The stack of a template that is deployed on its own, and all that it nests. */
export function rootScope(template: Template, surroundings: Surroundings = alone): StackScope {
  return new StackScope(template, surroundings, undefined);
}

interface Nesting {
  readonly parent: StackScope;
  readonly stack: Resource;
}

/** More stacks than CloudFormation would nest; what lies beyond counts as not at hand. */
const mostNestedStacks = 500;

/** Conditions that name each other in a longer chain than this end in one that cannot be told. */
const deepestCondition = 100;

export class StackScope implements Scope {
  readonly template: Template;
  readonly root: StackScope;
  readonly key: string;
  readonly exists: Formula;
  /** The stack resource of the parent, where this is a nested stack. */
  readonly nesting: Nesting | undefined;
  readonly #surroundings: Surroundings;
  readonly #assumptions: Formula[];
  /** The names of the conditions and of the parameters that are being read. */
  readonly #conditionsInReading = new Set<string>();
  readonly #parametersInReading = new Set<string>();
  readonly #nested = new Map<string, StackScope | undefined>();
  #stacks = 1;
  #hasNotedRules = false;

  constructor(template: Template, surroundings: Surroundings, nesting: Nesting | undefined) {
    this.template = template;
    this.nesting = nesting;
    this.#surroundings = surroundings;
    if (nesting === undefined) {
      this.root = this;
      this.key = template.file === '' ? '' : `${template.file}|`;
      this.exists = always;
      this.#assumptions = [];
    } else {
      const { parent, stack } = nesting;
      this.root = parent.root;
      this.key = `${parent.key}${stack.logicalId}|`;
      this.exists = existence(stack, parent);
      this.#assumptions = this.root.#assumptions;
    }
  }

  get assumptions(): readonly Formula[] {
    this.root.#noteRules();
    return this.#assumptions;
  }

  assume(formula: Formula): void {
    noteEffect();
    this.#assumptions.push(or(not(this.exists), formula));
  }

  condition(name: string): Formula {
    const free: Formula = { kind: 'free', name: `${this.key}condition ${name}` };
    const isTooDeep = this.#conditionsInReading.size === deepestCondition;
    if (isTooDeep || this.#conditionsInReading.has(name)) return dependingOnOthers(free);
    return keep(this, `condition ${name}`, () => {
      const expression = this.template.conditions.get(name);
      if (expression === undefined) return free;
      return reading(name, this.#conditionsInReading, () => conditionFormula(expression, this));
    });
  }

  parameter(name: string): Alternatives | undefined {
    // What a parameter finds that is passed, through outputs of nested stacks, to itself.
    if (this.#parametersInReading.has(name)) {
      return dependingOnOthers(only({ kind: 'unknown', why: t('it leads back to itself') }));
    }
    return keep(this, `parameter ${name}`, () =>
      reading(name, this.#parametersInReading, () => this.#readParameter(name)),
    );
  }

  /** The stack that a resource of this one nests; undefined where its template is not at hand. */
  nested(stack: Resource): StackScope | undefined {
    if (!this.#nested.has(stack.logicalId)) {
      this.#nested.set(
        stack.logicalId,
        computeForGood(() => this.#openNested(stack)),
      );
    }
    return this.#nested.get(stack.logicalId);
  }

  nestedOutput(stack: Resource, output: string): Alternatives | undefined {
    const scope = this.nested(stack);
    const node = scope?.template.outputs.get(output);
    return scope === undefined || node === undefined ? undefined : evaluate(child(node, 'Value'), scope);
  }

  exported(name: Value): Alternatives {
    return this.#surroundings.exported(name, this);
  }

  stackOutput(stackName: Value, output: string): Alternatives {
    return this.#surroundings.stackOutput(stackName, output, this);
  }

  /** This stack and all below it. */
  *stacks(): Generator<StackScope> {
    yield this;
    for (const stack of nestedStacksIn(this.template)) {
      const nested = this.nested(stack);
      if (nested !== undefined) yield* nested.stacks();
    }
  }

  #openNested(stack: Resource): StackScope | undefined {
    const template = this.#surroundings.nestedTemplate(stack, this.template);
    if (template === undefined || this.#isWithin(template) || this.root.#stacks >= mostNestedStacks) {
      return undefined;
    }
    this.root.#stacks += 1;
    return new StackScope(template, this.#surroundings, { parent: this, stack });
  }

  /** Not before they are asked for: a rule may look at what is still being built. */
  #noteRules(): void {
    if (this.#hasNotedRules) return;
    this.#hasNotedRules = true;
    computeForGood(() => {
      for (const stack of this.stacks()) for (const rule of ruleFormulas(stack)) stack.assume(rule);
    });
  }

  /** Whether this stack is one of that template's, or below one: then nesting it again would never end. */
  #isWithin(template: Template): boolean {
    return (
      this.template === template || (this.nesting !== undefined && this.nesting.parent.#isWithin(template))
    );
  }

  #readParameter(name: string): Alternatives | undefined {
    if (isPseudoParameter(name)) return only({ kind: 'subject', subject: pseudoSubject(name, this.key) });
    const parameter = this.template.parameters.get(name);
    if (parameter === undefined) {
      const item = this.template.loopItems.get(name);
      return item && only({ kind: 'subject', subject: itemSubject(name, item, this.key) });
    }
    const subject = subjectOf(parameter, this.key);
    if (this.nesting === undefined) return only({ kind: 'subject', subject });
    const { parent, stack } = this.nesting;
    const passed = entry(child(stack.properties, 'Parameters'), name);
    if (passed !== undefined) return this.#limited(evaluate(passed.value, parent), parameter);
    return only(
      subject.default === undefined ? { kind: 'subject', subject } : { kind: 'text', text: subject.default },
    );
  }

  /** A parent's parameter that is passed on must have a value that the nested template allows. */
  #limited(passed: Alternatives, { allowedValues }: Parameter): Alternatives {
    if (allowedValues === undefined) return passed;
    for (const { value, when } of passed) {
      if (value.kind !== 'subject') continue;
      const { subject } = value;
      this.assume(or(not(when), ...allowedValues.map((text) => equals(subject, text))));
    }
    return passed;
  }
}

/** What is found while something else is being read; where one of both is another, nothing of it can be kept. */
function dependingOnOthers<T>(found: T): T {
  noteEffect();
  return found;
}

function reading<T>(name: string, names: Set<string>, read: () => T): T {
  names.add(name);
  try {
    return read();
  } finally {
    names.delete(name);
  }
}

/** When a resource exists: its stack does, and its `Condition` holds. */
export function existence(resource: Resource, scope: Scope): Formula {
  return resource.condition === undefined
    ? scope.exists
    : and(scope.exists, scope.condition(resource.condition));
}
