import { expect, test } from 'vitest';
import { editDistance, nearestName } from '../../server/src/coverage/names.ts';

test.each([
  ['vpc', ['Subnet', 'Vpc'], 'Vpc'],
  ['Vcp', ['Subnet', 'Vpc'], 'Vpc'],
  ['MainVPC', ['MainVpc', 'OtherVpc'], 'MainVpc'],
  ['PublicVpc1', ['PublicVpc', 'PrivateVpc1'], 'PublicVpc'],
  ['Vpcs', ['Vpc', 'Vpcss'], 'Vpc'],
  ['VPC', ['Vpd', 'vpc'], 'vpc'],
  ['A', ['B'], 'B'],
  ['Network', ['Vpc'], undefined],
  ['Vpc', ['NetworkVpc'], undefined],
  ['ab', ['xy'], undefined],
  ['Vpc', [], undefined],
  ['', ['Vpc'], undefined],
])('what %j was meant to be, of %j: %j', (name, candidates, nearest) => {
  expect(nearestName(name, candidates)).toBe(nearest);
});

test.each([
  ['', '', 0],
  ['vpc', 'vpc', 0],
  ['vpc', 'vpcs', 1],
  ['vpc', 'pc', 1],
  ['vpc', 'vxc', 1],
  ['vpc', 'vcp', 1],
  ['rules_to_supress', 'rules_to_suppress', 1],
  ['abcd', 'badc', 2],
  ['kitten', 'sitting', 3],
  ['short', 'a much longer one', 9],
])('from %j to %j it takes %i slips', (from, to, slips) => {
  expect(editDistance(from, to, 9)).toBe(slips);
  expect(editDistance(to, from, 9)).toBe(slips);
});
