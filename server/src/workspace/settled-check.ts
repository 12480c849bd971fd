import type { Finding, RelatedPlace, VpcReport } from '../coverage/model.ts';
import type { ParseProblem } from '../template/document.ts';
import type { Span } from '../template/syntax.ts';
import type { FileCheck } from './file-check.ts';
import type { TemplateFile } from './template-file.ts';

/**
 * A check whose spans stay where they are now, whatever becomes of the text; but for those of mistakes, of which nobody
 * asks what they are while a text is typed.
 *
 * @param read What is in the file now: while it is typed, its mistakes become others that nothing rests on. Undefined
 *   where it has been forgotten.
 */
export function settledCheck(check: FileCheck, read: TemplateFile | undefined): FileCheck {
  if (check.kind !== 'template') return check;
  const hasOthers = check.problems.length > 0 && read?.kind === 'templates';
  return {
    ...check,
    problems: (hasOthers ? read.problems : check.problems).map(settledWhenAsked),
    vpcs: check.vpcs.map(settledVpc),
    findings: check.findings.map(settledFinding),
  };
}

/** What a mistake is may be read only when it is asked for. */
function settledWhenAsked(problem: ParseProblem): ParseProblem {
  return {
    get message() {
      return problem.message;
    },
    get span() {
      return settledSpan(problem.span);
    },
  };
}

function settledVpc(vpc: VpcReport): VpcReport {
  const settled = { ...vpc, span: settledSpan(vpc.span) };
  return vpc.suppressed === undefined
    ? settled
    : { ...settled, suppressed: { ...vpc.suppressed, span: settledSpan(vpc.suppressed.span) } };
}

function settledFinding(finding: Finding): Finding {
  return { ...finding, span: settledSpan(finding.span), related: finding.related.map(settledPlace) };
}

function settledPlace(place: RelatedPlace): RelatedPlace {
  return { ...place, span: settledSpan(place.span) };
}

function settledSpan({ start, end }: Span): Span {
  return { start, end };
}
