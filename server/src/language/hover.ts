import { t } from '@vscode/l10n';
import { flowLogsIn } from '../coverage/flow-log.ts';
import type { Span } from '../template/syntax.ts';
import type { FileAnalysis, FileCheck } from '../workspace/file-check.ts';
import { describeFlowLog, describeProperty } from './flow-log-hover.ts';
import { fieldAt } from './log-format.ts';
import { contains, placeAt, resourceEntryAt, type Place } from './place.ts';
import { paragraph, strong, type Block } from './prose.ts';
import { describeVpcs } from './vpc-hover.ts';

/** What is said of a place, and what of the text it is about. */
export interface Explanation {
  readonly span: Span;
  readonly blocks: readonly Block[];
}

/**
 * Explains what stands at an offset: a VPC, a flow log, one of its properties, a field of its log format.
 *
 * @param text The text of the file, into which spans point.
 */
export function explain(
  offset: number,
  text: string,
  check: FileCheck & { readonly kind: 'template' },
  analysis: FileAnalysis,
): Explanation | undefined {
  // The instances of a loop share one key.
  const vpcs = check.vpcs.filter(({ span }) => contains(span, offset));
  const [first] = vpcs;
  if (first !== undefined) return { span: first.span, blocks: describeVpcs(vpcs, analysis) };

  const template = analysis.templates.findLast(({ root }) => root.span.start <= offset);
  if (template === undefined) return undefined;
  const place = placeAt(template.root, offset);
  const resource = resourceEntryAt(place);
  if (resource === undefined) return undefined;
  const flowLogs = flowLogsIn(template).filter(({ span }) => span.start === resource.keySpan.start);
  if (flowLogs.length === 0) return undefined;
  if (contains(resource.keySpan, offset)) {
    return { span: resource.keySpan, blocks: describeFlowLog(flowLogs, template, analysis) };
  }
  return explainInside(place, offset, text);
}

function explainInside(place: Place, offset: number, text: string): Explanation | undefined {
  const { entries, isKey, nodes } = place;
  const properties = entries.findIndex(({ name }) => name === 'Properties');
  if (properties < 0) return undefined;
  // Between the properties and a property there may be the branches of an Fn::If, which are no mappings of names.
  const path = entries.slice(properties + 1).filter(({ name }) => name !== 'Fn::If');
  const [property, member] = path;
  if (property === undefined) return undefined;
  const node = nodes.at(-1);
  if (property.name === 'LogFormat' && !isKey && node?.kind === 'scalar') {
    const field = fieldAt(node, offset, text);
    if (field !== undefined) {
      const { name, facts, span } = field;
      const version =
        facts === undefined ? [] : [paragraph(t('Since version {0} of the format.', facts.version))];
      const meaning = facts === undefined ? t('a field that this release does not know') : t(facts.meaning);
      return { span, blocks: [paragraph(strong(name), ': ', t('{0}.', meaning)), ...version] };
    }
  }
  const innermost = property.name === 'DestinationOptions' ? (member ?? property) : property;
  const blocks = describeProperty(property.name, member?.name, isKey ? undefined : node);
  if (blocks === undefined) return undefined;
  const span =
    isKey && path.at(-1) === innermost ? innermost.keySpan : node?.kind === 'scalar' ? node.span : undefined;
  return span === undefined ? undefined : { span, blocks };
}
