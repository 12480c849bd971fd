import { l10n } from 'vscode';

/**
 * How many VPCs there are and how many are bare, in the words of both trees, with what each has to add.
 *
 * @param notes such as `1 unknown`
 */
export function countsInWords(
  { vpcs, bare }: { readonly vpcs: number; readonly bare: number },
  notes: readonly string[],
): string {
  if (vpcs === 0) return l10n.t('no VPCs');
  const all = vpcs === 1 ? l10n.t('1 VPC') : l10n.t('{0} VPCs', vpcs);
  return [bare === 0 ? all : l10n.t('{0} of {1} without flow log', bare, vpcs), ...notes].join(', ');
}
