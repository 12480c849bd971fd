import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { fileUri, ownExtension, show, until } from './workspace.ts';

describe('activation', () => {
  it('does not start for a file that can be no template', async () => {
    await show(fileUri('notes.txt'));
    assert.equal(ownExtension().isActive, false);
  });

  it('starts when a YAML file is opened', async () => {
    await show(fileUri('kubernetes.yaml'));
    await until('the extension is active', () => ownExtension().isActive);
  });
});
