import type { Formula, Subject } from './formula.ts';
import type { SyntaxNode } from './syntax.ts';
import type { Resource, Template } from './model.ts';

/** What an expression evaluates to, as far as the templates tell. */
export type Value =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly Alternatives[] }
  /** A parameter or pseudo parameter whose value is the deployer's or AWS's choice. */
  | { readonly kind: 'subject'; readonly subject: Subject }
  /** `Ref` to a resource. */
  | { readonly kind: 'resource'; readonly resource: Resource; readonly scope: Scope }
  /** `Fn::GetAtt` of a resource. */
  | {
      readonly kind: 'attribute';
      readonly resource: Resource;
      readonly attribute: string;
      readonly scope: Scope;
    }
  /** Text of which parts are not known. */
  | { readonly kind: 'concatenation'; readonly parts: readonly Value[] }
  /** A name that the template does not declare. */
  | { readonly kind: 'undeclared'; readonly name: string; readonly node: SyntaxNode }
  /** A literal object, such as a policy document. */
  | { readonly kind: 'object'; readonly node: SyntaxNode }
  /** `AWS::NoValue`, or nothing written at all. */
  | { readonly kind: 'none' }
  /** Something that no template at hand makes. */
  | { readonly kind: 'outside'; readonly description: string }
  /** `candidates`, where given, are the only resources it can be. */
  | { readonly kind: 'unknown'; readonly why: string; readonly candidates?: readonly ResourceInStack[] };

export interface ResourceInStack {
  readonly resource: Resource;
  readonly scope: Scope;
}

/** A value and the deployments in which the expression has it. */
export interface Guarded<T> {
  readonly value: T;
  readonly when: Formula;
}

/** All that an expression may evaluate to. The guards exclude each other. */
export type Alternatives = readonly Guarded<Value>[];

/** Where an expression stands: one template, as one stack deploys it. */
export interface Scope {
  /** The stack that the user deploys: this one, or the one that nests it. */
  readonly root: Scope;
  /** When the stack exists at all; a nested one may stand under a condition of its parent. */
  readonly exists: Formula;
  readonly template: Template;
  /** Tells the stacks of one deployment apart; empty for a template on its own. */
  readonly key: string;
  /** When a condition of the `Conditions` section holds; a free atom for a name that is not there. */
  condition(name: string): Formula;
  /** What a parameter or pseudo parameter may be; undefined for a name that is neither. */
  parameter(name: string): Alternatives | undefined;
  /** What an output of a nested stack is; undefined where its template is not at hand. */
  nestedOutput(stack: Resource, output: string): Alternatives | undefined;
  /** What an export of another stack is. */
  exported(name: Value): Alternatives;
  /** What `Fn::GetStackOutput` finds. */
  stackOutput(stackName: Value, output: string): Alternatives;
  /** Notes what must hold in every deployment that succeeds, such as a mapping's key being there. */
  assume(formula: Formula): void;
  /** Those of the whole deployment, that is of the root and all it nests. */
  readonly assumptions: readonly Formula[];
}
