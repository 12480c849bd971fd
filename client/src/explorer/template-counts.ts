import { l10n } from 'vscode';
import type { TemplateSummary, VpcSummary } from '../../../server/src/protocol.ts';
import { countsInWords } from './counts-in-words.ts';

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

export function templateCountsInWords({ conditional, unknown, ...counts }: TemplateCounts): string {
  return countsInWords(counts, [
    ...(conditional > 0 ? [l10n.t('{0} conditional', conditional)] : []),
    ...(unknown > 0 ? [l10n.t('{0} unknown', unknown)] : []),
  ]);
}
