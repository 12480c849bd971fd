import path from 'node:path';
import type { Span } from '../template/syntax.ts';
import type { Workspace } from './workspace.ts';

/** Where a template declares a resource. */
export interface ResourcePlace {
  readonly file: string;
  /** The logical id. */
  readonly span: Span;
  /** The file is named like the stack. */
  readonly isOfStack: boolean;
}

/**
 * Finds the templates that declare a resource which a stack in the account has. Those named like the stack come first:
 * the CDK calls them `STACK.template.json`, people `STACK.yaml` or `stacks/STACK/template.yaml`. Then those that people
 * write, then those that the CDK made.
 */
export function findResource(
  workspace: Pick<Workspace, 'filesWith' | 'templatesIn'>,
  wanted: { readonly logicalId: string; readonly type: string; readonly stackName: string },
): ResourcePlace[] {
  const places = workspace.filesWith(wanted.logicalId).flatMap((file) =>
    workspace.templatesIn(file).flatMap(({ resources }): ResourcePlace[] => {
      const resource = resources.get(wanted.logicalId);
      if (resource?.type !== wanted.type) return [];
      return [{ file, span: resource.span, isOfStack: isNamedLike(file, wanted.stackName) }];
    }),
  );
  return places.toSorted((a, b) => rank(a) - rank(b) || (a.file < b.file ? -1 : 1));
}

function rank({ file, isOfStack }: ResourcePlace): number {
  if (isOfStack) return 0;
  return file.split(path.sep).includes('cdk.out') ? 2 : 1;
}

function isNamedLike(file: string, stackName: string): boolean {
  const base = path.basename(file).replace(/(?:\.(?:template|cfn|json|ya?ml))+$/i, '');
  const names = [base, path.basename(path.dirname(file))].map((name) => name.toLowerCase());
  return names.includes(stackName.toLowerCase());
}
