import { t } from '@vscode/l10n';
import {
  defaultAggregationInterval,
  defaultDestinationType,
  destinationTypes,
} from '../aws/flow-log-properties.ts';
import { propertySets } from '../coverage/flow-log.ts';
import { evaluate } from '../template/evaluate.ts';
import { always } from '../template/formula.ts';
import { existence } from '../template/scope.ts';
import { child, type SyntaxNode } from '../template/syntax.ts';
import type { ResourceInStack, Scope, Value } from '../template/value.ts';

/** What a flow log records and where, each in a word or two. */
export interface FlowLogSummary {
  /** Such as `S3`. */
  readonly destination: string;
  /** Such as `ALL`. */
  readonly traffic: string;
  /** Such as `600 s`. */
  readonly interval: string;
}

/** Sums a flow log up as its stack deploys it. What is a deployer's choice is told by its default. */
export function summarise({ resource, scope }: ResourceInStack): FlowLogSummary {
  const sets = propertySets(resource, scope, existence(resource, scope)).map(({ value }) => value);
  const read = (name: string, otherwise: string): string =>
    anyOf(sets.flatMap((properties) => wordsFor(child(properties, name), scope, otherwise)));
  const types = read('LogDestinationType', defaultDestinationType).split('/');
  return {
    destination: anyOf(
      types.map((type) => destinationTypes.find(({ value }) => value === type)?.name ?? type),
    ),
    traffic: read('TrafficType', t('no traffic type')),
    interval: t('{0} s', read('MaxAggregationInterval', defaultAggregationInterval)),
  };
}

/** Such as `S3, ALL, 600 s`. */
export function summaryText({ destination, traffic, interval }: FlowLogSummary): string {
  return `${destination}, ${traffic}, ${interval}`;
}

function anyOf(words: readonly string[]): string {
  const all = [...new Set(words)];
  return all.length === 0 ? '?' : all.join('/');
}

function wordsFor(node: SyntaxNode | undefined, scope: Scope, otherwise: string): string[] {
  return evaluate(node, scope, always).map(({ value }) => wordFor(value, otherwise));
}

function wordFor(value: Value, otherwise: string): string {
  switch (value.kind) {
    case 'text':
      return value.text;
    case 'none':
      return otherwise;
    case 'subject':
      return value.subject.default ?? value.subject.label;
    case 'attribute':
    case 'concatenation':
    case 'list':
    case 'object':
    case 'outside':
    case 'resource':
    case 'undeclared':
    case 'unknown':
      return '?';
  }
}
