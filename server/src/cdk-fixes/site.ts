import { t } from '@vscode/l10n';
import type { Site } from './destinations.ts';
import { source as sourceExpression, string, type Expression } from './expression.ts';
import { identifiersOf } from './imports.ts';
import { refused, type Refused, type Subject } from './offer.ts';
import { nodesNamed, textOf } from './source-text.ts';

/**
 * Where the constructs that a flow log needs are put: beside the VPC under names that begin with its id, so that
 * they are as unique as that is; in the VPC where its scope or id should not be evaluated twice.
 *
 * @param isBehind Whether they are put behind the statement that makes the VPC.
 */
export function siteFor(subject: Subject, isBehind: boolean): Site | Refused {
  const { found, source } = subject;
  const { scope, id, holder } = found.call;
  const strings = new Set(
    nodesNamed(source.tree.topNode, 'String').map((node) => textOf(node, source).slice(1, -1)),
  );
  const ownName = isBehind && holder.kind === 'variable' && holder.isConstruct ? holder.name : undefined;
  const variableOf = variableNames(subject);
  if (ownName !== undefined && (found.candidate.isSuper || scope === undefined || id === undefined)) {
    return { scope: sourceExpression(ownName), idOf: (role) => string(role), variableOf };
  }
  if (scope === undefined) {
    return refused(t('The scope of the VPC is made in place; put it into a variable first.'));
  }
  if (id === undefined) {
    return refused(t('The id of the VPC is computed in place; put it into a variable first.'));
  }
  return {
    scope: sourceExpression(scope),
    idOf: (role) => idBehind(id, role, strings),
    variableOf,
  };
}

/** The id of the VPC and something behind it, in its manner: `VpcFlowLogGroup`, `main-vpc-flow-log-group`. */
function idBehind(
  parts: readonly (string | Expression)[],
  role: string,
  taken: ReadonlySet<string>,
): Expression {
  const last = parts.at(-1);
  const suffix = typeof last === 'string' && /^[a-z\d-]*-[a-z\d-]*$/.test(last) ? `-${kebab(role)}` : role;
  if (!parts.every((part) => typeof part === 'string'))
    return { kind: 'format', parts: joined([...parts, suffix]) };
  const wish = parts.join('') + suffix;
  let id = wish;
  for (let count = 2; taken.has(id); count += 1) id = `${wish}${count}`;
  return string(id);
}

function joined(parts: readonly (string | Expression)[]): (string | Expression)[] {
  const result: (string | Expression)[] = [];
  for (const part of parts) {
    const last = result.at(-1);
    if (typeof part === 'string' && typeof last === 'string') result[result.length - 1] = last + part;
    else result.push(part);
  }
  return result;
}

function kebab(role: string): string {
  return role.replaceAll(/(?<!^)[A-Z]/g, '-$&').toLowerCase();
}

/** Gives names that no other variable of the file has, after that of the VPC: `vpcFlowLogGroup`. */
function variableNames({ source, found, dialect }: Subject): (role: string) => string {
  const taken = identifiersOf(source);
  const { holder } = found.call;
  const own = holder.kind === 'variable' ? (holder.name.split('.').at(-1) ?? '') : 'vpc';
  const prefix = own === 'this' || own === 'self' ? '' : own.replace(/^[#_]+/, '');
  return (role) => {
    const wish = lowerFirst(prefix === '' ? role : prefix + role);
    let name = wish;
    for (let count = 2; taken.has(dialect.nameOf(name)); count += 1) name = `${wish}${count}`;
    taken.add(dialect.nameOf(name));
    return name;
  };
}

function lowerFirst(name: string): string {
  return name.slice(0, 1).toLowerCase() + name.slice(1);
}
