import type { Resource } from '../../template/model.ts';
import { child, textOf, type SyntaxNode } from '../../template/syntax.ts';
import type { Change } from '../writer/changes.ts';
import type { FixContext } from '../fix.ts';
import type { NameGiver } from '../names.ts';
import { defaultInterval, defaultTrafficType, type FlowLogOptions } from '../options.ts';
import { ref, type Fields } from '../writer/values.ts';
import { isPath, resourcePath, type Path, type Refused, type Outline } from '../writer/written-template.ts';
import { resourceUnder, type Delivery } from './delivery.ts';

/** A VPC that gets a flow log. */
export interface Target {
  readonly vpc: Resource;
  /** Instead of that of the VPC, for the case alone in which it has no flow log. */
  readonly condition?: string;
}

interface Place {
  readonly path: Path;
  /** As it is written: in a loop with its variable. */
  readonly logicalId: string;
  readonly condition: string | undefined;
}

/** Flow logs for VPCs that all deliver in one way; those of one loop, and those of none, share what they need. */
export function addFlowLogs(
  targets: readonly Target[],
  delivery: Delivery,
  context: FixContext,
  written: Outline,
  names: NameGiver,
): readonly Change[] | Refused {
  const groups = new Map<string, Place[]>();
  for (const target of targets) {
    const place = placeOf(target, written);
    if ('kind' in place) return place;
    const section = JSON.stringify(place.path.slice(0, -1));
    const known = groups.get(section) ?? [];
    // The instances of a loop are written once.
    if (known.every(({ logicalId }) => logicalId !== place.logicalId)) groups.set(section, [...known, place]);
  }
  const changes: Change[] = [];
  for (const places of groups.values()) {
    const added = addBeside(places, delivery, context, written, names);
    if ('kind' in added) return added;
    changes.push(...added);
  }
  return changes;
}

function placeOf({ vpc, condition }: Target, written: Outline): Place | Refused {
  const path = resourcePath(written, vpc);
  if (!isPath(path)) return path;
  const own = textOf(child(nodeAt(written.root, path), 'Condition'));
  return { path, logicalId: String(path.at(-1)), condition: condition ?? own };
}

function nodeAt(root: SyntaxNode, path: Path): SyntaxNode | undefined {
  let node: SyntaxNode | undefined = root;
  for (const step of path) {
    if (typeof step === 'string') node = child(node, step);
    else node = node?.kind === 'sequence' ? node.items[step] : undefined;
  }
  return node;
}

/** @param places In one mapping; at least one. */
function addBeside(
  places: readonly Place[],
  delivery: Delivery,
  context: FixContext,
  written: Outline,
  names: NameGiver,
): readonly Change[] | Refused {
  const [first] = places;
  if (first === undefined) return [];
  const inLoop = isInLoop(first.path);
  const conditions = new Set(places.map(({ condition }) => condition));
  const arrangement = delivery.arrange({
    context,
    written,
    names,
    condition: conditions.size === 1 ? first.condition : undefined,
    nameOf: (role) => (inLoop ? names.ofResource(first.logicalId, role) : names.resource(role)),
  });
  if ('kind' in arrangement) return arrangement;
  const flowLogs = places.map(({ path, logicalId, condition }, index): Change => {
    const flowLog = resourceUnder(condition, 'AWS::EC2::FlowLog', {
      DependsOn: arrangement.dependsOn,
      Properties: flowLogProperties(logicalId, arrangement.properties, context.options),
    });
    return {
      kind: 'add-resources',
      beside: path,
      resources: {
        [names.ofResource(logicalId, 'FlowLog')]: flowLog,
        ...(index === 0 ? arrangement.resources : {}),
      },
    };
  });
  return [...flowLogs, ...arrangement.changes];
}

function isInLoop(path: Path): boolean {
  return path.some((step) => typeof step === 'string' && step.startsWith('Fn::ForEach::'));
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-flowlog.html */
function flowLogProperties(
  vpc: string,
  { DestinationOptions, ...destination }: Fields,
  { trafficType, maxAggregationInterval, logFormat, tags }: FlowLogOptions,
): Fields {
  const tagList = Object.entries(tags ?? {}).map(([Key, Value]) => ({ Key, Value }));
  return {
    ResourceType: 'VPC',
    ResourceId: ref(vpc),
    TrafficType: trafficType ?? defaultTrafficType,
    ...destination,
    LogFormat: logFormat,
    MaxAggregationInterval: maxAggregationInterval ?? defaultInterval,
    DestinationOptions,
    Tags: tagList.length === 0 ? undefined : tagList,
  };
}
