import { t } from '@vscode/l10n';
import type { Finding } from '../coverage/model.ts';
import type { Resource, Template } from '../template/model.ts';
import { resourceOf } from './claims.ts';
import { changesAt, type FixContext, type Offer } from './fix.ts';
import { tabStop, textOf } from './writer/values.ts';
import { resourcePath } from './writer/written-template.ts';

const reason = tabStop(1, 'why this is meant to be so');

/**
 * Says at the resource that a finding is meant to be so, and why; the user types the reason. In its metadata,
 * or in a comment where the format has comments.
 */
export function suppressOffers(finding: Finding, { template, text }: FixContext): readonly Offer[] {
  const { code } = finding;
  const resource = resourceOf(finding, template);
  if (resource === undefined || code.startsWith('suppression-')) return [];
  const inMetadata: Offer = {
    id: 'suppress:metadata',
    title: t('Suppress with a reason: {0}', code),
    plan: (written) =>
      changesAt(resourcePath(written, resource), (path) => [
        {
          kind: 'append',
          to: [...path, 'Metadata', 'flow-log-guard', 'suppress'],
          items: [{ code, reason }],
        },
      ]),
  };
  const inComment: Offer = {
    id: 'suppress:comment',
    title: t('Suppress with a reason, in a comment: {0}', code),
    plan: (written) =>
      changesAt(resourcePath(written, resource), (path) => [
        {
          kind: 'comment',
          above: path,
          text: textOf(`flow-log-guard-disable-next-line ${code} -- `, reason),
        },
      ]),
  };
  return canHaveLineAbove(resource, template, text) ? [inMetadata, inComment] : [inMetadata];
}

/** JSON and flow style have no lines for comments; and what begins behind a dash, as in a loop, has no line above of its own. */
function canHaveLineAbove({ span }: Resource, { format, root }: Template, text: string): boolean {
  if (format === 'json' || text[root.span.start] === '{') return false;
  const lineStart = text.lastIndexOf('\n', span.start - 1) + 1;
  return text.slice(lineStart, span.start).trim() === '';
}

/** Whether a fix only hides a finding; that is never what fits best, nor what is done to all at once. */
export function isSuppression(fixId: string): boolean {
  return fixId.startsWith('suppress:');
}
