import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** Labelled templates that are no part of the project; tests that need them skip where they are absent. */
const corpus = path.resolve(import.meta.dirname, '../../../shared/corpus');

export const isCorpusThere = existsSync(path.join(corpus, 'real/manifest.json'));

export const skipNote = isCorpusThere
  ? ''
  : ` (skipped: there is no ${path.relative(process.cwd(), corpus)})`;

export type CorpusFolder = 'real' | 'negatives' | 'peer-fixtures';

/** Where the templates of that kind are, absolute. */
export function corpusFolder(folder: CorpusFolder): string {
  return path.join(corpus, folder);
}

export type Label = 'covered' | 'missing' | 'covered-conditionally' | 'accept-only' | 'undecidable';

export interface LabelledFile {
  readonly file: string;
  readonly vpcs: readonly {
    readonly id: string;
    readonly line: number;
    readonly label: Label;
  }[];
  /** `either`: not one plain template, so that nothing is asked but that it is read without a crash. */
  readonly file_expect: 'either' | null;
}

export interface NegativeFile {
  readonly file: string;
  readonly class: string;
}

export interface PeerFixture {
  readonly tool: string;
  readonly file: string;
  readonly vpcs: Readonly<Record<string, { readonly ec26: 'pass' | 'fail' }>>;
}

/** Templates that declare a VPC or a flow log, with the verdicts that other eyes came to. */
export function labelledFiles(): readonly LabelledFile[] {
  return (manifestOf('real') as { readonly files: readonly LabelledFile[] }).files;
}

/** Files that are no template of a VPC. */
export function negativeFiles(): readonly NegativeFile[] {
  return (manifestOf('negatives') as { readonly files: readonly NegativeFile[] }).files;
}

/** Test templates of other scanners, with their verdicts under EC2.6. */
export function peerFixtures(): readonly PeerFixture[] {
  return (manifestOf('peer-fixtures') as { readonly fixtures: readonly PeerFixture[] }).fixtures;
}

export function textOfFile(folder: CorpusFolder, file: string): string {
  return readFileSync(path.join(corpus, folder, file), 'utf8');
}

function manifestOf(folder: string): unknown {
  return JSON.parse(readFileSync(path.join(corpus, folder, 'manifest.json'), 'utf8'));
}
