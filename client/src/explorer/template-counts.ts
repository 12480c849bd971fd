import { l10n } from 'vscode';
import type { TemplateSummary, VpcSummary } from '../../../server/src/protocol.ts';

/** How many VPCs there are, and of what kind. The rest have a flow log that counts, or are suppressed. */
export interface TemplateCounts {
  readonly vpcs: number;
  readonly bare: number;
  readonly conditional: number;
  readonly unknown: number;
}

export function countVpcs(vpcs: readonly VpcSummary[]): TemplateCounts {
  const count = (...states: readonly VpcSummary['state'][]): number =>
    vpcs.filter(({ state }) => states.includes(state)).length;
  return {
    vpcs: vpcs.length,
    bare: count('none', 'accept-only'),
    conditional: count('conditional'),
    unknown: count('unknown'),
  };
}

export function countTemplates(templates: readonly TemplateSummary[]): TemplateCounts {
  return countVpcs(templates.flatMap(({ vpcs }) => vpcs));
}

/** In the words of the account's tree. */
export function countsInWords({ vpcs, bare, conditional, unknown }: TemplateCounts): string {
  if (vpcs === 0) return l10n.t('no VPCs');
  const parts = [
    bare === 0
      ? vpcs === 1
        ? l10n.t('1 VPC')
        : l10n.t('{0} VPCs', vpcs)
      : l10n.t('{0} of {1} without flow log', bare, vpcs),
  ];
  if (conditional > 0) parts.push(l10n.t('{0} conditional', conditional));
  if (unknown > 0) parts.push(l10n.t('{0} unknown', unknown));
  return parts.join(', ');
}
