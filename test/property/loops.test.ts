import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkText } from '../../server/src/workspace/check.ts';

const items = ['A', 'B', 'C'] as const;
const traffics = ['ALL', 'REJECT', 'ACCEPT'] as const;

/** A template of VPCs and flow logs, some made by loops. */
interface Model {
  /** What the VPCs are made for, and what each group of flow logs is made for. */
  readonly vpcs: Collection;
  readonly flowLogs: readonly FlowLogs[];
  /** Traffic of each item, for flow logs that look it up. */
  readonly traffic: Readonly<Record<string, string>>;
}

/** The list that all share, or one of its own. */
type Collection = 'shared' | readonly string[];

interface FlowLogs {
  readonly over: Collection;
  /** Which VPC: that of the item, or always the same. */
  readonly target: 'item' | (typeof items)[number];
  readonly traffic: 'looked up' | (typeof traffics)[number];
  /** The item for which alone it exists; for each where undefined. */
  readonly onlyFor: string | undefined;
}

const ownList = fc.subarray([...items], { minLength: 1 });
const collection = fc.oneof(fc.constant('shared' as const), ownList);
const model: fc.Arbitrary<Model> = fc.record({
  vpcs: collection,
  flowLogs: fc.array(
    fc.record({
      over: collection,
      target: fc.constantFrom('item' as const, ...items),
      traffic: fc.constantFrom('looked up' as const, ...traffics),
      onlyFor: fc.option(fc.constantFrom(...items), { nil: undefined }),
    }),
    { maxLength: 3 },
  ),
  traffic: fc.record({
    A: fc.constantFrom(...traffics),
    B: fc.constantFrom(...traffics),
    C: fc.constantFrom(...traffics),
  }),
});

type Json = Record<string, unknown>;

/** Written with loops; `shared` is the default of the list that they share. */
function withLoops({ vpcs, flowLogs, traffic }: Model, shared: readonly string[] | undefined): Json {
  const over = (list: Collection): unknown => (list === 'shared' ? { Ref: 'Shared' } : list);
  const loops = flowLogs.map((group, index): [string, unknown] => [
    `Fn::ForEach::FlowLogs${index}`,
    [
      `Item${index}`,
      over(group.over),
      {
        [`FlowLog${index}\${Item${index}}`]: flowLog(group, index, {
          vpc: group.target === 'item' ? `Vpc\${Item${index}}` : `Vpc${group.target}`,
          traffic: { 'Fn::FindInMap': ['Traffic', { Ref: `Item${index}` }, 'Type'] },
          condition: `Is${index}\${Item${index}}`,
        }),
      },
    ],
  ]);
  const conditions = flowLogs.map((group, index): [string, unknown] => [
    `Fn::ForEach::Conditions${index}`,
    [
      'Item',
      over(group.over),
      { [`Is${index}\${Item}`]: { 'Fn::Equals': [{ Ref: 'Item' }, group.onlyFor ?? ''] } },
    ],
  ]);
  return {
    Transform: 'AWS::LanguageExtensions',
    Parameters: {
      Shared: { Type: 'CommaDelimitedList', ...(shared !== undefined && { Default: shared.join(',') }) },
    },
    Mappings: mappings(traffic),
    Conditions: Object.fromEntries(conditions),
    Resources: {
      'Fn::ForEach::Vpcs': ['Item', over(vpcs), { 'Vpc${Item}': { Type: 'AWS::EC2::VPC' } }],
      ...Object.fromEntries(loops),
    },
  };
}

/** The same, written out by hand. */
function withoutLoops({ vpcs, flowLogs, traffic }: Model, shared: readonly string[]): Json {
  const of = (list: Collection): readonly string[] => (list === 'shared' ? shared : list);
  const resources: Json = Object.fromEntries(
    of(vpcs).map((item) => [`Vpc${item}`, { Type: 'AWS::EC2::VPC' }]),
  );
  const conditions: Json = {};
  for (const [index, group] of flowLogs.entries()) {
    for (const item of of(group.over)) {
      conditions[`Is${index}${item}`] = { 'Fn::Equals': [item, group.onlyFor ?? ''] };
      resources[`FlowLog${index}${item}`] = flowLog(group, index, {
        vpc: `Vpc${group.target === 'item' ? item : group.target}`,
        traffic: traffic[item],
        condition: `Is${index}${item}`,
      });
    }
  }
  return { Mappings: mappings(traffic), Conditions: conditions, Resources: resources };
}

function flowLog(
  { traffic, onlyFor }: FlowLogs,
  index: number,
  of: { readonly vpc: string; readonly traffic: unknown; readonly condition: string },
): Json {
  return {
    Type: 'AWS::EC2::FlowLog',
    ...(onlyFor !== undefined && { Condition: of.condition }),
    Properties: {
      ResourceId: { Ref: { 'Fn::Sub': of.vpc } },
      ResourceType: 'VPC',
      TrafficType: traffic === 'looked up' ? of.traffic : traffic,
      LogDestinationType: 's3',
      LogDestination: `arn:aws:s3:::logs-${index}`,
    },
  };
}

function mappings(traffic: Readonly<Record<string, string>>): Json {
  return {
    Traffic: Object.fromEntries(Object.entries(traffic).map(([item, type]) => [item, { Type: type }])),
  };
}

function verdictsOf(template: Json): Record<string, string> {
  const check = checkText(JSON.stringify(template));
  if (check.kind !== 'template') throw new Error(check.kind);
  return Object.fromEntries(check.vpcs.map(({ logicalId, verdict }) => [logicalId, verdict]));
}

test('a loop is what it stands for', () => {
  fc.assert(
    fc.property(model, ownList, (written, shared) => {
      expect(verdictsOf(withLoops(written, shared))).toEqual(verdictsOf(withoutLoops(written, shared)));
    }),
  );
});

/** Without any flow log, or with one that records too little, a VPC is bare. */
function coverageOf(verdict: string | undefined): string | undefined {
  return verdict === 'missing' || verdict === 'wrong-traffic' ? 'bare' : verdict;
}

test('what is said of a list that is not known is so for every list', () => {
  fc.assert(
    fc.property(model, ownList, (written, shared) => {
      const ofShared: Model = { ...written, vpcs: 'shared' };
      const [forAll] = Object.values(verdictsOf(withLoops(ofShared, undefined))).map(coverageOf);
      const forEach = Object.values(verdictsOf(withLoops(ofShared, shared))).map(coverageOf);
      expect(['covered', 'bare', 'conditional', 'unknown']).toContain(forAll);
      const isCertain = forAll === 'covered' || forAll === 'bare';
      expect(isCertain ? new Set(forEach) : new Set([forAll])).toEqual(new Set([forAll]));
    }),
  );
});
