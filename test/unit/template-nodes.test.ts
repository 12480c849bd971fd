import { expect, test, vi } from 'vitest';
import { childNodes, rootNodes, worstOf } from '../../client/src/explorer/template-nodes.ts';
import { templateCountsInWords, countTemplates } from '../../client/src/explorer/template-counts.ts';
import type { TemplateSummary, VpcSummary } from '../../server/src/protocol.ts';

vi.mock('vscode', () => import('./fake-vscode.ts'));

const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };

function template(uri: string, ...states: readonly VpcSummary['state'][]): TemplateSummary {
  const vpcs = states.map((state, index) => ({
    logicalId: `Vpc${index}`,
    state,
    reason: '',
    flowLogs: [],
    range,
  }));
  return { uri, vpcs };
}

test('templates with something to do come first, then by their paths', () => {
  const templates = [
    template('a', 'logged'),
    template('b', 'logged', 'none'),
    template('c', 'unknown'),
    template('d', 'accept-only', 'logged'),
    template('e', 'none'),
  ];
  const order = rootNodes(templates).map((node) => node.template.uri);
  expect(order).toEqual(['b', 'e', 'd', 'c', 'a']);
});

test('so do the VPCs of a template, which end the tree', () => {
  const one = template('a', 'logged', 'suppressed', 'none', 'conditional');
  const nodes = childNodes({ kind: 'template', template: one });
  expect(nodes.map((node) => (node.kind === 'vpc' ? node.vpc.state : undefined))).toEqual([
    'none',
    'conditional',
    'suppressed',
    'logged',
  ]);
  expect(nodes.flatMap(childNodes)).toEqual([]);
  expect(worstOf(one)).toBe('none');
});

test.each<[string, TemplateSummary[]]>([
  ['no VPCs', []],
  ['1 VPC', [template('a', 'logged')]],
  ['2 VPCs', [template('a', 'logged'), template('b', 'suppressed')]],
  ['2 of 3 without flow log', [template('a', 'none', 'accept-only', 'logged')]],
  ['1 of 3 without flow log, 1 conditional, 1 unknown', [template('a', 'none', 'conditional', 'unknown')]],
])('they are counted as: %s', (words, templates) => {
  expect(templateCountsInWords(countTemplates(templates))).toBe(words);
});
