import { flowLogNotes, flowLogProperties, type PropertyFacts } from '../aws/flow-log-properties.ts';
import { describeClaim } from '../coverage/messages.ts';
import type { Resource, Template } from '../template/model.ts';
import type { SyntaxNode } from '../template/syntax.ts';
import type { FileAnalysis } from '../workspace/workspace.ts';
import { summarise, summaryText } from './flow-log-summary.ts';
import { code, link, list, paragraph, strong, type Block, type Line } from './prose.ts';

const reference =
  'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-ec2-flowlog.html';

/**
 * What a flow log does, on what, and what cannot be changed about it.
 *
 * @param flowLogs One, or all that one loop makes.
 */
export function describeFlowLog(
  flowLogs: readonly Resource[],
  template: Template,
  analysis: FileAnalysis,
): Block[] {
  const lines = flowLogs.slice(0, mostInstances).flatMap((flowLog): Line[] => {
    const [scope] = analysis.stacksOf(template);
    const summary = scope === undefined ? '' : summaryText(summarise({ resource: flowLog, scope }));
    const claims = analysis.claims.filter((claim) => claim.flowLog === flowLog);
    const deeds = [...new Set(claims.map(describeClaim))];
    return [
      [strong(flowLog.logicalId), ` (flow log): ${summary}`],
      ...deeds.map((deed): Line => [`${deed}.`]),
      ...(flowLog.condition === undefined ? [] : [['It exists when ', code(flowLog.condition), ' holds.']]),
    ];
  });
  return [
    ...lines.map((line) => paragraph(...line)),
    ...list([[flowLogNotes.change], [flowLogNotes.delay], [`Cost: ${flowLogNotes.cost}`]]),
    paragraph(link('AWS::EC2::FlowLog', reference)),
  ];
}

const mostInstances = 3;

/**
 * What a property of a flow log means.
 *
 * @param member The property within it, where it has some.
 * @param value The value that is looked at, where it is that rather than the key.
 */
export function describeProperty(
  name: string,
  member: string | undefined,
  value: SyntaxNode | undefined,
): readonly Block[] | undefined {
  const whole = Object.hasOwn(flowLogProperties, name) ? flowLogProperties[name] : undefined;
  if (whole === undefined) return undefined;
  const inner = member === undefined ? undefined : memberOf(whole, member);
  const facts = inner?.facts ?? whole;
  const given = value?.kind === 'scalar' ? value.text : undefined;
  const chosen = facts.values?.find((one) => one.value === given);
  const { meaning, required, notes = [], cost } = facts;
  return [
    paragraph(strong(inner === undefined ? name : `${name}.${inner.name}`), `: ${meaning}`),
    ...(chosen === undefined ? [] : [paragraph(code(chosen.value), `: ${chosen.meaning}.`)]),
    ...(facts.values === undefined ? [] : [paragraph('Allowed values:')]),
    ...list((facts.values ?? []).map((one): Line => [code(one.value), `: ${one.meaning}`])),
    ...(facts.default === undefined ? [] : [paragraph(`Default: ${facts.default}`)]),
    ...(required === undefined ? [] : [paragraph(`Required: ${required}`)]),
    ...notes.map((note) => paragraph(note)),
    paragraph(
      facts.changeable === true
        ? 'It can be changed later without interruption.'
        : 'It cannot be changed later: CloudFormation makes another flow log and deletes this one.',
    ),
    ...(cost === undefined ? [] : [paragraph(`Cost: ${cost}`)]),
  ];
}

/** The CDK writes the members in camel case, and CloudFormation takes both. */
function memberOf(
  { members = {} }: PropertyFacts,
  written: string,
): { readonly name: string; readonly facts: PropertyFacts } | undefined {
  const found = Object.entries(members).find(([name]) => name.toLowerCase() === written.toLowerCase());
  return found && { name: found[0], facts: found[1] };
}
