import path from 'node:path';
import { isAtOrBelow } from '../workspace/containment.ts';
import type { CloudAssembly } from './cloud-assembly.ts';
import type { ConfinedFiles } from './confined-files.ts';

/**
 * Where the application of an assembly is synthesised: the nearest folder above the assembly that has a
 * `cdk.json`, else the one that the assembly is in.
 */
export async function applicationFolder(
  { folder }: Pick<CloudAssembly, 'folder'>,
  files: ConfinedFiles,
): Promise<string> {
  const nearest = path.dirname(folder);
  const root = files.folderOf(nearest);
  if (root === undefined) return nearest;
  for (let above = nearest; isAtOrBelow(above, root); above = path.dirname(above)) {
    if ((await files.locate(path.join(above, 'cdk.json'))) !== undefined) return above;
    if (path.dirname(above) === above) break;
  }
  return nearest;
}
