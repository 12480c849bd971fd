import { t } from '@vscode/l10n';
import { flowLogProperties, type PropertyFacts } from '../../aws/flow-log-properties.ts';
import { describeProperty } from '../flow-log-hover.ts';
import type { Completion, OtherOffers } from './completion.ts';
import type { CompletionContext } from './context.ts';
import { logFormatCompletions } from './log-format.ts';

/** What can be written inside the properties of a flow log. */
export function flowLogCompletions(
  context: CompletionContext,
  text: string,
  offset: number,
  { vpcs, others }: { readonly vpcs: readonly string[]; readonly others: OtherOffers },
): Completion[] {
  const inside = context.path.slice(context.path.lastIndexOf('Properties') + 1);
  const [property, ...deeper] = context.key === undefined ? inside : [...inside, context.key];
  if (property === 'LogFormat' && context.key !== undefined) {
    return logFormatCompletions(context, text, offset);
  }
  if (property === 'ResourceId') return vpcCompletions(context, deeper, vpcs, others);
  if (others.properties) return [];
  if (property === undefined) return keyCompletions(context, flowLogProperties, undefined);
  const facts = flowLogProperties[property];
  if (facts?.members !== undefined && context.key === undefined && deeper.length === 0) {
    return keyCompletions(context, facts.members, property);
  }
  const [member] = deeper;
  const valued = member === undefined ? facts : facts?.members?.[member];
  return context.key === undefined || valued?.values === undefined
    ? []
    : valueCompletions(context, valued, property, member);
}

function keyCompletions(
  context: CompletionContext,
  properties: Readonly<Record<string, PropertyFacts>>,
  parent: string | undefined,
): Completion[] {
  return Object.entries(properties)
    .filter(([name]) => !context.siblings.has(name))
    .map(([name, facts]): Completion => {
      const written = context.format === 'json' ? `"${name}"` : name;
      const hasMembers = facts.members !== undefined || name === 'Tags';
      const colon = context.hasColon ? '' : hasMembers && context.format === 'yaml' ? ':' : ': ';
      const documentation = describeProperty(parent ?? name, parent && name, undefined);
      return {
        label: name,
        kind: 'property',
        ...(facts.required === 'always' && { detail: t('required') }),
        ...(documentation !== undefined && { documentation }),
        span: context.span,
        newText: `${written}${colon}`,
        filterText: written,
      };
    });
}

function valueCompletions(
  context: CompletionContext,
  { values = [], default: otherwise }: PropertyFacts,
  property: string,
  member: string | undefined,
): Completion[] {
  // A function is being typed, whose arguments are none of these.
  if (context.before.startsWith('!')) return [];
  return values.map((one): Completion => {
    const { value } = one;
    const isText = !/^(?:\d+|true|false)$/.test(value);
    const written = context.format === 'json' && isText ? `"${value}"` : value;
    const documentation = describeProperty(property, member, undefined);
    return {
      label: value,
      kind: 'value',
      detail: value === otherwise ? t('{0} (default)', t(one.meaning)) : t(one.meaning),
      ...(documentation !== undefined && { documentation }),
      span: context.span,
      newText: written,
      filterText: written,
    };
  });
}

/** @param deeper The keys between `ResourceId` and the cursor. */
function vpcCompletions(
  context: CompletionContext,
  deeper: readonly string[],
  vpcs: readonly string[],
  { references }: OtherOffers,
): Completion[] {
  const { format, before, span, key } = context;
  if (key === undefined) return [];
  const reference = (newText: string, vpc: string): Completion => ({
    label: newText.startsWith('"') ? vpc : newText,
    kind: 'reference',
    detail: t('VPC {0} of this template', vpc),
    span,
    newText,
    filterText: newText,
  });
  const call = deeper.at(-1);
  if (call !== undefined) {
    const quote = format === 'json' ? '"' : '';
    return call === 'Ref' && !references ? vpcs.map((vpc) => reference(`${quote}${vpc}${quote}`, vpc)) : [];
  }
  if (format === 'json') {
    return vpcs.map((vpc) => ({
      ...reference(`{ "Ref": "${vpc}" }`, vpc),
      label: `Ref ${vpc}`,
      filterText: `"${vpc}"`,
    }));
  }
  const tag = /^!(\w+)\s/.exec(before)?.[1];
  if (tag === 'GetAtt') return references ? [] : vpcs.map((vpc) => reference(`!GetAtt ${vpc}.VpcId`, vpc));
  if (tag === undefined || (tag === 'Ref' && !references)) {
    return vpcs.map((vpc) => reference(`!Ref ${vpc}`, vpc));
  }
  return [];
}
