import { conditionFormula } from './conditions.ts';
import type { Formula, Subject } from './formula.ts';
import { pseudoSubject, subjectOf } from './parameters.ts';
import type { Template } from './template.ts';
import type { Scope } from './value.ts';

const pseudoParameters: ReadonlySet<string> = new Set([
  'AWS::AccountId',
  'AWS::NotificationARNs',
  'AWS::Partition',
  'AWS::Region',
  'AWS::StackId',
  'AWS::StackName',
  'AWS::URLSuffix',
]);

/** The scope of a template that is deployed on its own. */
export function rootScope(template: Template): Scope {
  return new TemplateScope(template, '');
}

class TemplateScope implements Scope {
  readonly template: Template;
  readonly assumptions: Formula[] = [];
  readonly key: string;
  readonly #subjects = new Map<string, Subject | undefined>();
  readonly #conditions = new Map<string, Formula>();

  constructor(template: Template, key: string) {
    this.template = template;
    this.key = key;
  }

  condition(name: string): Formula {
    const known = this.#conditions.get(name);
    if (known !== undefined) return known;
    // What a condition that refers to itself finds while it is being read.
    const free: Formula = { kind: 'free', name: `${this.key}condition ${name}` };
    this.#conditions.set(name, free);
    const expression = this.template.conditions.get(name);
    const formula = expression === undefined ? free : conditionFormula(expression, this);
    this.#conditions.set(name, formula);
    return formula;
  }

  subject(name: string): Subject | undefined {
    if (!this.#subjects.has(name)) this.#subjects.set(name, this.#createSubject(name));
    return this.#subjects.get(name);
  }

  assume(formula: Formula): void {
    this.assumptions.push(formula);
  }

  #createSubject(name: string): Subject | undefined {
    if (pseudoParameters.has(name)) return pseudoSubject(name, this.key);
    const parameter = this.template.parameters.get(name);
    return parameter === undefined ? undefined : subjectOf(parameter, this.key);
  }
}
