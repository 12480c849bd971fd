import { t } from '@vscode/l10n';
import type { VpcReport } from '../coverage/model.ts';

/** What a VPC looks like at a glance; the words are those of the account's tree. */
export type VpcState = 'logged' | 'accept-only' | 'conditional' | 'none' | 'suppressed' | 'unknown';

const states = {
  covered: 'logged',
  'wrong-traffic': 'accept-only',
  conditional: 'conditional',
  missing: 'none',
  unknown: 'unknown',
} as const satisfies Record<VpcReport['verdict'], VpcState>;

export function stateOf({ verdict, suppressed }: VpcReport): VpcState {
  return suppressed === undefined ? states[verdict] : 'suppressed';
}

/** From what needs a look most to what needs none. */
export const statesByUrgency: readonly VpcState[] = [
  'none',
  'accept-only',
  'conditional',
  'unknown',
  'suppressed',
  'logged',
];

export function stateWord(state: VpcState): string {
  switch (state) {
    case 'logged':
      return t('logged');
    case 'accept-only':
      return t('accept only');
    case 'conditional':
      return t('conditional');
    case 'none':
      return t('no flow log');
    case 'suppressed':
      return t('suppressed');
    case 'unknown':
      return t('unknown');
  }
}
