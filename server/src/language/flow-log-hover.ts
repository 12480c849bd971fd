import { t } from '@vscode/l10n';
import { flowLogNotes, flowLogProperties, type PropertyFacts } from '../aws/flow-log-properties.ts';
import { describeClaim } from '../coverage/messages.ts';
import type { Resource, Template } from '../template/model.ts';
import type { SyntaxNode } from '../template/syntax.ts';
import type { FileAnalysis } from '../workspace/file-check.ts';
import { summarise, summaryText } from './flow-log-summary.ts';
import { code, filled, link, list, paragraph, strong, type Block, type Line } from './prose.ts';

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
      filled(t('{0} (flow log): {1}'), strong(flowLog.logicalId), summary),
      ...deeds.map((deed): Line => [t('{0}.', deed)]),
      ...(flowLog.condition === undefined
        ? []
        : [filled(t('It exists when {0} holds.'), code(flowLog.condition))]),
    ];
  });
  return [
    ...lines.map((line) => paragraph(...line)),
    ...list([[t(flowLogNotes.change)], [t(flowLogNotes.delay)], [t('Cost: {0}', t(flowLogNotes.cost))]]),
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
  const { notes = [] } = facts;
  return [
    paragraph(strong(inner === undefined ? name : `${name}.${inner.name}`), `: ${t(facts.meaning)}`),
    ...(chosen === undefined ? [] : [paragraph(code(chosen.value), `: ${t('{0}.', t(chosen.meaning))}`)]),
    ...(facts.values === undefined ? [] : [paragraph(t('Allowed values:'))]),
    ...list((facts.values ?? []).map((one): Line => [code(one.value), `: ${t(one.meaning)}`])),
    ...(facts.default === undefined ? [] : [paragraph(t('Default: {0}', t(facts.default)))]),
    ...(facts.required === undefined ? [] : [paragraph(t('Required: {0}', t(facts.required)))]),
    ...notes.map((note) => paragraph(t(note.text))),
    paragraph(
      facts.changeable === true
        ? t('It can be changed later without interruption.')
        : t('It cannot be changed later: CloudFormation makes another flow log and deletes this one.'),
    ),
    ...(facts.cost === undefined ? [] : [paragraph(t('Cost: {0}', t(facts.cost)))]),
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
