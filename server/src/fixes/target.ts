import { t } from '@vscode/l10n';
import type { Finding } from '../coverage/model.ts';
import { nearestName } from '../coverage/names.ts';
import { vpcsIn } from '../coverage/targets.ts';
import type { Template } from '../template/model.ts';
import { child, textOf, type SyntaxNode } from '../template/syntax.ts';
import { isThereUnder } from './add-flow-log/delivery.ts';
import { claimsIn, resourceOf } from './claims.ts';
import { changesAt, type FixContext, type Offer } from './fix.ts';
import { nodePath } from './writer/written-template.ts';

/** The VPC that a mistyped name was most likely meant to be. */
export function targetOffers(finding: Finding, { template }: FixContext): readonly Offer[] {
  const mistyped = mistypedTarget(finding, template);
  if (mistyped === undefined) return [];
  const { node, name, text, nearest } = mistyped;
  return [
    {
      id: 'change-target',
      title: t('Change {0} to {1}', name, nearest),
      plan: (written) =>
        changesAt(nodePath(written, node), (at) => [
          { kind: 'set', at, value: text.replace(name, () => nearest) },
        ]),
    },
  ];
}

/** The logical ids of the VPCs that count as recorded once the names of these findings are mended. */
export function coveredByMending(
  findings: readonly Finding[],
  { template }: FixContext,
): ReadonlySet<string> {
  return new Set(
    findings.flatMap((finding) => {
      const mistyped = mistypedTarget(finding, template);
      const flowLog = resourceOf(finding, template);
      const vpc = template.resources.get(mistyped?.nearest ?? '');
      if (flowLog === undefined || vpc === undefined || !isThereUnder(vpc.condition, flowLog)) return [];
      const traffic = textOf(child(flowLog.properties, 'TrafficType'));
      return traffic === 'ALL' || traffic === 'REJECT' ? [vpc.logicalId] : [];
    }),
  );
}

interface MistypedTarget {
  readonly node: SyntaxNode;
  /** The name that is of no resource; `text` holds it once. */
  readonly name: string;
  readonly text: string;
  /** The logical id of a VPC. */
  readonly nearest: string;
}

function mistypedTarget({ code, span }: Finding, template: Template): MistypedTarget | undefined {
  if (code !== 'flow-log-target-invalid') return undefined;
  const vpcs = vpcsIn(template).map(({ logicalId }) => logicalId);
  for (const { outcome } of claimsIn(template)) {
    if (outcome.kind !== 'invalid-target' || outcome.type !== undefined) continue;
    const { name, node } = outcome;
    const text = textOf(node);
    const nearest = nearestName(name, vpcs);
    const isItsPlace = node.span.start === span.start && node.span.end === span.end;
    // More than the name, as in `${Name}`, must not hold it twice.
    if (!isItsPlace || nearest === undefined || text?.split(name).length !== 2) continue;
    return { node, name, text, nearest };
  }
  return undefined;
}
