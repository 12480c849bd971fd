import { t } from '@vscode/l10n';
import { flowLogsOf } from './flow-logs-of.ts';
import type { Offer, Subject } from './offer.ts';

/** Whether the file says of a flow log of the construct that it records rejected traffic. */
export function recordsRejected(subject: Subject): boolean {
  const name = subject.dialect.nameOf('trafficType');
  return flowLogsOf(subject).some(({ fields }) =>
    fields.some(
      ({ name: field, value }) =>
        field === name && value.kind === 'other' && /\b(?:ALL|REJECT)["']?$/.test(value.text),
    ),
  );
}

/** Makes flow logs of the construct that record ACCEPT only record all. */
export function trafficTypeOffers(subject: Subject): readonly Offer[] {
  const name = subject.dialect.nameOf('trafficType');
  return flowLogsOf(subject).flatMap(({ id, fields }): Offer[] => {
    const value = fields.find((field) => field.name === name)?.value;
    const found = value?.kind === 'other' ? /\bACCEPT(?=["']?$)/.exec(value.text) : null;
    if (value?.kind !== 'other' || found === null) return [];
    const start = value.span.start + found.index;
    return [
      {
        id: `set-traffic-type-all:${id}`,
        title: t('Set {0} to ALL: {1}', name, id),
        plan: () => [{ span: { start, end: start + 'ACCEPT'.length }, newText: ['ALL'] }],
      },
    ];
  });
}
