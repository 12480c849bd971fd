import type { SyntaxNode } from '@lezer/common';
import type { Field } from './dialect.ts';
import type { Subject } from './offer.ts';
import { nodesNamed, textOf, type SourceText } from './source-text.ts';

/** A flow log that a file puts on a VPC. */
export interface WrittenFlowLog {
  readonly id: string;
  readonly fields: readonly Field[];
}

/** The flow logs that the file puts on the construct: in its props, behind it, and by its name in the same block. */
export function flowLogsOf(subject: Subject): readonly WrittenFlowLog[] {
  return [...inProps(subject), ...behindIt(subject), ...byName(subject)];
}

function inProps({ found, dialect }: Subject): WrittenFlowLog[] {
  const { props } = found.call;
  if (props.kind !== 'literal') return [];
  const value = props.fields.find(({ name }) => name === dialect.nameOf('flowLogs'))?.value;
  if (value?.kind !== 'entries') return [];
  return value.fields.map(({ name, value: options }) => ({
    id: name,
    fields: options.kind === 'entries' ? options.fields : [],
  }));
}

/** `new ec2.Vpc(…).addFlowLog(…)` */
function behindIt({ found, dialect, source }: Subject): WrittenFlowLog[] {
  const method = found.candidate.node.parent;
  const call = method?.parent;
  const adds = `.${dialect.nameOf('addFlowLog')}`;
  if (method?.name !== 'MemberExpression' || !textOf(method, source).endsWith(adds)) return [];
  return call?.name === 'CallExpression' ? [written(call, dialect.readOptions(call, source), source)] : [];
}

function byName({ found, dialect, source }: Subject): WrittenFlowLog[] {
  const { holder } = found.call;
  if (holder.kind !== 'variable') return [];
  const { name, statement } = holder;
  // A member is known in the whole class.
  const within = name.includes('.') ? source.tree.topNode : (statement.parent ?? source.tree.topNode);
  const adds = `${name}.${dialect.nameOf('addFlowLog')}`;
  const mentions = mentionOf(name);
  return nodesNamed(within, 'CallExpression', 'NewExpression').flatMap((node): WrittenFlowLog[] => {
    const callee = node.name === 'NewExpression' ? node.firstChild?.nextSibling : node.firstChild;
    const called = callee && textOf(callee, source);
    const isOnIt =
      called === adds || (/\b(?:Cfn)?FlowLog$/.test(called ?? '') && mentions.test(textOf(node, source)));
    if (!isOnIt) return [];
    return [written(node, dialect.readOptions(node, source), source)];
  });
}

function written(node: SyntaxNode, fields: readonly Field[], source: SourceText): WrittenFlowLog {
  const id = node.getChild('ArgList')?.getChild('String');
  return { id: id ? textOf(id, source).slice(1, -1) : String(node.from), fields };
}

/** What says that something is on the VPC of that name. */
function mentionOf(name: string): RegExp {
  const escaped = name.replaceAll(/[.$]/g, String.raw`\$&`);
  return new RegExp(
    String.raw`\b(?:fromVpc|from_vpc)\(\s*${escaped}\s*\)|(?<![\w.$])${escaped}\.(?:ref|attrVpcId|attr_vpc_id|vpcId|vpc_id)\b`,
  );
}
