import type { Resource, Template } from '../../template/model.ts';
import { canonicalText } from '../../template/syntax.ts';
import type { Change } from '../writer/changes.ts';
import type { NameGiver } from '../names.ts';
import { call, type Call, type Value } from '../writer/values.ts';

interface UncoveredCase {
  readonly condition: string;
  /** Those that declare it, where the template has none of that meaning. */
  readonly changes: readonly Change[];
}

/**
 * The condition under which a VPC exists and none of its flow logs does.
 *
 * @param flowLogs All under conditions.
 */
export function uncoveredCase(
  vpc: Resource,
  flowLogs: readonly Resource[],
  template: Template,
  names: NameGiver,
): UncoveredCase | undefined {
  const conditions = [...new Set(flowLogs.map(({ condition }) => condition ?? ''))];
  if (vpc.loop !== undefined || conditions.includes('')) return undefined;
  const covered = conditions.map(named);
  const [only, ...others] = covered;
  if (only === undefined) return undefined;
  const uncovered = call('Fn::Not', [others.length === 0 ? only : call('Fn::Or', covered)]);
  const expression =
    vpc.condition === undefined ? uncovered : call('Fn::And', [named(vpc.condition), uncovered]);
  const known =
    vpc.condition === undefined && others.length === 0 ? opposite(conditions[0], template) : undefined;
  if (known !== undefined) return { condition: known, changes: [] };
  const condition = names.condition('FlowLogMissing');
  return {
    condition,
    changes: [{ kind: 'add-entries', to: ['Conditions'], entries: { [condition]: expression } }],
  };
}

function named(condition: string): Call & Value {
  return call('Condition', condition);
}

/** A condition of the template that says the opposite of another. */
function opposite(condition: string | undefined, { conditions }: Template): string | undefined {
  const wanted = `{"Fn::Not":[{"Condition":${JSON.stringify(condition)},},],}`;
  for (const [name, node] of conditions) if (canonicalText(node) === wanted) return name;
  return undefined;
}
