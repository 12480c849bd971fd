import { t } from '@vscode/l10n';
import { evaluate } from '../../template/evaluate.ts';
import { child } from '../../template/syntax.ts';
import type { Resource } from '../../template/model.ts';
import type { Scope } from '../../template/value.ts';
import { and } from '../../template/formula.ts';
import { hasTransform } from '../completeness.ts';
import { deliversTo, type Configuration } from './configuration.ts';
import { logGroupsOf } from './log-group.ts';
import { ifComplete, type Problem } from './problem.ts';

/** Log groups of the template that keep the records of the flow log for ever. */
export function retentionProblems(configuration: Configuration): readonly Problem[] {
  const { flowLog, scope } = configuration;
  const toLogs = deliversTo(configuration, 'cloud-watch-logs');
  return ifComplete(configuration, () =>
    logGroupsOf(configuration).flatMap(({ value: { resource }, when }) =>
      resource === undefined || !keepsForEver(resource, scope)
        ? []
        : [
            {
              code: 'log-group-no-retention',
              severity: 'hint',
              logicalId: resource.logicalId,
              when: and(when, toLogs),
              what: t('{0} keeps its flow log records for ever', resource.logicalId),
              advice: t('set RetentionInDays to bound what they cost'),
              span: resource.span,
              related: [
                {
                  message: t('{0} delivers to {1}', flowLog.logicalId, resource.logicalId),
                  span: flowLog.span,
                },
              ],
            },
          ],
    ),
  );
}

function keepsForEver({ properties }: Resource, scope: Scope): boolean {
  return (
    !hasTransform(properties) &&
    evaluate(child(properties, 'RetentionInDays'), scope).every(({ value }) => value.kind === 'none')
  );
}
