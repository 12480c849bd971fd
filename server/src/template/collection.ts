import { t } from '@vscode/l10n';
import { conditionFormula } from './conditions.ts';
import { evaluate, only } from './evaluate.ts';
import { always, type Formula } from './formula.ts';
import { isPseudoParameter, pseudoSubject, subjectOf } from './parameters.ts';
import type { SyntaxNode } from './syntax.ts';
import type { Parameter, Template } from './model.ts';
import type { Alternatives, Scope, Value } from './value.ts';

/** What a loop goes over, as far as the template tells. */
export type Collection =
  | {
      readonly kind: 'items';
      readonly items: readonly CollectionItem[];
      /** Parameters whose defaults were taken. */
      readonly defaults: readonly string[];
    }
  /** `why` is said of the loop: `Envs has no default`. */
  | { readonly kind: 'unknown'; readonly why: string };

/** A text, or the value of a parameter that has no default. */
export type CollectionItem =
  { readonly kind: 'text'; readonly text: string } | { readonly kind: 'parameter'; readonly name: string };

/** Evaluates the collection of a `Fn::ForEach`, parameters taken at their defaults. */
export function readCollection(node: SyntaxNode | undefined, template: Template): Collection {
  const scope = new DefaultScope(template);
  const [found, ...others] = evaluate(node, scope);
  if (found === undefined || others.length > 0) return undecided();
  if (found.value.kind === 'unknown') {
    return scope.lacking === undefined ? undecided() : { kind: 'unknown', why: scope.lacking };
  }
  if (found.value.kind !== 'list') return undecided();
  const items = found.value.items.map(itemOf);
  if (items.includes(undefined)) return undecided();
  const distinct = new Map(
    items.filter((item) => item !== undefined).map((item) => [textOfItem(item), item]),
  );
  return { kind: 'items', items: [...distinct.values()], defaults: [...scope.taken] };
}

function undecided(): Collection {
  return { kind: 'unknown', why: t('only the deployment knows what it goes over') };
}

function itemOf(alternatives: Alternatives): CollectionItem | undefined {
  const [found, ...others] = alternatives;
  if (others.length > 0) return undefined;
  if (found?.value.kind === 'text') return { kind: 'text', text: found.value.text };
  return found?.value.kind === 'subject' ? { kind: 'parameter', name: found.value.subject.label } : undefined;
}

function textOfItem(item: CollectionItem): string {
  return item.kind === 'text' ? item.text : `\${${item.name}}`;
}

/** Whether a parameter's value is a list. */
export function isListParameter({ type }: Parameter): boolean {
  return /^(?:AWS::SSM::Parameter::Value<)?(?:CommaDelimitedList|List<)/.test(type);
}

/** A deployment in which every parameter has its default. There are no resources yet when loops are expanded. */
class DefaultScope implements Scope {
  readonly template: Template;
  readonly root = this;
  readonly exists = always;
  readonly key = '';
  readonly assumptions: readonly Formula[] = [];
  /** Parameters whose default was asked for. */
  readonly taken = new Set<string>();
  /** Says which parameter was asked for that has no default. */
  lacking: string | undefined;
  readonly #conditions = new Map<string, Formula>();

  constructor(template: Template) {
    this.template = template;
  }

  condition(name: string): Formula {
    const known = this.#conditions.get(name);
    if (known !== undefined) return known;
    const free: Formula = { kind: 'free', name };
    this.#conditions.set(name, free);
    const expression = this.template.conditions.get(name);
    const formula = expression === undefined ? free : conditionFormula(expression, this);
    this.#conditions.set(name, formula);
    return formula;
  }

  parameter(name: string): Alternatives | undefined {
    if (isPseudoParameter(name)) return only({ kind: 'subject', subject: pseudoSubject(name, '') });
    const parameter = this.template.parameters.get(name);
    return parameter === undefined ? undefined : only(this.#defaultOf(parameter));
  }

  nestedOutput(): undefined {
    return undefined;
  }

  exported(): Alternatives {
    return only(elsewhere());
  }

  stackOutput(): Alternatives {
    return only(elsewhere());
  }

  assume(): void {
    // Whatever must hold for the defaults, they are only taken to see what the loops make.
  }

  #defaultOf(parameter: Parameter): Value {
    const isList = isListParameter(parameter);
    const subject = subjectOf(parameter, '');
    // A list that is empty by default would leave nothing to look at.
    if (subject.default === undefined || (isList && subject.default.trim() === '')) {
      const isStored = parameter.type.startsWith('AWS::SSM::Parameter::Value');
      this.lacking = t(isStored ? '{0} is read from Systems Manager' : '{0} has no default', parameter.name);
      return isList ? elsewhere() : { kind: 'subject', subject };
    }
    this.taken.add(parameter.name);
    return isList
      ? {
          kind: 'list',
          items: subject.default.split(',').map((text) => only({ kind: 'text', text: text.trim() })),
        }
      : { kind: 'text', text: subject.default };
  }
}

function elsewhere(): Value {
  return { kind: 'unknown', why: t('only the deployment knows it') };
}
