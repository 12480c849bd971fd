import type { Configuration } from '../../coverage/flow-log-findings/configuration.ts';
import type { Resource } from '../../template/model.ts';
import { child, entry, textOf, type SyntaxNode } from '../../template/syntax.ts';
import type { Change } from '../writer/changes.ts';
import type { FixContext } from '../fix.ts';
import type { NameGiver } from '../names.ts';
import { defaultInterval, defaultTrafficType, type FlowLogOptions } from '../options.ts';
import { fieldEntries, ref, type Fields } from '../writer/values.ts';
import { isPath, resourcePath, type Path, type Refused, type Outline } from '../writer/written-template.ts';
import { resourceUnder, type Arrangement, type Delivery } from './delivery.ts';

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

/** What is to deliver. */
export interface Senders {
  /** Get new flow logs. */
  readonly targets: readonly Target[];
  /** Flow logs that have neither `LogDestination` nor `LogGroupName`; in no loop. */
  readonly undelivered: readonly Configuration[];
}

/** Has all deliver in one way; those of one loop, and those of none, share what they need. */
export function planDelivery(
  { targets, undelivered }: Senders,
  delivery: Delivery,
  context: FixContext,
  written: Outline,
  names: NameGiver,
): readonly Change[] | Refused {
  const groups = new Map<string, { places: Place[]; undelivered: readonly Configuration[] }>();
  if (undelivered.length > 0) groups.set(JSON.stringify(['Resources']), { places: [], undelivered });
  for (const target of targets) {
    const place = placeOf(target, written);
    if ('kind' in place) return place;
    const section = JSON.stringify(place.path.slice(0, -1));
    const group = groups.get(section) ?? { places: [], undelivered: [] };
    groups.set(section, group);
    // The instances of a loop are written once.
    if (group.places.every(({ logicalId }) => logicalId !== place.logicalId)) group.places.push(place);
  }
  const changes: Change[] = [];
  for (const { places, undelivered: some } of groups.values()) {
    const planned = planTogether(places, some, delivery, context, written, names);
    if ('kind' in planned) return planned;
    changes.push(...planned);
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

/** @param places In one mapping. */
function planTogether(
  places: readonly Place[],
  undelivered: readonly Configuration[],
  delivery: Delivery,
  context: FixContext,
  written: Outline,
  names: NameGiver,
): readonly Change[] | Refused {
  const [first] = places;
  const conditions = new Set([
    ...places.map(({ condition }) => condition),
    ...undelivered.map(({ flowLog }) => flowLog.condition),
  ]);
  const [condition] = conditions.size === 1 ? conditions : [];
  const arrangement = delivery.arrange({
    context: places.length === 0 && undelivered.every(hasRole) ? withRole(context) : context,
    written,
    names,
    condition,
    nameOf: (role) =>
      first !== undefined && isInLoop(first.path)
        ? names.ofResource(first.logicalId, role)
        : names.resource(role),
  });
  if ('kind' in arrangement) return arrangement;
  const flowLogs = places.map((place, index): Change => ({
    kind: 'add-resources',
    beside: place.path,
    resources: {
      [names.ofResource(place.logicalId, 'FlowLog')]: newFlowLog(place, arrangement, context),
      ...(index === 0 ? arrangement.resources : {}),
    },
  }));
  const changes: Change[] = [];
  for (const [index, one] of undelivered.entries()) {
    const at = resourcePath(written, one.flowLog);
    if (!isPath(at)) return at;
    changes.push(...destinationOf(one, at, arrangement));
    const { resources } = arrangement;
    if (first === undefined && index === 0 && Object.keys(resources).length > 0) {
      changes.push({ kind: 'add-resources', beside: at, resources });
    }
  }
  return [...flowLogs, ...changes, ...arrangement.changes];
}

function newFlowLog(
  { logicalId, condition }: Place,
  { dependsOn, properties }: Arrangement,
  { options }: FixContext,
): Fields {
  return resourceUnder(condition, 'AWS::EC2::FlowLog', {
    DependsOn: dependsOn,
    Properties: flowLogProperties(logicalId, properties, options),
  });
}

/** What a flow log that is there needs; the properties that it has stay as they are. */
function destinationOf({ properties }: Configuration, at: Path, arrangement: Arrangement): Change[] {
  const { dependsOn } = arrangement;
  const changes = fieldEntries(arrangement.properties)
    .filter(({ name }) => entry(properties, name) === undefined)
    .map(({ name, value }): Change => ({ kind: 'set', at: [...at, 'Properties', name], value }));
  if (dependsOn === undefined) return changes;
  return [...changes, { kind: 'append', to: [...at, 'DependsOn'], items: [dependsOn] }];
}

export function hasRole({ properties }: Configuration): boolean {
  return entry(properties, 'DeliverLogsPermissionArn') !== undefined;
}

/** The flow log keeps the role that it has, so none is made. */
function withRole(context: FixContext): FixContext {
  const { options } = context;
  const cloudWatchLogs = { ...options.cloudWatchLogs, deliverLogsPermissionArn: '' };
  return { ...context, options: { ...options, cloudWatchLogs } };
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
