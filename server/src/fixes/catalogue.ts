import { t } from '@vscode/l10n';
import type { Finding } from '../coverage/model.ts';
import { addFlowLogOffers } from './add-flow-log/offers.ts';
import { editTemplate } from './writer/edit-template.ts';
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
import { editInPieces, openInPieces } from './writer/pieced-template.ts';
import { openTemplate, refused } from './writer/written-template.ts';

/** The fixes for a finding, the one that fits best first. No edits are computed yet. */
export function fixesFor(finding: Finding, context: FixContext): readonly Fix[] {
  return offersFor(finding, context).map(({ id, title }, index) => ({
    id,
    title,
    isPreferred: index === 0 && !isSuppression(id),
  }));
}

/** The edits of one of the fixes that {@link fixesFor} gave for the same finding and context. */
export function editFor(fixId: string, finding: Finding, context: FixContext): FixEdit {
  const offer = offersFor(finding, context).find(({ id }) => id === fixId);
  if (offer === undefined) return refused(t('This fix does not apply any more.'));
  return editInPiecesFor(offer, context) ?? editWholeFor(offer, finding, context);
}

/** Undefined where the whole must be read. */
function editInPiecesFor(offer: Offer, { text, template: { pieces } }: FixContext): FixEdit | undefined {
  const template = openInPieces(text, pieces);
  const changes = template && offer.plan(template, nameGiver(template.root));
  if (template === undefined || changes === undefined || !isPlanned(changes)) return undefined;
  const edited = editInPieces(template, changes);
  return edited?.kind === 'edited' ? { kind: 'edit', edits: edited.edits } : edited;
}

function editWholeFor(offer: Offer, finding: Finding, context: FixContext): FixEdit {
  const written = openTemplate(context.text, finding.span.start);
  if (written.kind === 'refused') return written;
  const changes = offer.plan(written, nameGiver(written.root));
  if (!isPlanned(changes)) return changes;
  const edited = editTemplate(written, changes);
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
