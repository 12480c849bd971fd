import path from 'node:path';
import { isBelow } from '../workspace/containment.ts';
import type { AssemblyStack, CloudAssembly, StackTemplate } from './cloud-assembly.ts';
import type { ConfinedFiles } from './confined-files.ts';
import { readConstructTree, type ConstructTree } from './construct-kind.ts';
import { isRecord, membersOf, readStackMetadata, type StackMetadata } from './construct-metadata.ts';

/**
 * What became of reading an assembly.
 * - `absent`: there is no manifest.
 * - `foreign`: there is a `manifest.json`, of something else than an assembly.
 * - `incomplete`: something that the manifest names is not there or cut off, as it is while synthesis writes.
 */
export type AssemblyReading =
  | { readonly kind: 'complete'; readonly assembly: CloudAssembly }
  | { readonly kind: 'incomplete'; readonly why: string }
  | { readonly kind: 'foreign' }
  | { readonly kind: 'absent' };

const mebibyte = 1024 * 1024;
/** A stack of 500 resources, the most that CloudFormation takes, has about half a megabyte of metadata. */
const largestFile = 16 * mebibyte;
/** Of all metadata and trees that are held for one assembly. */
const largestAssembly = 64 * mebibyte;
const mostFolders = 200;
const mostStacks = 2000;
const mostProblems = 20;

/** A lock that its owner did not take away with it is not waited for. */
const oldestLock = 10 * 60_000;

type Json = { readonly kind: 'json'; readonly value: unknown; readonly modified: number };
type JsonReading = Json | { readonly kind: 'absent' | 'cut-off' | 'too-large' };

/** Thrown inside this module only. */
class Incomplete extends Error {}

interface Reading {
  /** Nothing of an assembly is outside of its folder. */
  readonly root: string;
  readonly files: ConfinedFiles;
  /** Real path → the path by which it is reached. */
  readonly folders: Map<string, string>;
  readonly stacks: AssemblyStack[];
  readonly problems: string[];
  tree: ConstructTree;
  bytesLeft: number;
}

/**
 * Reads the assembly in a folder, with those nested in it. Whatever stands in it, nothing is read outside of
 * the workspace, time and memory are bounded, and it does not reject.
 *
 * @param folder Absolute, below the workspace.
 */
export async function readAssembly(folder: string, files: ConfinedFiles): Promise<AssemblyReading> {
  const reading: Reading = {
    root: folder,
    files,
    folders: new Map([[(await files.realPath(folder)) ?? folder, folder]]),
    stacks: [],
    problems: [],
    tree: new Map(),
    bytesLeft: largestAssembly,
  };
  if (await isBeingSynthesised(folder, files)) return { kind: 'incomplete', why: 'synth.lock is there' };
  const manifest = await readJson(path.join(folder, 'manifest.json'), reading);
  if (manifest.kind !== 'json') {
    if (manifest.kind === 'cut-off') return { kind: 'incomplete', why: 'manifest.json ends too early' };
    return { kind: manifest.kind === 'absent' ? 'absent' : 'foreign' };
  }
  if (!isManifest(manifest.value)) return { kind: 'foreign' };
  try {
    await readArtifacts(folder, manifest.value, reading);
  } catch (error) {
    if (error instanceof Incomplete) return { kind: 'incomplete', why: error.message };
    throw error;
  }
  const { folders, stacks, tree, problems } = reading;
  return {
    kind: 'complete',
    assembly: {
      folder,
      synthesised: manifest.modified,
      folders: [...folders.values()],
      stacks,
      tree,
      problems,
    },
  };
}

/** Nested assemblies are read one after the other, so a circle of them is no circle here. */
async function readArtifacts(folder: string, manifest: unknown, reading: Reading): Promise<void> {
  const waiting = [{ folder, manifest }];
  for (;;) {
    const next = waiting.shift();
    if (next === undefined) return;
    const artifacts = isRecord(next.manifest) ? membersOf(next.manifest['artifacts']) : [];
    for (const [id, artifact] of artifacts) {
      if (!isRecord(artifact)) continue;
      const properties = isRecord(artifact['properties']) ? artifact['properties'] : {};
      switch (artifact['type']) {
        case 'aws:cloudformation:stack':
          await readStack({ id, folder: next.folder, artifact, properties }, reading);
          break;
        case 'cdk:tree':
          await readTree(inside(next.folder, properties['file'], reading), reading);
          break;
        case 'cdk:cloud-assembly': {
          const nested = await readNested(inside(next.folder, properties['directoryName'], reading), reading);
          if (nested !== undefined) waiting.push(nested);
          break;
        }
        default:
          break;
      }
    }
  }
}

