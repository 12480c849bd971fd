import { t } from '@vscode/l10n';
import type { Finding } from '../coverage/model.ts';
import { computeOnceInSteps } from '../template/kept.ts';
import type { Steps } from '../template/steps.ts';
import { addDestinationPrefix, sharedDelivery } from './add-flow-log/add-destination.ts';
import { planDelivery } from './add-flow-log/flow-logs.ts';
import { deliveriesTo, planFlowLogs, sharedConditionOf } from './add-flow-log/offers.ts';
import { offersFor } from './catalogue.ts';
import type { Change } from './writer/changes.ts';
import type { Edited } from './writer/edit-template.ts';
import { openEditor, type Editor } from './writer/editor.ts';
import type { TextEdit } from './writer/edits.ts';
import { isPlanned, type FixContext, type Plan } from './fix.ts';
import { isGenerated } from './generated.ts';
import { nameGiver } from './names.ts';
import type { Destination } from './options.ts';
import { configurationOf } from './property.ts';
import { isSuppression } from './suppress.ts';
import { coveredByMending } from './target.ts';
import { refused, type Refused } from './writer/written-template.ts';

/** What is done to a file at once, and what is left. */
export interface FixAll {
  /** In the order of the text. */
  readonly edits: readonly TextEdit[];
  readonly left: readonly { readonly finding: Finding; readonly why: string }[];
}

/**
 * Fixes all findings of a template at once. VPCs without a flow log, and flow logs without a destination, share one
 * log group, role or bucket.
 *
 * @param findings Of that template.
 */
export function fixAll(
  findings: readonly Finding[],
  context: FixContext,
  destination: Destination,
): Steps<FixAll> {
  return computeOnceInSteps(computeAll(findings, context, destination));
}

function* computeAll(
  findings: readonly Finding[],
  context: FixContext,
  destination: Destination,
): Steps<FixAll> {
  const [first] = findings;
  if (first === undefined) return { edits: [], left: [] };
  const leave = (why: string): FixAll => ({ edits: [], left: findings.map((finding) => ({ finding, why })) });
  if (isGenerated(context.template)) return leave(t('The template is generated; change what generates it.'));
  const preferring = { ...context, options: { ...context.options, destination } };
  const editor = yield* openEditor(context.text, context.template.pieces, first.span.start);
  if (editor.kind === 'refused') return leave(editor.why);
  const steps = stepsFor(findings, preferring, destination);
  const able = steps.flatMap(({ findings: some, planFor }) =>
    planFor === undefined ? [] : some.map((finding): Item => ({ finding, planFor })),
  );
  const unable = steps.flatMap(({ findings: some, planFor }) =>
    planFor === undefined ? some.map((finding) => ({ finding, why: noFix() })) : [],
  );
  const { edits, left } = yield* takeAll(able, editor);
  return { edits, left: [...unable, ...left] };
}

/** A finding with how it is fixed together with others of its step. */
interface Item {
  readonly finding: Finding;
  readonly planFor: (findings: readonly Finding[]) => Plan;
}

/**
 * Fixes all that can be fixed along with those before it. They nearly always can be at once; where they cannot, one
 * half after the other is taken along, so that the few that are in the way are found without trying each.
 */
function* takeAll(items: readonly Item[], editor: Editor): Steps<FixAll> {
  const taken: Item[] = [];
  const left: { finding: Finding; why: string }[] = [];
  let edits: readonly TextEdit[] = [];
  function* take(some: readonly Item[]): Steps<void> {
    const [first] = some;
    if (first === undefined) return;
    const edited = yield* editOf([...taken, ...some], editor);
    if (edited.kind === 'edited') {
      taken.push(...some);
      ({ edits } = edited);
    } else if (some.length === 1) left.push({ finding: first.finding, why: edited.why });
    else {
      const middle = some.length >> 1;
      yield* take(some.slice(0, middle));
      yield* take(some.slice(middle));
    }
  }
  yield* take(items);
  return { edits, left };
}

/** All in one edit. */
function* editOf(items: readonly Item[], { outline, edit }: Editor): Steps<Edited | Refused> {
  const steps = new Map<Item['planFor'], Finding[]>();
  for (const { planFor, finding } of items) {
    const known = steps.get(planFor);
    if (known === undefined) steps.set(planFor, [finding]);
    else known.push(finding);
  }
  const names = nameGiver(outline.root);
  const changes: Change[] = [];
  for (const [planFor, findings] of steps) {
    const planned = planFor(findings)(outline, names);
    if (!isPlanned(planned)) return planned;
    changes.push(...planned);
  }
  return yield* edit(changes);
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
  const undelivered = new Map<string, Undelivered>();
  const steps: Step[] = [];
  for (const finding of findings) {
    const best = offersFor(finding, context).find(({ id }) => !isSuppression(id));
    if (best?.id.startsWith('add-flow-log-') === true) {
      if (!covered.has(finding.logicalId)) bare.push(finding);
    } else if (best?.id.startsWith(addDestinationPrefix) === true) {
      const { condition } = context.template.resources.get(finding.logicalId) ?? {};
      // What the template has may be there under one condition alone.
      const under = isOfTemplate(best.id) ? condition : undefined;
      const key = `${best.id} ${under ?? ''}`;
      const { findings: some = [] } = undelivered.get(key) ?? {};
      undelivered.set(key, { offerId: best.id, under, findings: [...some, finding] });
    } else steps.push({ findings: [finding], planFor: best && (() => best.plan) });
  }
  const [delivery] = bare.length === 0 ? [] : deliveriesTo(destination, bare, context);
  if (delivery === undefined) {
    return [...Array.from(undelivered.values(), (some) => destinationStep(some, context)), ...steps];
  }
  const under = isOfTemplate(delivery.id) ? sharedConditionOf(bare, context) : undefined;
  const key = `${addDestinationPrefix}${delivery.id} ${under ?? ''}`;
  const together = undelivered.get(key)?.findings ?? [];
  undelivered.delete(key);
  const planFor =
    (some: readonly Finding[]): Plan =>
    (written, names) => {
      const [vpcs, others] = [
        some.filter((one) => bare.includes(one)),
        some.filter((one) => !bare.includes(one)),
      ];
      const flowLogs = others.flatMap((finding) => configurationOf(finding, context) ?? []);
      return planFlowLogs(vpcs, delivery, context, written, names, flowLogs);
    };
  return [
    { findings: [...bare, ...together], planFor },
    ...Array.from(undelivered.values(), (some) => destinationStep(some, context)),
    ...steps,
  ];
}

/** Findings of flow logs that have no destination, and get the same. */
interface Undelivered {
  readonly offerId: string;
  /** The condition under which what the template has for it is there. */
  readonly under: string | undefined;
  readonly findings: readonly Finding[];
}

function isOfTemplate(id: string): boolean {
  return id.endsWith('-of-template');
}

/** Gives flow logs that have none one destination. */
function destinationStep({ offerId, findings }: Undelivered, context: FixContext): Step {
  const planFor =
    (some: readonly Finding[]): Plan =>
    (written, names) => {
      const undelivered = some.flatMap((finding) => configurationOf(finding, context) ?? []);
      const delivery = sharedDelivery(offerId, undelivered, context);
      return delivery === undefined
        ? refused(noFix())
        : planDelivery({ targets: [], undelivered }, delivery, context, written, names);
    };
  return { findings, planFor };
}
