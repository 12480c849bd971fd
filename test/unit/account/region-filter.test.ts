import { expect, test, vi } from 'vitest';
import { regionsToRead } from '../../../client/src/explorer/region-filter.ts';
import { workspace } from '../fake-vscode.ts';

vi.mock('vscode', () => import('../fake-vscode.ts'));

test.each([
  [undefined, []],
  ['eu-central-1', []],
  [
    ['eu-central-1', 'us-*'],
    ['eu-central-1', 'us-*'],
  ],
  // What a workspace brings must not lead signed calls elsewhere.
  [['evil.example/', 'eu-1.evil.example', 'a@b', 'A', '', 7], []],
])('%j', (set, regions) => {
  workspace.settings['flowLogGuard.regions'] = set;
  expect(regionsToRead()).toEqual(regions);
});
