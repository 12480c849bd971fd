import { rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { openFolder } from './application.ts';
import {
  coveredTemplate,
  creationStack,
  manifest,
  metadata,
  newFolder,
  source,
  template,
  tree,
  writeApplication,
} from './written-assembly.ts';

const patience = { quiet: 5, again: 10, most: 60_000 };
const outputs = [
  'cdk.out/Network.template.json',
  'cdk.out/Network.metadata.json',
  'cdk.out/tree.json',
  'cdk.out/manifest.json',
] as const;

/** Waits until the assembly has been looked at some more times, without it becoming whole. */
function aWhile(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 60));
}

for (const name of outputs) {
  test(`${name} cut off in the middle changes nothing until it is whole`, async () => {
    const it = await newFolder();
    await writeApplication(it);
    const { findingsIn, tell, assemblies, changes } = await openFolder(it.folder, patience);
    expect(await findingsIn('app.ts')).toHaveLength(1);
    const before = changes();

    const contents: Record<(typeof outputs)[number], unknown> = {
      'cdk.out/Network.template.json': coveredTemplate,
      'cdk.out/Network.metadata.json': metadata(creationStack(path.join(it.folder, 'app.ts'))),
      'cdk.out/tree.json': tree,
      'cdk.out/manifest.json': manifest,
    };
    const whole = JSON.stringify(contents[name]);
    await it.write('cdk.out/Network.template.json', coveredTemplate);
    await it.write(name, whole.slice(0, whole.length / 2));
    await tell(...outputs);
    expect(assemblies.isWaitedFor(path.join(it.folder, name))).toBe(true);
    await aWhile();
    expect(await findingsIn('app.ts')).toHaveLength(1);
    expect(changes()).toBe(before);

    // No watcher tells of it: the look that is taken from time to time finds it.
    await it.write(name, whole);
    await assemblies.settled(path.join(it.folder, 'cdk.out'));
    expect(await findingsIn('app.ts')).toEqual([]);
    expect(changes()).toBe(before + 1);
  });
}

test('half an assembly says nothing before it was whole for the first time', async () => {
  const it = await newFolder();
  const file = await it.write('app.ts', source);
  await it.write('cdk.out/Network.template.json', template);
  await it.write('cdk.out/manifest.json', manifest);
  const { findingsIn, assemblies } = await openFolder(it.folder, patience);
  expect(await findingsIn('app.ts')).toEqual([]);
  await it.write('cdk.out/tree.json', tree);
  await it.write('cdk.out/Network.metadata.json', metadata(creationStack(file)));
  await assemblies.settled(path.join(it.folder, 'cdk.out'));
  expect(await findingsIn('app.ts')).toHaveLength(1);
});

test('what the CDK holds the lock of is waited for', async () => {
  const it = await newFolder();
  await writeApplication(it);
  const { findingsIn, tell, assemblies } = await openFolder(it.folder, patience);
  expect(await findingsIn('app.ts')).toHaveLength(1);
  const lock = await it.write('cdk.out/synth.lock', '4711');
  await it.write('cdk.out/Network.template.json', coveredTemplate);
  await tell(...outputs);
  await aWhile();
  expect(await findingsIn('app.ts')).toHaveLength(1);
  await rm(lock);
  await assemblies.settled(path.join(it.folder, 'cdk.out'));
  expect(await findingsIn('app.ts')).toEqual([]);
});

test('who asks for the first time while it is being written is answered when it is whole', async () => {
  const it = await newFolder();
  await writeApplication(it);
  const { findingsIn, tell } = await openFolder(it.folder, patience);
  const lock = await it.write('cdk.out/synth.lock', '4711');
  await it.write('cdk.out/Network.template.json', '{ "Resources": {');
  await tell(...outputs);
  const asked = findingsIn('app.ts');
  await it.write('cdk.out/Network.template.json', coveredTemplate);
  await rm(lock);
  expect(await asked).toEqual([]);
});

test('a broken assembly goes on being what it was, and is given up with a word in the log', async () => {
  const it = await newFolder();
  await writeApplication(it);
  const { findingsIn, tell, assemblies, logged } = await openFolder(it.folder, { ...patience, most: 30 });
  await it.write('cdk.out/manifest.json', '{ "version": ');
  await tell('cdk.out/manifest.json');
  await assemblies.settled(path.join(it.folder, 'cdk.out'));
  expect(await findingsIn('app.ts')).toHaveLength(1);
  expect(logged.join('\n')).toMatch(/is not whole, .* manifest\.json ends too early/);

  await writeApplication(it);
  await it.write('cdk.out/Network.template.json', coveredTemplate);
  await tell(...outputs);
  await assemblies.settled(path.join(it.folder, 'cdk.out'));
  expect(await findingsIn('app.ts')).toEqual([]);
});

test('a folder that is moved away and written anew says what it said all along', async () => {
  const it = await newFolder();
  await writeApplication(it);
  const { findingsIn, tell, assemblies, changes } = await openFolder(it.folder, patience);
  const before = changes();
  expect(await findingsIn('app.ts')).toHaveLength(1);
  await rename(path.join(it.folder, 'cdk.out'), path.join(it.folder, 'old'));
  await tell('cdk.out');
  await aWhile();
  expect(await findingsIn('app.ts')).toHaveLength(1);
  expect(changes()).toBe(before);
  await rename(path.join(it.folder, 'old'), path.join(it.folder, 'cdk.out'));
  await tell('cdk.out');
  await tell(...outputs);
  await assemblies.settled(path.join(it.folder, 'cdk.out'));
  expect(await findingsIn('app.ts')).toHaveLength(1);
});

test('an assembly that does not come back takes its findings with it', async () => {
  const it = await newFolder();
  await writeApplication(it);
  const { findingsIn, tell, assemblies, changes } = await openFolder(it.folder, patience);
  const before = changes();
  await rm(path.join(it.folder, 'cdk.out'), { recursive: true });
  await tell('cdk.out');
  await assemblies.settled(path.join(it.folder, 'cdk.out'));
  expect(await findingsIn('app.ts')).toEqual([]);
  expect(changes()).toBe(before + 1);
});

test('an assembly that comes after the workspace was opened is found', async () => {
  const it = await newFolder();
  await it.write('app.ts', source);
  const { findingsIn, tell, assemblies } = await openFolder(it.folder, patience);
  await writeApplication(it);
  await tell(...outputs);
  await assemblies.settled(path.join(it.folder, 'cdk.out'));
  expect(await findingsIn('app.ts')).toHaveLength(1);
});
