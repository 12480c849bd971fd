import { t } from '@vscode/l10n';
import type { FlowLogOptions } from '../fixes/options.ts';
import type { TextEdit } from '../fixes/writer/edits.ts';
import { deliveries, type Delivery } from './destinations.ts';
import type { Spelling } from './dialect.ts';
import { cfnFlowLog } from './flow-log.ts';
import { identifiersOf } from './imports.ts';
import { isRefused, refused, type Offer, type Refused, type Subject } from './offer.ts';
import { siteFor } from './site.ts';
import { insertBehind } from './statements.ts';

/** `CfnFlowLog`s that a `CfnVPC` may get beside it. */
export function cfnVpcOffers(subject: Subject, options: FlowLogOptions): readonly Offer[] {
  return deliveries(options).map((delivery) => ({
    id: delivery.id,
    title: delivery.title,
    plan: (spelling) => plan(delivery, subject, options, spelling),
  }));
}

function plan(
  delivery: Delivery,
  subject: Subject,
  options: FlowLogOptions,
  spelling: Spelling,
): readonly TextEdit[] | Refused {
  const { holder, span } = subject.found.call;
  if (holder.kind === 'inside') {
    return refused(t('The VPC is not in a variable; put it into one first.'));
  }
  const site = siteFor(subject, true);
  if (isRefused(site)) return site;
  if (holder.kind === 'variable') {
    const statements = cfnFlowLog(holder.name, delivery, options, site);
    return [insertBehind(holder.statement, statements, subject, spelling)];
  }
  const name = freeName(subject);
  const { start } = span;
  return [
    { span: { start, end: start }, newText: [subject.dialect.declaration(name)] },
    insertBehind(holder.statement, cfnFlowLog(name, delivery, options, site), subject, spelling),
  ];
}

function freeName({ source }: Subject): string {
  const taken = identifiersOf(source);
  let name = 'vpc';
  for (let count = 2; taken.has(name); count += 1) name = `vpc${count}`;
  return name;
}
