import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRegionFilter } from '../../client/src/aws/regions.ts';
import { chunks } from '../../client/src/aws/chunks.ts';
import type { FlowLogSettings } from '../../client/src/aws/flow-log-settings.ts';
import { isBare, type Vpc, type VpcState } from '../../client/src/aws/model.ts';
import { MAX_VPCS_A_CALL, planEnabling } from '../../client/src/aws/plan-enabling.ts';

const failure = {
  kind: 'other',
  operation: undefined,
  code: undefined,
  message: '',
  permission: undefined,
} as const;
const state = fc.constantFrom<VpcState>(
  { kind: 'none' },
  { kind: 'none' },
  { kind: 'accept-only' },
  { kind: 'logged' },
  { kind: 'delivery-failed', error: 'Access error' },
  { kind: 'shared', ownerId: '2' },
  { kind: 'unreadable', failure },
);
const vpc = fc
  .record({ number: fc.nat(900), region: fc.constantFrom('eu-west-1', 'us-east-1'), state })
  .map(({ number, region, state: ofVpc }): Vpc => ({
    id: `vpc-${number}`,
    arn: '',
    region,
    ownerId: '1',
    name: undefined,
    cidrBlocks: [],
    isDefault: false,
    state: ofVpc,
    flowLogs: [],
    logsElsewhere: { subnets: 0, interfaces: 0 },
    origin: undefined,
    tags: {},
  }));
const vpcs = fc.array(vpc, { maxLength: 900, size: 'max' });
const toS3: FlowLogSettings = {
  destination: { kind: 's3', bucketArn: 'arn:aws:s3:::records' },
  trafficType: 'ALL',
  maxAggregationInterval: 600,
  logFormat: undefined,
  tags: {},
};

const keyOf = ({ region, id }: { region: string; id: string }) => `${region} ${id}`;

test('every VPC is in one call or skipped, once; only bare ones are in calls; no call is too big or mixes regions', () => {
  fc.assert(
    fc.property(vpcs, (chosen) => {
      const { batches, skipped } = planEnabling(chosen, toS3);
      const planned = batches.flatMap((batch) => batch.vpcs);
      const all = [...planned, ...skipped.map((one) => one.vpc)].map(keyOf);
      expect(new Set(all)).toEqual(new Set(chosen.map(keyOf)));
      expect(all).toHaveLength(new Set(all).size);
      const latest = new Map(chosen.map((one) => [keyOf(one), one]));
      expect(planned.every((one) => isBare(latest.get(keyOf(one)) ?? { state: { kind: 'logged' } }))).toBe(
        true,
      );
      for (const { region, vpcs: ofBatch } of batches) {
        expect(ofBatch.length).toBeGreaterThan(0);
        expect(ofBatch.length).toBeLessThanOrEqual(MAX_VPCS_A_CALL);
        expect(ofBatch.every((one) => one.region === region)).toBe(true);
      }
    }),
    { numRuns: 40 },
  );
});

test('a delivery stream serves its own region', () => {
  const deliveryStreamArn = 'arn:aws:firehose:us-east-1:123456789012:deliverystream/logs';
  const settings: FlowLogSettings = {
    ...toS3,
    destination: { kind: 'kinesis-data-firehose', deliveryStreamArn },
  };
  fc.assert(
    fc.property(vpcs, (chosen) => {
      const { batches, skipped } = planEnabling(chosen, settings);
      expect(batches.every(({ region }) => region === 'us-east-1')).toBe(true);
      const elsewhere = skipped.filter(({ reason }) => reason === 'destination-elsewhere');
      expect(elsewhere.every(({ vpc: { region } }) => region === 'eu-west-1')).toBe(true);
    }),
    { numRuns: 20 },
  );
});

test('chunks keep all and their order', () => {
  fc.assert(
    fc.property(fc.array(fc.nat()), fc.integer({ min: 1, max: 20 }), (items, size) => {
      expect(chunks(items, size).flat()).toEqual(items);
      expect(chunks(items, size).every(({ length }) => length > 0 && length <= size)).toBe(true);
    }),
  );
});

test('a region filter takes names and patterns, and nothing for a regular expression', () => {
  const passing = (...patterns: string[]) =>
    ['eu-west-1', 'eu-central-1', 'us-east-1', 'us-gov-east-1'].filter(createRegionFilter(patterns).passes);
  expect(passing()).toHaveLength(4);
  expect(passing(' ')).toHaveLength(4);
  expect(passing('eu-*')).toEqual(['eu-west-1', 'eu-central-1']);
  expect(passing('US-EAST-1')).toEqual(['us-east-1']);
  expect(passing('*-east-1', 'eu-west-1')).toEqual(['eu-west-1', 'us-east-1', 'us-gov-east-1']);
  expect(passing('eu.west.1', '.*', '(')).toEqual([]);
  expect(createRegionFilter(['eu-*', 'me-south-1']).names).toEqual(['me-south-1']);
});
