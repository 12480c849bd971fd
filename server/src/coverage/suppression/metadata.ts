import { t } from '@vscode/l10n';
import {
  child,
  entriesOf,
  entry,
  factsOf,
  textOf,
  type Entry,
  type EntryFacts,
  type Span,
  type SyntaxNode,
} from '../../template/syntax.ts';
import { keep } from '../../template/kept.ts';
import type { Resource, Template } from '../../template/model.ts';
import { isVpc } from '../targets.ts';
import type { Declaration, Declarations, Misspelling } from './declaration.ts';
import { decodeBase64 } from './base64.ts';
import { inRightCase, isFlowLogRule, isSuppressibleCode, vpcCodes, type Tool } from './rules.ts';
import { isNearly, meant, nearestOf, unknownCode } from './spelling.ts';

/** Where in `Metadata` a tool looks for the rules that a resource is excused from. */
interface Shape {
  readonly by: Tool;
  readonly key: string;
  /** The names that the list of rules may have. */
  readonly lists: readonly string[];
  /** The keys of the list's items; without them an item is the rule's name. */
  readonly item?: { readonly rule: string; readonly reason: string };
}

const idAndReason = { rule: 'id', reason: 'reason' };

/**
 * - cfn_nag: https://github.com/stelligent/cfn_nag#per-resource-rule-suppression
 * - cdk-nag: https://github.com/cdklabs/cdk-nag#suppressing-a-rule
 * - cfn-guard: https://github.com/aws-cloudformation/aws-guard-rules-registry, `USING_GUARD_RULES_REGISTRY.md`
 * - checkov: https://www.checkov.io/2.Basics/Suppressing%20and%20Skipping%20Policies.html
 */
const shapes: readonly Shape[] = [
  {
    by: 'flow-log-guard',
    key: 'flow-log-guard',
    lists: ['suppress'],
    item: { rule: 'code', reason: 'reason' },
  },
  { by: 'cfn_nag', key: 'cfn_nag', lists: ['rules_to_suppress'], item: idAndReason },
  { by: 'cdk-nag', key: 'cdk_nag', lists: ['rules_to_suppress'], item: idAndReason },
  { by: 'cfn-guard', key: 'guard', lists: ['SuppressedRules', 'SuppressRules'] },
  { by: 'checkov', key: 'checkov', lists: ['skip'], item: { rule: 'id', reason: 'comment' } },
  { by: 'checkov', key: 'bridgecrew', lists: ['skip'], item: { rule: 'id', reason: 'comment' } },
];

/** Which resources a `Metadata` mapping is on. */
interface Place {
  readonly logicalId: string;
  readonly resourcesFor: (tool: Tool) => readonly Resource[];
}

/** All suppressions in the `Metadata` of the resources, and in the template's own where a tool reads that. */
export function readMetadata(template: Template): Declarations {
  return keep(template, readMetadata, () => readAll(template));
}

function readAll(template: Template): Declarations {
  const readers = metadataOf(template).map(({ metadata, place }) => {
    const reader = new MetadataReader(place);
    reader.read(metadata);
    return reader;
  });
  return {
    declarations: readers.flatMap(({ declarations }) => declarations),
    misspellings: readers.flatMap(({ misspellings }) => misspellings),
  };
}

function metadataOf(template: Template): { metadata: SyntaxNode; place: Place }[] {
  const found = template.resources.where(hasToolKey).flatMap((resource) => {
    const { metadata, logicalId } = resource;
    const on = [resource];
    return metadata === undefined ? [] : [{ metadata, place: { logicalId, resourcesFor: () => on } }];
  });
  const ofTemplate = entry(template.root, 'Metadata');
  if (ofTemplate === undefined || !hasToolKey(factsOf(ofTemplate))) return found;
  const all = [...template.resources.values()];
  // Of all tools only cdk-nag looks there, for what a whole stack is excused from.
  const resourcesFor = (tool: Tool): readonly Resource[] => (tool === 'cdk-nag' ? all : []);
  return [...found, { metadata: ofTemplate.value, place: { logicalId: '', resourcesFor } }];
}

/** Whether a key of metadata may be one that a tool looks for. */
export function hasToolKey({ metadataKeys }: EntryFacts): boolean {
  return metadataKeys.some(mayBeTool);
}

/** The keys of metadata that were asked about; the CDK's own are on every resource. */
const knownKeys = new Map<string, boolean>();
const mostKnownKeys = 1000;

/** Whether a key of metadata is, or was meant to be, one that a tool looks for. */
function mayBeTool(key: string): boolean {
  const known = knownKeys.get(key);
  if (known !== undefined) return known;
  const isOne = shapes.some((shape) => shape.key === key || isNearly(key, shape.key));
  if (knownKeys.size < mostKnownKeys) knownKeys.set(key, isOne);
  return isOne;
}

/** More entries than a hand-written suppression has; aliases can make a mapping endless. */
const mostSearched = 500;

class MetadataReader {
  readonly declarations: Declaration[] = [];
  readonly misspellings: Misspelling[] = [];
  readonly #place: Place;

  constructor(place: Place) {
    this.#place = place;
  }

  read(metadata: SyntaxNode): void {
    for (const { name, keySpan, value } of entriesOf(metadata)) {
      const exact = shapes.find(({ key }) => key === name);
      if (exact === undefined) {
        const near = nearestOf(name, shapes, ({ key }) => key);
        if (near !== undefined && isMeantFor(near, value)) this.#misspelt(near.by, keySpan, name, near.key);
      } else this.#readTool(exact, value);
    }
  }

