import type { Finding, RelatedPlace, VpcReport } from '../coverage/model.ts';
import type { Span } from '../template/syntax.ts';
import type { FileCheck } from './file-check.ts';

/**
 * A check whose spans stay where they are now, whatever becomes of the text; but for those of mistakes, of which nobody
 * asks what they are while a text is typed.
 */
export function settledCheck(check: FileCheck): FileCheck {
  if (check.kind !== 'template') return check;
  return {
    ...check,
    vpcs: check.vpcs.map(settledVpc),
    findings: check.findings.map(settledFinding),
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
