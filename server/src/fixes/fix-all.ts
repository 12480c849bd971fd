import { t } from '@vscode/l10n';
import type { Finding } from '../coverage/model.ts';
import { addDestinationPrefix, planDestinations, sharedDelivery } from './add-flow-log/add-destination.ts';
import { deliveriesTo, planFlowLogs } from './add-flow-log/offers.ts';
import { offersFor } from './catalogue.ts';
import type { Change } from './writer/changes.ts';
import { editTemplate, type Edited } from './writer/edit-template.ts';
import type { TextEdit } from './writer/edits.ts';
import { isPlanned, type FixContext, type Plan } from './fix.ts';
import { isGenerated } from './generated.ts';
import { nameGiver, type NameGiver } from './names.ts';
import type { Destination } from './options.ts';
import { configurationOf } from './property.ts';
import { isSuppression } from './suppress.ts';
import { coveredByMending } from './target.ts';
import { editInPieces, openInPieces } from './writer/pieced-template.ts';
import {
  openTemplate,
  refused,
  type Outline,
  type Refused,
  type WholeTemplate,
} from './writer/written-template.ts';

/** What is done to a file at once, and what is left. */
export interface FixAll {
  /** In the order of the text. */
  readonly edits: readonly TextEdit[];
  readonly left: readonly { readonly finding: Finding; readonly why: string }[];
}

/**
 * Fixes all findings of a template at once. VPCs without a flow log share one log group, role or bucket;
 * so do flow logs without a destination.
 *
 * @param findings Of that template.
 */
export function fixAll(findings: readonly Finding[], context: FixContext, destination: Destination): FixAll {
  const [first] = findings;
  if (first === undefined) return { edits: [], left: [] };
  const leave = (why: string): FixAll => ({ edits: [], left: findings.map((finding) => ({ finding, why })) });
  if (isGenerated(context.template)) return leave(t('The template is generated; change what generates it.'));
  const preferring = { ...context, options: { ...context.options, destination } };
  const steps = stepsFor(findings, preferring, destination);
  const template = openInPieces(context.text, context.template.pieces);
  const inPart = template && applyAll(steps, template, (changes) => editInPieces(template, changes));
  if (inPart !== undefined) return inPart;
  const written = openTemplate(context.text, first.span.start);
  if (written.kind === 'refused') return leave(written.why);
  return applyAll(steps, written, (changes) => editTemplate(written, changes)) ?? apply(steps, written);
}

/** Takes all steps in one edit, as nearly always can be done; undefined where some cannot be taken. */
function applyAll(
  steps: readonly Step[],
  outline: Outline,
  edit: (changes: readonly Change[]) => Edited | Refused | undefined,
): FixAll | undefined {
  const names = nameGiver(outline.root);
  const left: { finding: Finding; why: string }[] = [];
  const changes: Change[] = [];
  for (const { findings, planFor } of steps) {
    if (planFor === undefined) {
      left.push(...findings.map((finding) => ({ finding, why: noFix() })));
      continue;
    }
    const planned = planFor(findings)(outline, names);
    if (!isPlanned(planned)) return undefined;
    changes.push(...planned);
  }
  if (changes.length === 0) return { edits: [], left };
  const edited = edit(changes);
  return edited?.kind === 'edited' ? { edits: edited.edits, left } : undefined;
}

function noFix(): string {
  return t('There is no fix for it.');
}

/** Findings that are fixed together. */
interface Step {
  readonly findings: readonly Finding[];
  /** Undefined where there is no fix. */
  readonly planFor: ((findings: readonly Finding[]) => Plan) | undefined;
}

function stepsFor(
  findings: readonly Finding[],
  context: FixContext,
  destination: Destination,
): readonly Step[] {
  const bare: Finding[] = [];
  // Another flow log on one of these would be there twice, which EC2 refuses where both deliver to the same.
  const covered = coveredByMending(findings, context);
  const byDestination = new Map<string, { readonly id: string; readonly some: readonly Finding[] }>();
  const steps: Step[] = [];
  for (const finding of findings) {
    const best = offersFor(finding, context).find(({ id }) => !isSuppression(id));
    if (best?.id.startsWith('add-flow-log-') === true) {
      if (!covered.has(finding.logicalId)) bare.push(finding);
    } else if (best?.id.startsWith(addDestinationPrefix) === true) {
      // What the template has may be there under one condition alone.
      const { condition = '' } = context.template.resources.get(finding.logicalId) ?? {};
      const key = best.id.endsWith('-of-template') ? `${best.id} ${condition}` : best.id;
      const { some = [] } = byDestination.get(key) ?? {};
      byDestination.set(key, { id: best.id, some: [...some, finding] });
    } else steps.push({ findings: [finding], planFor: best && (() => best.plan) });
  }
  const sharing = [...byDestination.values()].map(({ id, some }) => destinationStep(id, some, context));
  const [delivery] = deliveriesTo(destination, bare, context);
  if (delivery === undefined || bare.length === 0) return [...sharing, ...steps];
  const planFor =
    (some: readonly Finding[]): Plan =>
    (written, names) =>
      planFlowLogs(some, delivery, context, written, names);
  return [{ findings: bare, planFor }, ...sharing, ...steps];
}

/** Gives flow logs that have none one destination. */
function destinationStep(offerId: string, findings: readonly Finding[], context: FixContext): Step {
  const planFor =
    (some: readonly Finding[]): Plan =>
    (written, names) => {
      const flowLogs = some.flatMap((finding) => configurationOf(finding, context) ?? []);
      const delivery = sharedDelivery(offerId, flowLogs, context);
      return delivery === undefined
        ? refused(noFix())
        : planDestinations(flowLogs, delivery, context, written, names);
    };
  return { findings, planFor };
}

/** Takes every step that can be taken along with those before it, one after the other. */
function apply(steps: readonly Step[], written: WholeTemplate): FixAll {
  const names = nameGiver(written.root);
  const left: { finding: Finding; why: string }[] = [];
  let taken: Taken = { kind: 'taken', changes: [], edits: [] };
  for (const { findings, planFor } of steps) {
    const take = (some: readonly Finding[], namesForIt: NameGiver): Taken | Refused =>
      planFor === undefined
        ? refused(noFix())
        : takeAlong(taken, planFor(some)(written, namesForIt), written);
    let result = take(findings, names);
    if (result.kind === 'refused') {
      // Where one VPC cannot be edited, the others still can.
      const able = findings.filter((finding) => {
        const alone = take([finding], nameGiver(written.root));
        if (alone.kind === 'refused') left.push({ finding, why: alone.why });
        return alone.kind === 'taken';
      });
      if (able.length === 0) continue;
      result = take(able, names);
      if (result.kind === 'refused') {
        const { why } = result;
        left.push(...able.map((finding) => ({ finding, why })));
        continue;
      }
    }
    taken = result;
  }
  return { edits: taken.edits, left };
}

/** The steps so far, in one edit. */
interface Taken {
  readonly kind: 'taken';
  readonly changes: readonly Change[];
  readonly edits: readonly TextEdit[];
}

function takeAlong(
  taken: Taken,
  planned: readonly Change[] | Refused,
  written: WholeTemplate,
): Taken | Refused {
  if (!isPlanned(planned)) return planned;
  const changes = [...taken.changes, ...planned];
  const edited = editTemplate(written, changes);
  return edited.kind === 'refused' ? edited : { kind: 'taken', changes, edits: edited.edits };
}
