import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { AssemblyStates, type Patience } from '../../server/src/cdk/assembly-states.ts';
import { SourceFindings, type SourceFinding } from '../../server/src/cdk/source-findings.ts';
import { SourceLinks } from '../../server/src/cdk/source-links.ts';
import { localDisk } from '../../server/src/workspace/local-disk.ts';
import { FolderIndex } from '../../server/src/workspace/folder-index.ts';
import { Workspace } from '../../server/src/workspace/workspace.ts';

/** A workspace folder as the server knows it, with the assemblies in it. */
export interface OpenedFolder {
  readonly workspace: Workspace;
  readonly assemblies: AssemblyStates;
  readonly links: SourceLinks;
  /** What was written to the log. */
  readonly logged: readonly string[];
  /** How often an assembly has changed. */
  readonly changes: () => number;
  /** Findings in a file, by its path from the folder; with another text than the disk's where one is given. */
  readonly findingsIn: (file: string, text?: string) => Promise<readonly SourceFinding[]>;
  /** Takes what a watcher would tell of files, by their paths from the folder. */
  readonly tell: (...files: string[]) => Promise<void>;
}

export async function openFolder(folder: string, patience?: Patience): Promise<OpenedFolder> {
  const workspace = new Workspace();
  const index = new FolderIndex(workspace, localDisk);
  const logged: string[] = [];
  let changes = 0;
  const assemblies = new AssemblyStates(
    {
      textOf: (file) => workspace.textOf(file),
      reread: async (files) => void (await index.filesChanged(files)),
      log: (message) => logged.push(message),
    },
    patience,
  );
  assemblies.onChange(() => (changes += 1));
  await index.setFolders([folder]);
  await assemblies.setFolders([folder], index.filesNamed('manifest.json'));
  const findings = new SourceFindings(assemblies, workspace);
  return {
    workspace,
    assemblies,
    links: new SourceLinks(assemblies, workspace, findings, () => undefined),
    logged,
    changes: () => changes,
    findingsIn: async (name, text) => {
      const file = path.join(folder, name);
      return findings.findingsIn(file, text ?? (await readFile(file, 'utf8')));
    },
    tell: async (...names) => {
      const files = names.map((name) => path.join(folder, name));
      assemblies.filesChanged(files);
      await index.filesChanged(files);
    },
  };
}

/** What stands at a finding, and where: the line and column from 1, as an editor shows them. */
export function placeOf({ expression }: SourceFinding, text: string): string {
  const { start, end } = expression.span;
  const before = text.slice(0, start).split('\n');
  return `${before.length}:${before.at(-1)!.length + 1} ${text.slice(start, end)}`;
}
