import { t } from '@vscode/l10n';
import type { Template } from '../../template/model.ts';
import { codeOfVerdict, type Assessment, type Finding, type Suppression, type VpcReport } from '../model.ts';
import { isVpc } from '../targets.ts';
import { readComments } from './comments.ts';
import type { Declaration, Misspelling } from './declaration.ts';
import { readMetadata } from './metadata.ts';
import { vpcCodes } from './rules.ts';
import { Silencer } from './silencer.ts';

/**
 * Takes out the findings that the template's suppressions silence. Each VPC keeps its verdict and learns what
 * silenced it; suppressions that silence nothing, or are misspelt, become hints.
 */
export function applySuppressions(template: Template, { vpcs, findings }: Assessment): Assessment {
  const inMetadata = readMetadata(template);
  const inComments = readComments(template);
  const declarations = [...inMetadata.declarations, ...inComments.declarations];
  const misspellings = [...inMetadata.misspellings, ...inComments.misspellings];
  if (declarations.length === 0 && misspellings.length === 0) return { vpcs, findings };

  const silencer = new Silencer(declarations);
  const silence = ({ code, logicalId, span }: Pick<Finding, 'code' | 'logicalId' | 'span'>) =>
    silencer.silence(code, template.resources.get(logicalId), template.comments?.lineStart(span.start));
  const reports = vpcs.map((vpc) => {
    if (vpc.verdict === 'covered') return vpc;
    const silenced = silence({ ...vpc, code: codeOfVerdict[vpc.verdict] });
    return silenced === undefined ? vpc : { ...vpc, suppressed: toSuppression(silenced) };
  });
  const remaining = findings.filter((finding) => silence(finding) === undefined);
  const used = new Set(declarations.filter((one) => silencer.isUsed(one)).map(textOf));
  const unused = declarations.filter((one) => !used.has(textOf(one)));
  const hints = [
    ...unusedHints(firstOfEach(unused, textOf), vpcs),
    ...firstOfEach(misspellings, ({ span, message }) => `${span.start} ${message}`).map(misspelledHint),
  ];
  return {
    vpcs: reports,
    findings: [...remaining, ...hints].toSorted((a, b) => a.span.start - b.span.start),
  };
}

/** One text can be many declarations: it is on each instance of a loop, and wherever an alias repeats it. */
function textOf({ rule, span }: Declaration): string {
  return `${span.start} ${rule}`;
}

function firstOfEach<T>(items: readonly T[], keyOf: (item: T) => string): readonly T[] {
  return [...new Map(items.toReversed().map((item) => [keyOf(item), item])).values()].toReversed();
}

function toSuppression({ by, rule, reason, span }: Declaration): Suppression {
  return { by, rule, ...(reason !== undefined && { reason }), span };
}

function unusedHints(unused: readonly Declaration[], vpcs: readonly VpcReport[]): Finding[] {
  const reports = new Map(vpcs.map((vpc) => [vpc.logicalId, vpc]));
  return unused.flatMap((declaration): Finding[] => {
    const reason = whyUnused(declaration, reports);
    if (reason === undefined) return [];
    const { by, rule, span, logicalId } = declaration;
    const name = by === 'flow-log-guard' ? rule : `${rule} (${by})`;
    return [hint('suppression-unused', t('{0} suppresses nothing: {1}', name, reason), logicalId, span)];
  });
}

/** Undefined where it is not ours to judge: other tools look at other resources, too, and at other rules. */
function whyUnused(
  { by, codes, isSpecific, resources, whyIdle }: Declaration,
  vpcs: ReadonlyMap<string, VpcReport>,
): string | undefined {
  if (!isSpecific) return undefined;
  const [first] = resources;
  if (first === undefined) return whyIdle;
  const resource = resources.find(isVpc);
  const vpc = resource === undefined ? undefined : vpcs.get(resource.logicalId);
  const isOnVpcs = [...codes].some((code) => vpcCodes.has(code));
  if (vpc === undefined || !isOnVpcs) {
    return by === 'flow-log-guard' ? t('{0} has no such finding', (resource ?? first).logicalId) : undefined;
  }
  return vpc.verdict === 'covered'
    ? vpc.reason
    : t('the finding of {0} is {1}', vpc.logicalId, codeOfVerdict[vpc.verdict]);
}

function misspelledHint({ span, message, logicalId }: Misspelling): Finding {
  return hint('suppression-misspelled', message, logicalId, span);
}

function hint(code: Finding['code'], message: string, logicalId: string, span: Finding['span']): Finding {
  return { code, severity: 'hint', message, logicalId, span, related: [] };
}
