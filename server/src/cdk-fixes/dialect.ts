import type { Parser, SyntaxNode } from '@lezer/common';
import type { Span } from '../template/syntax.ts';
import type { CdkModule } from './cdk-modules.ts';
import type { Code } from './code.ts';
import type { Expression, Statement } from './expression.ts';
import type { Binding, ImportWriter } from './imports.ts';
import type { ListSite, SourceText } from './source-text.ts';
import type { SourceStyle, StyleDefaults } from './style.ts';

/** What the fixes have to know of a language. */
export interface Dialect {
  readonly parser: Parser;
  readonly defaults: StyleDefaults;
  readonly lineComment: '//' | '#';
  /** Put before a second statement on one line. */
  readonly statementSeparator: ' ' | '; ';
  /** Tells where a frame can point that names no column, or a column of the whole statement. */
  readonly framesNameLines: boolean;
  readonly imports: ImportWriter;
  readBindings(source: SourceText): readonly Binding[];
  /** Calls that may make a construct, with the chain of names that says of what. */
  readCandidates(source: SourceText): readonly Candidate[];
  readCall(candidate: Candidate, source: SourceText): ConstructCall | undefined;
  /** What a call of a function or class says by name. */
  readOptions(call: SyntaxNode, source: SourceText): readonly Field[];
  spell(expression: Expression, spelling: Spelling): Code;
  /** An argument or property with a name. */
  spellField(name: string, value: Expression, spelling: Spelling): Code;
  /** An entry of a dictionary or object whose keys are data. */
  spellEntry(key: string, value: Expression, spelling: Spelling): Code;
  /** Without its indentation. */
  spellStatement(statement: Statement, spelling: Spelling): Code;
  /** A name of a variable, method or property, given as TypeScript has it. */
  nameOf(name: string): string;
  /** What is put before an expression that begins a statement, so that a new variable has its value. */
  declaration(name: string): string;
}

/** How a file writes expressions. */
export interface Spelling {
  readonly style: SourceStyle;
  readonly nameOf: (module: CdkModule, member: string) => string;
}

/** A call of something that may be the construct's class. */
export interface Candidate {
  readonly node: SyntaxNode;
  /** What it makes, or extends where it calls the constructor of the class above. */
  readonly chain: readonly string[];
  readonly isSuper: boolean;
  /** Up to where its callee goes. */
  readonly calleeEnd: number;
}

/** A call that makes a construct. */
export interface ConstructCall {
  readonly span: Span;
  /** Undefined where it has none, or one that must not be evaluated twice. */
  readonly scope: string | undefined;
  readonly id: readonly (string | Expression)[] | undefined;
  readonly props: Props;
  readonly holder: Holder;
}

/** What is said of the construct beyond its scope and id. */
export type Props =
  /** `list` is the argument list. */
  | { readonly kind: 'absent'; readonly list: ListSite }
  | {
      readonly kind: 'literal';
      readonly list: ListSite;
      readonly fields: readonly Field[];
      /** Where the first `...props` or `**kwargs` is, which may say more. */
      readonly spread?: Span;
      /** Whether what a spread says may be said here, too: Python refuses the same keyword twice. */
      readonly mayRepeat: boolean;
    }
  /** An expression that is no literal; one in TypeScript can be spread into one. */
  | { readonly kind: 'expression'; readonly span: Span };

/** A property or keyword argument of a literal. */
export interface Field {
  readonly name: string;
  readonly value: Value;
}

/** The value of a field, as far as a fix looks at it. */
export type Value =
  /** Entries of a dictionary or object. */
  | {
      readonly kind: 'entries';
      readonly list: ListSite;
      readonly fields: readonly Field[];
      readonly hasSpread: boolean;
    }
  | { readonly kind: 'other'; readonly span: Span; readonly text: string };

/** Where the made construct goes. */
export type Holder =
  | {
      readonly kind: 'variable';
      /** `vpc`, `this.vpc`, `self.vpc`; `this` for a call of the constructor of the class above. */
      readonly name: string;
      readonly statement: SyntaxNode;
      /** Whether it may be the scope of others: a declared type such as `ec2.IVpc` is no construct. */
      readonly isConstruct: boolean;
    }
  /** Nowhere. */
  | { readonly kind: 'none'; readonly statement: SyntaxNode }
  /** Into a larger expression. */
  | { readonly kind: 'inside' };
