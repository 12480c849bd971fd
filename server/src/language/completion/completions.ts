import { flowLogsIn, isFlowLog } from '../../coverage/flow-log.ts';
import { vpcsIn } from '../../coverage/targets.ts';
import type { Template } from '../../template/model.ts';
import type { FileAnalysis, FileCheck } from '../../workspace/file-check.ts';
import type { Completion, OtherOffers } from './completion.ts';
import type { CompletionContext } from './context.ts';
import { flowLogCompletions } from './flow-log.ts';
import { jsonContext } from './json-context.ts';
import { projectFileCompletions } from './project-file.ts';
import { flowLogSnippets } from './resource-snippet.ts';
import { yamlContext } from './yaml-context.ts';

/** What can be completed at an offset of a template. */
export function completionsAt(
  offset: number,
  text: string,
  check: FileCheck & { readonly kind: 'template' },
  { templates }: Pick<FileAnalysis, 'templates'>,
  others: OtherOffers,
): readonly Completion[] {
  const template = templates.findLast(({ root }) => root.span.start <= offset) ?? templates[0];
  // What is half typed as JSON may be read as YAML.
  const isJson = /^\uFEFF?\s*[{[]/.test(text);
  const context = isJson ? jsonContext(text, offset, template) : yamlContext(text, offset);
  if (context === undefined) return [];
  const vpcs = template === undefined ? [] : vpcsIn(template).map(({ logicalId }) => logicalId);
  if (isResourceKey(context)) {
    const bare = check.vpcs.find(({ verdict }) => verdict !== 'covered')?.logicalId;
    return flowLogSnippets(context, { vpc: bare ?? vpcs[0], indent: indentOf(text) });
  }
  if (!context.path.includes('Properties') || !isInFlowLog(context, template)) return [];
  return flowLogCompletions(context, text, offset, { vpcs, others });
}

/** What can be completed at an offset of a project file. */
export function projectFileCompletionsAt(
  offset: number,
  text: string,
  others: OtherOffers,
): readonly Completion[] {
  const context = others.projectFile ? undefined : yamlContext(text, offset);
  return context === undefined ? [] : projectFileCompletions(context);
}

function isResourceKey({ path, key }: CompletionContext): boolean {
  return key === undefined && path.length === 1 && path[0] === 'Resources';
}

/** By its text where that tells; a half-typed template may be read otherwise than it is meant. */
function isInFlowLog({ path, resourceType }: CompletionContext, template: Template | undefined): boolean {
  if (resourceType !== undefined) return isFlowLog({ type: resourceType });
  const logicalId = path[path.lastIndexOf('Properties') - 1];
  return template !== undefined && flowLogsIn(template).some((flowLog) => flowLog.logicalId === logicalId);
}

/** One level of indentation, as the text has it first. */
function indentOf(text: string): string {
  return /^(?<indent>[ \t]+)["\w]/m.exec(text)?.groups?.['indent'] ?? '  ';
}
