import { t } from '@vscode/l10n';
import type { Finding } from '../coverage/model.ts';
import { resourceOf } from './claims.ts';
import { changesAt, type FixContext, type Offer } from './fix.ts';
import { defaultRetentionInDays } from './options.ts';
import { resourcePath } from './writer/written-template.ts';

/** Bounds how long a log group keeps its records. */
export function retentionOffers(finding: Finding, { template, options }: FixContext): readonly Offer[] {
  const group = resourceOf(finding, template);
  if (group === undefined || finding.code !== 'log-group-no-retention') return [];
  const days = options.cloudWatchLogs?.retentionInDays ?? defaultRetentionInDays;
  return [
    {
      id: 'set-retention',
      title: t('Set RetentionInDays: {0}', days),
      plan: (written) =>
        changesAt(resourcePath(written, group), (path) => [
          { kind: 'set', at: [...path, 'Properties', 'RetentionInDays'], value: days },
        ]),
    },
  ];
}
