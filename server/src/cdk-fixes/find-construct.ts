import type { Candidate, ConstructCall, Dialect } from './dialect.ts';
import { resolve, type Binding, type Reference } from './imports.ts';
import { indentationAt, lineEnd, lineStart, type SourceText } from './source-text.ts';

/** The constructs of a VPC: the CDK's own, and the plain resource. */
export type VpcConstruct = 'CfnVPC' | 'Vpc';

export interface Found {
  readonly candidate: Candidate;
  /** How the file refers to the construct's class. */
  readonly reference: Reference;
  readonly call: ConstructCall;
}

/**
 * The call at an offset, if it makes that construct.
 *
 * @param offset Anywhere from the beginning of the call to the end of what it calls. In its line before any code, it
 * means the only such call of the line, because some languages' stack frames name no column.
 */
export function findConstruct(
  source: SourceText,
  dialect: Dialect,
  bindings: readonly Binding[],
  offset: number,
  construct: VpcConstruct,
): Found | undefined {
  const candidates = dialect.readCandidates(source);
  const [only, ...others] = isBeforeCode(source.text, offset, dialect)
    ? startingInLine(candidates, source.text, offset)
    : innermostAt(candidates, offset);
  const found = [only, ...others].flatMap((candidate) => {
    const reference = candidate && resolve(candidate.chain, bindings);
    return candidate !== undefined && reference?.module === 'aws_ec2' && reference.member === construct
      ? [{ candidate, reference }]
      : [];
  });
  const [first] = found;
  if (first === undefined || found.length > 1) return undefined;
  const call = dialect.readCall(first.candidate, source);
  return call && { ...first, call };
}

function isBeforeCode(text: string, offset: number, { framesNameLines }: Dialect): boolean {
  const code = lineStart(text, offset) + indentationAt(text, offset).length;
  return framesNameLines ? offset <= code : offset < code;
}

function startingInLine(candidates: readonly Candidate[], text: string, offset: number): Candidate[] {
  const end = lineEnd(text, offset);
  return candidates.filter(({ node }) => node.from >= offset && node.from <= end);
}

function innermostAt(candidates: readonly Candidate[], offset: number): Candidate[] {
  const at = candidates.filter(({ node, calleeEnd }) => node.from <= offset && offset <= calleeEnd);
  const innermost = at.toSorted((one, other) => other.node.from - one.node.from)[0];
  return innermost === undefined ? [] : at.filter(({ node }) => node.from === innermost.node.from);
}
