import { t } from '@vscode/l10n';
import type { Finding } from '../coverage/model.ts';
import type { Resource, Template } from '../template/model.ts';
import { intrinsicCall, subParts } from '../template/intrinsics.ts';
import { child, textOf, type SyntaxNode } from '../template/syntax.ts';
import type { Change } from './writer/changes.ts';
import { countingByCondition, resourceOf } from './claims.ts';
import type { FixContext, Offer } from './fix.ts';
import { isPath, resourcePath } from './writer/written-template.ts';

/**
 * A flow log whose own condition leaves the VPC bare takes that of the VPC, and so does what it needs and shares
 * its condition with.
 */
export function takeConditionOffers(finding: Finding, { template }: FixContext): readonly Offer[] {
  const vpc = resourceOf(finding, template);
  if (vpc === undefined || vpc.loop !== undefined || finding.code !== 'vpc-flow-log-conditional') return [];
  const flowLogs = countingByCondition(vpc, template) ?? [];
  const [flowLog, ...others] = flowLogs;
  if (flowLog === undefined || others.length > 0) return [];
  const concerned = neededUnder(flowLog, vpc.condition, template);
  if (concerned === undefined) return [];
  const { condition } = vpc;
  return [
    {
      id: `take-condition:${flowLog.logicalId}`,
      title:
        condition === undefined
          ? t('Remove the condition: {0}', flowLog.logicalId)
          : t('Set the condition to that of the VPC: {0}', flowLog.logicalId),
      plan: (written) => {
        const changes: Change[] = [];
        for (const resource of concerned) {
          const path = resourcePath(written, resource);
          if (!isPath(path)) return path;
          const at = [...path, 'Condition'];
          changes.push(
            condition === undefined ? { kind: 'remove', at } : { kind: 'set', at, value: condition },
          );
        }
        return changes;
      },
    },
  ];
}

/**
 * The resources that must change their condition along with one, itself first; undefined where something that
 * it needs stands under a third condition.
 */
function neededUnder(
  first: Resource,
  condition: string | undefined,
  template: Template,
): readonly Resource[] | undefined {
  const concerned = new Set([first]);
  for (const resource of concerned) {
    for (const needed of referencesIn(resource, template)) {
      if (needed.condition === undefined || needed.condition === condition) continue;
      if (needed.condition !== first.condition || needed.loop !== undefined) return undefined;
      concerned.add(needed);
    }
  }
  return [...concerned];
}

/** The resources that another refers to. */
function referencesIn({ body }: Resource, { resources }: Template): readonly Resource[] {
  const names: string[] = [];
  const seen = new Set<SyntaxNode>();
  const open: SyntaxNode[] = [body];
  const dependsOn = child(body, 'DependsOn');
  if (dependsOn !== undefined) {
    const items = dependsOn.kind === 'sequence' ? dependsOn.items : [dependsOn];
    names.push(...items.map((item) => textOf(item) ?? ''));
  }
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (seen.has(node)) continue;
    seen.add(node);
    names.push(...namesIn(node));
    if (node.kind === 'sequence') open.push(...node.items);
    if (node.kind === 'mapping') open.push(...node.entries.map(({ value }) => value));
  }
  return names.flatMap((name) => resources.get(name) ?? []);
}

function namesIn(node: SyntaxNode): readonly string[] {
  const call = intrinsicCall(node);
  if (call === undefined) return [];
  const argument = call.argument.kind === 'sequence' ? call.argument.items[0] : call.argument;
  const text = textOf(argument) ?? '';
  if (call.name === 'Ref') return [text];
  if (call.name === 'Fn::GetAtt') return [text.split('.', 1)[0] ?? ''];
  if (call.name !== 'Fn::Sub') return [];
  return subParts(text).flatMap((part) =>
    part.kind === 'variable' ? (part.text.split('.', 1)[0] ?? '') : [],
  );
}