  #readTool(shape: Shape, value: SyntaxNode): void {
    const reasonOfAll = shape.item === undefined ? textOf(child(value, 'Reason')) : undefined;
    for (const found of entriesOf(value)) {
      if (shape.lists.includes(found.name)) {
        for (const item of itemsOf(shape, found.value)) this.#readItem(shape, item, reasonOfAll);
        continue;
      }
      const near = nearestOf(found.name, shape.lists, (list) => list);
      if (near !== undefined && (shape.by === 'flow-log-guard' || mentionsRule(shape, found.value))) {
        this.#misspelt(shape.by, found.keySpan, found.name, near);
      }
    }
  }

  #readItem(shape: Shape, item: SyntaxNode, reasonOfAll: string | undefined): void {
    if (shape.item === undefined) {
      // The registry's own examples also write a rule as `NAME: reason`.
      const [named] = entriesOf(item);
      const name = named?.name ?? textOf(item);
      const reason = textOf(named?.value) ?? reasonOfAll;
      if (name !== undefined) this.#declare(shape.by, name, named?.keySpan ?? item.span, reason);
      return;
    }
    const rule =
      shape.by === 'flow-log-guard' && item.kind === 'scalar' ? item : child(item, shape.item.rule);
    const name = textOf(rule);
    if (rule === undefined || name === undefined) {
      this.#readItemWithoutRule(shape, shape.item, item);
      return;
    }
    // cdk-nag compares what a suppression applies to with the finding's own id, and flow-log rules give none.
    const appliesTo = shape.by === 'cdk-nag' ? child(item, 'applies_to') : undefined;
    if (appliesTo?.kind === 'sequence') return;
    const reason = textOf(child(item, shape.item.reason));
    const isEncoded = shape.by === 'cdk-nag' && textOf(child(item, 'is_reason_encoded')) === 'true';
    this.#declare(
      shape.by,
      name,
      rule.span,
      isEncoded && reason !== undefined ? decodeBase64(reason) : reason,
    );
  }

  #declare(by: Tool, rule: string, span: Span, reason: string | undefined): void {
    if (by === 'flow-log-guard' && !isSuppressibleCode(rule)) {
      this.#report(span, unknownCode(rule));
      return;
    }
    const rightCase = inRightCase(by, rule);
    if (rightCase !== undefined) this.#misspelt(by, span, rule, rightCase);
    if (!isFlowLogRule(by, rule)) return;
    const { logicalId, resourcesFor } = this.#place;
    this.declarations.push({
      logicalId,
      by,
      rule,
      ...(reason !== undefined && { reason }),
      span,
      codes: isSuppressibleCode(rule) ? new Set([rule]) : vpcCodes,
      isSpecific: true,
      resources: resourcesFor(by),
      whyIdle: t('{0} looks for it in the Metadata of a resource', by),
    });
  }

  #readItemWithoutRule(shape: Shape, keys: { readonly rule: string }, item: SyntaxNode): void {
    const text = textOf(item);
    if (text !== undefined && isFlowLogRule(shape.by, text)) {
      this.#misspelt(shape.by, item.span, text, `${keys.rule}: ${text}`);
    }
    const named = entriesOf(item).find((found) => isRuleUnderOtherName(shape.by, keys.rule, found));
    if (named !== undefined) this.#misspelt(shape.by, named.keySpan, named.name, keys.rule);
    else if (shape.by === 'flow-log-guard') {
      this.#report(
        item.span,
        t('This suppression names no code; give it one, such as code: vpc-no-flow-log'),
      );
    }
  }

  #misspelt(by: Tool, span: Span, wrong: string, right: string): void {
    // What another tool is told of a subnet is not ours to judge.
    if (by !== 'flow-log-guard' && !this.#place.resourcesFor(by).some(isVpc)) return;
    this.#report(span, meant(wrong, right));
  }

  #report(span: Span, message: string): void {
    this.misspellings.push({ span, message, logicalId: this.#place.logicalId });
  }
}

/** Ours may be a single item, too. What is not written yet is no item. */
function itemsOf(shape: Shape, list: SyntaxNode): readonly SyntaxNode[] {
  const single = shape.by === 'flow-log-guard' ? [list] : [];
  const items = list.kind === 'sequence' ? list.items : single;
  return items.filter((item) => item.kind !== 'scalar' || !item.isNull);
}

function isRuleUnderOtherName(by: Tool, rightName: string, { name, value }: Entry): boolean {
  const rule = textOf(value);
  if (rule === undefined) return false;
  return isFlowLogRule(by, rule) || (by === 'flow-log-guard' && isNearly(name, rightName));
}

/** Whether what stands under a misspelt name is what the tool expects there. */
function isMeantFor(shape: Shape, value: SyntaxNode): boolean {
  const hasList = entriesOf(value).some(({ name }) => shape.lists.some((list) => isNearly(name, list)));
  return hasList && (shape.by === 'flow-log-guard' || mentionsRule(shape, value));
}

function mentionsRule({ by }: Shape, value: SyntaxNode): boolean {
  const waiting = [value];
  for (let searched = 0; searched < mostSearched; searched += 1) {
    const node = waiting.pop();
    if (node === undefined) return false;
    if (node.kind === 'scalar') {
      if (isFlowLogRule(by, node.text)) return true;
    } else if (node.kind === 'sequence') waiting.push(...node.items.slice(0, mostSearched));
    else {
      if (by === 'cfn-guard' && node.entries.some(({ name }) => isFlowLogRule(by, name))) return true;
      waiting.push(...node.entries.slice(0, mostSearched).map((found) => found.value));
    }
  }
  return false;
}
