import { t } from '@vscode/l10n';
import type { Finding } from '../coverage/model.ts';
import { computeOnce, computeOnceInSteps } from '../template/kept.ts';
import type { Steps } from '../template/steps.ts';
import { addFlowLogOffers } from './add-flow-log/offers.ts';
import { isPlanned, type Fix, type FixContext, type FixEdit, type Offer } from './fix.ts';
import { isGenerated } from './generated.ts';
import { deliveryDeniedOffers } from './delivery-denied.ts';
import { nameGiver } from './names.ts';
import { propertyOffers } from './property.ts';
import { retentionOffers } from './retention.ts';
import { isSuppression, suppressOffers } from './suppress.ts';
import { takeConditionOffers } from './take-condition.ts';
import { targetOffers } from './target.ts';
import { trafficTypeOffers } from './traffic-type.ts';
import { openEditor } from './writer/editor.ts';
import { refused } from './writer/written-template.ts';

/** The fixes for a finding, the one that fits best first. No edits are computed yet. */
export function fixesFor(finding: Finding, context: FixContext): readonly Fix[] {
  return computeOnce(() => offersFor(finding, context)).map(({ id, title }, index) => ({
    id,
    title,
    isPreferred: index === 0 && !isSuppression(id),
  }));
}

/** The edits of one of the fixes that {@link fixesFor} gave for the same finding and context. */
export function editFor(fixId: string, finding: Finding, context: FixContext): Steps<FixEdit> {
  return computeOnceInSteps(computeEdit(fixId, finding, context));
}

function* computeEdit(fixId: string, finding: Finding, context: FixContext): Steps<FixEdit> {
  const offer = offersFor(finding, context).find(({ id }) => id === fixId);
  if (offer === undefined) return refused(t('This fix does not apply any more.'));
  const editor = yield* openEditor(context.text, context.template.pieces, finding.span.start);
  if (editor.kind === 'refused') return editor;
  const changes = offer.plan(editor.outline, nameGiver(editor.outline.root));
  if (!isPlanned(changes)) return changes;
  const edited = yield* editor.edit(changes);
  return edited.kind === 'refused' ? edited : { kind: 'edit', edits: edited.edits };
}

/** All fixes for a finding, the one that fits best first; none in a template that is generated. */
export function offersFor(finding: Finding, context: FixContext): readonly Offer[] {
  if (isGenerated(context.template)) return [];
  return providers.flatMap((offers) => offers(finding, context));
}

const providers: readonly ((finding: Finding, context: FixContext) => readonly Offer[])[] = [
  trafficTypeOffers,
  takeConditionOffers,
  targetOffers,
  propertyOffers,
  deliveryDeniedOffers,
  retentionOffers,
  addFlowLogOffers,
  suppressOffers,
];
