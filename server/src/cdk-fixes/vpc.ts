import { t } from '@vscode/l10n';
import type { FlowLogOptions } from '../fixes/options.ts';
import type { TextEdit } from '../fixes/writer/edits.ts';
import type { Span } from '../template/syntax.ts';
import { print, type Code } from './code.ts';
import { deliveries, type Delivery } from './destinations.ts';
import type { Holder, Spelling } from './dialect.ts';
import { named, source as sourceExpression, type Expression, type Fields } from './expression.ts';
import { addFlowLog, flowLogFields, flowLogOptions } from './flow-log.ts';
import { flowLogsOf } from './flow-logs-of.ts';
import { appendItem, prependItem } from './list-insertion.ts';
import { isRefused, refused, type Offer, type Refused, type Subject } from './offer.ts';
import { siteFor } from './site.ts';
import { indentationAt, type ListSite } from './source-text.ts';
import { insertBehind } from './statements.ts';

/** Where the flow log of an `ec2.Vpc` is put. */
type Place =
  /** Props that hold nothing but it. */
  | { readonly kind: 'argument'; readonly list: ListSite }
  /** `flowLogs` beside the other props. */
  | { readonly kind: 'field'; readonly list: ListSite; readonly before?: Span }
  /** An entry of the `flowLogs` that are there. */
  | { readonly kind: 'entry'; readonly list: ListSite }
  /** `vpc.addFlowLog(…)` */
  | { readonly kind: 'statement'; readonly holder: Holder & { readonly kind: 'variable' } }
  /** `new ec2.Vpc(…).addFlowLog(…)` */
  | { readonly kind: 'chain'; readonly span: Span }
  /** `{ flowLogs: …, ...props }` */
  | { readonly kind: 'wrap'; readonly span: Span }
  | Refused;

/**
 * Flow logs that an `ec2.Vpc` may get.
 *
 * @param hasOthers Whether flow logs are on it already, wherever they come from.
 */
export function vpcOffers(subject: Subject, options: FlowLogOptions, hasOthers: boolean): readonly Offer[] {
  const place = placeOf(subject, hasOthers);
  return deliveries(options).map((delivery) => ({
    id: delivery.id,
    title: delivery.title,
    plan: (spelling) => (isRefused(place) ? place : plan(place, delivery, subject, options, spelling)),
  }));
}

function placeOf({ found, dialect }: Subject, hasOthers: boolean): Place {
  const { props, holder, span } = found.call;
  if (props.kind === 'absent') return { kind: 'argument', list: props.list };
  if (props.kind === 'literal') {
    const known = props.fields.find(({ name }) => name === dialect.nameOf('flowLogs'))?.value;
    if (known?.kind === 'entries') return { kind: 'entry', list: known.list };
    if (known === undefined && props.spread === undefined) return { kind: 'field', list: props.list };
    // Before it, so that flow logs which some callers pass are theirs still.
    if (known === undefined && props.mayRepeat && props.spread !== undefined && !hasOthers) {
      return { kind: 'field', list: props.list, before: props.spread };
    }
  }
  switch (holder.kind) {
    case 'variable':
      return { kind: 'statement', holder };
    case 'none':
      return { kind: 'chain', span };
    case 'inside':
      // Flow logs in the expression would take the place of the new one.
      return props.kind === 'expression' && !hasOthers
        ? { kind: 'wrap', span: props.span }
        : refused(t('What the VPC is made with is not written here; put the VPC into a variable first.'));
  }
}

function plan(
  place: Exclude<Place, Refused>,
  delivery: Delivery,
  subject: Subject,
  options: FlowLogOptions,
  spelling: Spelling,
): readonly TextEdit[] | Refused {
  const { source, dialect } = subject;
  const { style } = spelling;
  const site = siteFor(subject, place.kind === 'statement');
  if (isRefused(site)) return site;
  const id = newId(subject);
  const fields = flowLogFields(delivery, options, site);
  const flowLogs: Expression = { kind: 'map', entries: { [id]: flowLogOptions(fields) } };
  // Spelt only where it is used, since names that are spelt are imported.
  const field = (): Code => dialect.spellField('flowLogs', flowLogs, spelling);
  const { trailingComma, trailingCommaOfArguments } = style;
  switch (place.kind) {
    case 'argument': {
      const props: Fields = { flowLogs };
      const item = dialect.spell(
        { kind: 'struct', type: named('aws_ec2', 'VpcProps'), fields: props, isBroken: true },
        spelling,
      );
      const insertion = { list: place.list, item, oneLine: 'stay', trailingComma } as const;
      return appendItem(source, style, { ...insertion, trailingComma: trailingCommaOfArguments });
    }
    case 'field': {
      const { list, before } = place;
      const insertion = { list, item: field(), oneLine: 'spread', trailingComma } as const;
      return before === undefined
        ? appendItem(source, style, insertion)
        : prependItem(source, style, insertion, before.start);
    }
    case 'entry': {
      const item = dialect.spellEntry(id, flowLogOptions(fields), spelling);
      return appendItem(source, style, { list: place.list, item, oneLine: 'spread', trailingComma });
    }
    case 'statement': {
      const { name, statement } = place.holder;
      const value = addFlowLog(sourceExpression(name), id, fields);
      return [insertBehind(statement, [{ kind: 'do', value }], subject, spelling)];
    }
    case 'chain': {
      const { end } = place.span;
      const code = dialect.spell(addFlowLog(sourceExpression(''), id, fields), spelling);
      const printed = print(code, indentationAt(source.text, place.span.start), 0, style);
      return [{ span: { start: end, end }, newText: [printed] }];
    }
    case 'wrap': {
      const { start, end } = place.span;
      const outer = indentationAt(source.text, start);
      const inner = style.lineEnd + outer + style.unit;
      const printed = print(field(), outer + style.unit, outer.length + style.unit.length, style);
      return [
        { span: { start, end: start }, newText: [`{${inner}${printed},${inner}...`] },
        {
          span: { start: end, end },
          newText: [`${trailingComma ? ',' : ''}${style.lineEnd}${outer}}`],
        },
      ];
    }
  }
}

function newId(subject: Subject): string {
  const taken = new Set(flowLogsOf(subject).map(({ id }) => id));
  let id = 'FlowLog';
  for (let count = 2; taken.has(id); count += 1) id = `FlowLog${count}`;
  return id;
}
