import type { Comments } from './yaml/comments.ts';
import type { PiecedText } from './pieces/pieced-text.ts';
import type { Span, SyntaxNode } from './syntax.ts';

/** Something a reader could not make sense of. The rest of the document is still read. */
export interface ParseProblem {
  readonly message: string;
  readonly span: Span;
}

export interface ReadDocument {
  readonly format: 'yaml' | 'json';
  /** Undefined where there is nothing at all. */
  readonly root: SyntaxNode | undefined;
  readonly problems: readonly ParseProblem[];
  /** Undefined for JSON, which has none. */
  readonly comments?: Comments;
  /** The text in pieces, where it is read in such. It goes on being edited when this document is no more. */
  readonly pieces?: PiecedText;
}

/**
 * CloudFormation's limit for a template body, here in UTF-16 code units
 * (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html). A longer text is
 * read once, plainly: nothing is tried twice for a template that could not be deployed anyway.
 */
export const deployableLength = 1024 * 1024;