/** The manifest of a nested assembly, unless that was read already. */
async function readNested(
  folder: string | undefined,
  reading: Reading,
): Promise<{ readonly folder: string; readonly manifest: unknown } | undefined> {
  if (folder === undefined) return undefined;
  if (reading.folders.size >= mostFolders) {
    note(`${path.basename(folder)}: only ${mostFolders} nested assemblies are read`, reading);
    return undefined;
  }
  const real = await reading.files.realPath(folder);
  if (real === undefined) throw new Incomplete(`${path.basename(folder)} is not there`);
  if (reading.folders.has(real)) return undefined;
  reading.folders.set(real, folder);
  const file = path.join(folder, 'manifest.json');
  return { folder, manifest: valueOrIncomplete(await readJson(file, reading), file, reading) };
}

async function readStack(
  {
    id,
    folder,
    artifact,
    properties,
  }: {
    readonly id: string;
    readonly folder: string;
    readonly artifact: Readonly<Record<string, unknown>>;
    readonly properties: Readonly<Record<string, unknown>>;
  },
  reading: Reading,
): Promise<void> {
  const file = inside(folder, properties['templateFile'], reading);
  if (file === undefined || reading.stacks.length >= mostStacks) return;
  const template = await reading.files.locate(file);
  if (template === undefined) throw new Incomplete(`${path.basename(file)} is not there`);
  const { constructs, templates } = await readMetadata(folder, artifact, reading);
  const own = path.relative(folder, template);
  const stackPath = [...templates].find(([, name]) => path.normalize(name) === own)?.[0] ?? '';
  const nested: StackTemplate[] = [];
  for (const [constructPath, name] of templates) {
    const nestedFile = constructPath === stackPath ? undefined : inside(folder, name, reading);
    if (nestedFile === undefined) continue;
    const located = await reading.files.locate(nestedFile);
    if (located === undefined) throw new Incomplete(`${name} is not there`);
    nested.push({ file: located, path: constructPath });
  }
  const { displayName } = artifact;
  reading.stacks.push({
    displayName: typeof displayName === 'string' && displayName !== '' ? displayName : id,
    templates: [{ file: template, path: stackPath }, ...nested],
    constructs,
  });
}

/** The metadata of a stack: in a file of its own, of older versions in the manifest. */
async function readMetadata(
  folder: string,
  artifact: Readonly<Record<string, unknown>>,
  reading: Reading,
): Promise<StackMetadata> {
  const inManifest = readStackMetadata(artifact['metadata']);
  const file = inside(folder, artifact['additionalMetadataFile'], reading);
  if (file === undefined) return inManifest;
  const inFile = readStackMetadata(valueOrIncomplete(await readJson(file, reading), file, reading));
  return {
    constructs: new Map([...inManifest.constructs, ...inFile.constructs]),
    templates: new Map([...inManifest.templates, ...inFile.templates]),
  };
}

async function readTree(file: string | undefined, reading: Reading): Promise<void> {
  if (file === undefined || reading.tree.size > 0) return;
  reading.tree = readConstructTree(valueOrIncomplete(await readJson(file, reading), file, reading));
}

function valueOrIncomplete(json: JsonReading, file: string, reading: Reading): unknown {
  switch (json.kind) {
    case 'json':
      return json.value;
    case 'absent':
      throw new Incomplete(`${path.basename(file)} is not there`);
    case 'cut-off':
      throw new Incomplete(`${path.basename(file)} ends too early`);
    case 'too-large':
      note(`${file}: it is too large to be read`, reading);
      return undefined;
  }
}

async function readJson(file: string, reading: Reading): Promise<JsonReading> {
  const content = await reading.files.readText(file, Math.min(largestFile, reading.bytesLeft));
  if (content.kind !== 'text') return content;
  reading.bytesLeft -= content.text.length;
  try {
    return { kind: 'json', value: JSON.parse(content.text), modified: content.modified };
  } catch {
    return { kind: 'cut-off' };
  }
}

/** The absolute path of what a manifest names; undefined where that is no name, or leads out of the assembly. */
function inside(folder: string, name: unknown, reading: Reading): string | undefined {
  if (typeof name !== 'string' || name === '') return undefined;
  const file = path.join(folder, name);
  if (!path.isAbsolute(name) && isBelow(file, reading.root)) return file;
  note(`${name.slice(0, 200)}: it leads out of the assembly`, reading);
  return undefined;
}

function note(problem: string, { problems }: Reading): void {
  if (problems.length < mostProblems) problems.push(problem);
}

function isManifest(json: unknown): boolean {
  return isRecord(json) && typeof json['version'] === 'string' && isRecord(json['artifacts']);
}

/**
 * The CDK's command line puts `synth.lock` into the folder for as long as an app synthesises into it; see
 * `RWLock` of https://github.com/aws/aws-cdk-cli.
 */
async function isBeingSynthesised(folder: string, files: ConfinedFiles): Promise<boolean> {
  const lock = await files.readText(path.join(folder, 'synth.lock'), 1024);
  return lock.kind === 'text' && Date.now() - lock.modified < oldestLock;
}
