import { t } from '@vscode/l10n';
import type { Finding } from '../coverage/model.ts';
import { resourceOf } from './claims.ts';
import { changesAt, type FixContext, type Offer } from './fix.ts';
import { tabStop } from './writer/values.ts';
import { resourcePath } from './writer/written-template.ts';

const codes: ReadonlySet<string> = new Set([
  'vpc-no-flow-log',
  'vpc-flow-log-accept-only',
  'vpc-flow-log-conditional',
  'vpc-flow-log-unknown',
]);

/** Says in the VPC's metadata that it needs no flow log, and why; the user types the reason. */
export function suppressOffers(finding: Finding, { template }: FixContext): readonly Offer[] {
  const vpc = resourceOf(finding, template);
  if (vpc === undefined || !codes.has(finding.code)) return [];
  return [
    {
      id: suppressId,
      title: t('Suppress with a reason: {0}', finding.code),
      plan: (written) =>
        changesAt(resourcePath(written, vpc), (path) => [
          {
            kind: 'append',
            to: [...path, 'Metadata', 'flow-log-guard', 'suppress'],
            items: [{ code: finding.code, reason: tabStop(1, 'why it needs no flow log') }],
          },
        ]),
    },
  ];
}

/** It hides a finding and mends nothing, so it is never what fits best. */
export const suppressId = 'suppress';
