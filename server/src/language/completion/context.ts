import type { Span } from '../../template/syntax.ts';

/** Where in a document something is to be completed. */
export interface CompletionContext {
  readonly format: 'yaml' | 'json';
  /** The keys that lead to the mapping in which it is, such as `Resources`, `FlowLog`, `Properties`. */
  readonly path: readonly string[];
  /** Undefined where a key of that mapping is completed, else the key whose value is. */
  readonly key: string | undefined;
  /** What of the key or value stands before the cursor, with quotes and tags. */
  readonly before: string;
  /** What a completion replaces: the word around the cursor. */
  readonly span: Span;
  /** Whether a colon follows already. */
  readonly hasColon: boolean;
  /** The keys that the mapping has, apart from the one that is being typed. */
  readonly siblings: ReadonlySet<string>;
  /** The value of `Type` beside the innermost `Properties` of the path, or beside the key itself. */
  readonly resourceType: string | undefined;
}
