import type { Comments } from './yaml/comments.ts';
import type { Macro } from './macros.ts';
import type { PiecedText } from './pieces/pieced-text.ts';
import type { FactsQuestion, Mapping, Span, SyntaxNode } from './syntax.ts';

/** A CloudFormation template, read as far as it can be. */
export interface Template {
  /** Where it came from: a URI or path, empty where there is none. */
  readonly file: string;
  readonly format: 'yaml' | 'json';
  readonly root: Mapping;
  readonly resources: Resources;
  readonly parameters: ReadonlyMap<string, Parameter>;
  /** Condition name → its expression. */
  readonly conditions: ReadonlyMap<string, SyntaxNode>;
  readonly mappings: SyntaxNode | undefined;
  readonly outputs: ReadonlyMap<string, SyntaxNode>;
  readonly rules: ReadonlyMap<string, SyntaxNode>;
  /** Names in the `Transform` section. */
  readonly transforms: readonly string[];
  /** What may add resources that the text does not show. */
  readonly macros: readonly Macro[];
  /** Name → item, for loops that go over what the template does not tell. */
  readonly loopItems: ReadonlyMap<string, LoopItem>;
  readonly comments: Comments | undefined;
  /** See {@link ReadDocument}. */
  readonly pieces: PiecedText | undefined;
}

/** By their logical ids, in the order of the text. */
export interface Resources extends ReadonlyMap<string, Resource> {
  /** Those of one of these types; told without reading them. */
  ofType(...types: readonly string[]): readonly Resource[];
  /**
   * Those of which that is true; told without reading them.
   *
   * @param question Not one that is made for the call: that it was asked is remembered.
   */
  where(question: FactsQuestion): readonly Resource[];
}

export interface Resource {
  readonly logicalId: string;
  /** The logical-id key. */
  readonly span: Span;
  readonly type: string;
  /** Name of the condition under which it exists. */
  readonly condition: string | undefined;
  readonly properties: SyntaxNode | undefined;
  readonly metadata: SyntaxNode | undefined;
  /** The keys of the metadata, told without reading it. */
  readonly metadataKeys: readonly string[];
  readonly body: Mapping;
  /** Whether that word may stand in it. Where it does not, that is told without reading it, mostly. */
  mayMention(word: string): boolean;
  /** Undefined for what no `Fn::ForEach` made. */
  readonly loop: LoopInstance | undefined;
}

export interface Parameter {
  readonly name: string;
  readonly span: Span;
  readonly type: string;
  readonly default: string | undefined;
  readonly allowedValues: readonly string[] | undefined;
  readonly body: SyntaxNode;
}

/** Which instance of a loop a resource is. */
export interface LoopInstance {
  /** {@link canonicalText} of the collections that it goes over, outermost first. */
  readonly collections: readonly string[];
  /** Parameters whose defaults decide which instances there are. */
  readonly defaults: readonly string[];
  /** Set where it stands for all instances: says why those cannot be told. */
  readonly standsForAll: string | undefined;
}

/** An item of a collection that the template does not tell. */
export interface LoopItem {
  /** All that it can be, where that is limited. */
  readonly values?: readonly string[];
}
