import type { CdkModule } from './cdk-modules.ts';

/**
 * CDK code without a language: names as TypeScript has them (`toS3`, `maxAggregationInterval`), to be spelt as
 * each language of the CDK does.
 */

export type Fields = Readonly<Record<string, Expression | undefined>>;

export type Expression =
  /** As the file has it: `this`, `props.scope`. */
  | { readonly kind: 'source'; readonly text: string }
  /** A variable that a fix declares. */
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'boolean'; readonly value: boolean }
  /** An optional argument that is left out while one behind it is given. */
  | { readonly kind: 'none' }
  /** Text with expressions in it. */
  | { readonly kind: 'format'; readonly parts: readonly (string | Expression)[] }
  | { readonly kind: 'list'; readonly items: readonly Expression[] }
  /** Keys that are data. */
  | {
      readonly kind: 'map';
      readonly entries: Readonly<Record<string, Expression>>;
      readonly isBroken?: boolean;
    }
  /** An object of an interface of the CDK; Python calls the interface's class. */
  | { readonly kind: 'struct'; readonly type: Name; readonly fields: Fields; readonly isBroken?: boolean }
  | Name
  | { readonly kind: 'member'; readonly object: Expression; readonly name: string }
  | Call;

/** Something that a module exports: `['FlowLogTrafficType', 'ALL']`. */
export interface Name {
  readonly kind: 'name';
  readonly module: CdkModule;
  readonly path: readonly [string, ...string[]];
}

export interface Call {
  readonly kind: 'call';
  readonly callee: Expression;
  readonly isNew: boolean;
  readonly arguments: readonly Expression[];
  /** The last parameter, where it is an interface: Python takes its members as keywords. */
  readonly options?: Fields;
  /** Whether each of the options has a line of its own. */
  readonly isBroken?: boolean;
}

export type Statement =
  | { readonly kind: 'declare'; readonly name: string; readonly value: Expression }
  | { readonly kind: 'do'; readonly value: Expression };

export function source(text: string): Expression {
  return { kind: 'source', text };
}

export function string(value: string): Expression {
  return { kind: 'string', value };
}

export function named(module: CdkModule, ...path: readonly [string, ...string[]]): Name {
  return { kind: 'name', module, path };
}

/** A call of a function or static method. */
export function call(callee: Expression, args: readonly Expression[], options?: Fields): Call {
  return { kind: 'call', callee, isNew: false, arguments: args, ...(options !== undefined && { options }) };
}

export function construct(type: Name, args: readonly Expression[], options?: Fields): Call {
  return {
    kind: 'call',
    callee: type,
    isNew: true,
    arguments: args,
    ...(options !== undefined && { options }),
  };
}

export function member(object: Expression, name: string): Expression {
  return { kind: 'member', object, name };
}

/** The fields that have a value, in order. */
export function givenFields(fields: Fields): readonly (readonly [string, Expression])[] {
  return Object.entries(fields).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  );
}
