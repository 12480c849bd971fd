import { t } from '@vscode/l10n';
import type { Finding } from '../coverage/model.ts';
import { nearestName } from '../coverage/names.ts';
import { isVpc } from '../coverage/targets.ts';
import { textOf } from '../template/syntax.ts';
import { claimsIn } from './claims.ts';
import { changesAt, type FixContext, type Offer } from './fix.ts';
import { nodePath } from './writer/written-template.ts';

/** The VPC that a mistyped name was most likely meant to be. */
export function targetOffers(finding: Finding, { template }: FixContext): readonly Offer[] {
  if (finding.code !== 'flow-log-target-invalid') return [];
  const vpcs = [...template.resources.values()].filter(isVpc).map(({ logicalId }) => logicalId);
  for (const { outcome } of claimsIn(template)) {
    if (outcome.kind !== 'invalid-target' || outcome.type !== undefined) continue;
    const { name, node } = outcome;
    const text = textOf(node);
    const nearest = nearestName(name, vpcs);
    const isItsPlace = node.span.start === finding.span.start && node.span.end === finding.span.end;
    // More than the name, as in `${Name}`, must not hold it twice.
    if (!isItsPlace || nearest === undefined || text?.split(name).length !== 2) continue;
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
  return [];
}
