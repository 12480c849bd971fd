import { t } from '@vscode/l10n';
import type { FlowLogSettings } from './flow-log-settings.ts';
import type { Failure, Vpc } from './model.ts';
import { skipReason, type SkipReason, type VpcRef } from './plan-enabling.ts';

/** What became of one VPC. */
export type VpcFate =
  | { readonly kind: 'made'; readonly vpc: VpcRef; readonly flowLogIds: readonly string[] }
  | { readonly kind: 'already-there'; readonly vpc: VpcRef }
  | { readonly kind: 'failed'; readonly vpc: VpcRef; readonly failure: Failure }
  | { readonly kind: 'not-tried'; readonly vpc: VpcRef };

export function notTriedOf(vpc: VpcRef): VpcFate {
  return { kind: 'not-tried', vpc };
}

/** Of a VPC that no call is to be made for; undefined: one is. */
export function fateWithoutCall(
  vpc: VpcRef,
  now: Vpc | undefined,
  settings: FlowLogSettings,
): VpcFate | undefined {
  if (now === undefined) return { kind: 'failed', vpc, failure: own(t('The VPC is not there any more.')) };
  const reason = skipReason(now, settings);
  if (reason === undefined) return undefined;
  if (reason === 'already-logged') return { kind: 'already-there', vpc };
  return { kind: 'failed', vpc, failure: failureOfSkipped(reason, now) };
}

function failureOfSkipped(reason: Exclude<SkipReason, 'already-logged'>, { state }: Vpc): Failure {
  switch (reason) {
    case 'delivery-failed':
      return own(
        state.kind === 'delivery-failed'
          ? t('It has a flow log whose records AWS cannot deliver: {0}.', state.error)
          : t('It has a flow log whose records AWS cannot deliver.'),
      );
    case 'shared':
      return own(t('The VPC belongs to another account, which alone can enable its flow logs.'));
    case 'unreadable':
      return state.kind === 'unreadable' ? state.failure : own(t('Its flow logs could not be read.'));
    case 'destination-elsewhere':
      return own(t('The delivery stream is in another region.'));
  }
}

/** A failure that no call of AWS's stands behind. */
export function own(message: string): Failure {
  return { kind: 'other', operation: undefined, code: undefined, message, permission: undefined };
}
