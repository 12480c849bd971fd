import type { TemplateSummary, VpcSummary } from '../../../server/src/protocol.ts';

/** The nodes of the tree of templates; each is made anew whenever it is asked for. */
export type TemplateNode =
  | { readonly kind: 'template'; readonly template: TemplateSummary }
  | { readonly kind: 'vpc'; readonly vpc: VpcSummary; readonly template: TemplateSummary };

/** What needs a look most comes first, as in the account's tree. */
const urgency: readonly VpcSummary['state'][] = [
  'none',
  'accept-only',
  'conditional',
  'unknown',
  'suppressed',
  'logged',
];

export function rootNodes(templates: readonly TemplateSummary[]): TemplateNode[] {
  return templates
    .toSorted((a, b) => rank(worstOf(a)) - rank(worstOf(b)) || (a.uri < b.uri ? -1 : 1))
    .map((template) => ({ kind: 'template', template }));
}

export function childNodes(node: TemplateNode): TemplateNode[] {
  if (node.kind === 'vpc') return [];
  const { template } = node;
  return template.vpcs
    .toSorted((a, b) => rank(a.state) - rank(b.state))
    .map((vpc) => ({ kind: 'vpc', vpc, template }));
}

/** The state of its VPC that needs a look most. */
export function worstOf({ vpcs }: TemplateSummary): VpcSummary['state'] {
  return urgency[Math.min(...vpcs.map(({ state }) => rank(state)))] ?? 'logged';
}

function rank(state: VpcSummary['state']): number {
  return urgency.indexOf(state);
}
