import type { ConstructTree } from './construct-kind.ts';
import type { StackMetadata } from './construct-metadata.ts';

/** What one synthesis left behind, with all assemblies nested in it. */
export interface CloudAssembly {
  /** Where its manifest is, absolute, as the editor names it. */
  readonly folder: string;
  /** When the manifest was written, in milliseconds since 1970: the end of the synthesis. */
  readonly synthesised: number;
  /** The folder and those of the assemblies nested in it. */
  readonly folders: readonly string[];
  readonly stacks: readonly AssemblyStack[];
  readonly tree: ConstructTree;
  /** What was left out, and why; for the log. */
  readonly problems: readonly string[];
}

export interface AssemblyStack {
  /** As the CDK's own commands name it: with its stage, `Prod/Network`. */
  readonly displayName: string;
  /** The stack's own template and those of the stacks nested in it: absolute, below the workspace. */
  readonly templates: readonly StackTemplate[];
  readonly constructs: StackMetadata['constructs'];
}

export interface StackTemplate {
  readonly file: string;
  /** Path of the stack, or of the nested stack, whose template it is; empty where it is not told. */
  readonly path: string;
}
