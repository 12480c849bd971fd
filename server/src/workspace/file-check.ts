import type { Claim } from '../coverage/flow-log.ts';
import type { Assessment } from '../coverage/model.ts';
import type { Standard } from '../coverage/policy.ts';
import type { ParseProblem } from '../template/document.ts';
import type { Template } from '../template/model.ts';
import type { StackScope } from '../template/scope.ts';
import type { SettingsProblem } from './settings-reader.ts';

/**
 * What became of one file.
 * - `not-a-template`: no CloudFormation, nothing to say.
 * - `unreadable`: it was meant as a template, but cannot be read or is too large; `message` says why.
 * - `ignored`: a project file, `by`, says that it is not to be checked.
 * - `project-file`: it is no template, but says how others are checked; each of its `problems` is an error.
 * - `template`: assessed; `problems` holds what the reader could not make sense of (data, not exceptions).
 */
export type FileCheck =
  | { readonly kind: 'not-a-template' }
  | { readonly kind: 'unreadable'; readonly message: string }
  | { readonly kind: 'ignored'; readonly by: string }
  | { readonly kind: 'project-file'; readonly problems: readonly SettingsProblem[] }
  | ({ readonly kind: 'template'; readonly problems: readonly ParseProblem[] } & Assessment);

/** What is known of the templates of a file beyond their check, for those who explain it. */
export interface FileAnalysis {
  readonly file: string;
  /** In the order of the text. */
  readonly templates: readonly Template[];
  readonly standard: Standard;
  /** What the flow logs do that can be on a VPC of the file, whatever file they are in. */
  readonly claims: readonly Claim[];
  /** The stacks that deploy one of the templates. */
  readonly stacksOf: (template: Template) => readonly StackScope[];
}
