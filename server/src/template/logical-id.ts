import { t } from '@vscode/l10n';
import type { Subject } from './formula.ts';
import { Remembered } from './remembered.ts';
import type { EntryFacts, SyntaxNode } from './syntax.ts';
import type { Resource, Template } from './model.ts';
import type { Scope, Value } from './value.ts';

/** A logical id as it is declared: with the item of a loop in it, it reads like the loop's key, `Vpc${Env}`. */
export function logicalIdIn(value: Value, scope: Scope): string | undefined {
  if (value.kind === 'text') return value.text;
  const pieces = (value.kind === 'concatenation' ? value.parts : [value]).map((part) => {
    if (part.kind === 'text') return part.text;
    return part.kind === 'subject' && isLoopItem(part.subject, scope)
      ? `\${${part.subject.label}}`
      : undefined;
  });
  return pieces.includes(undefined) ? undefined : pieces.join('');
}

/** A parent's parameter of that name is not meant. */
function isLoopItem({ key, label }: Subject, scope: Scope): boolean {
  if (!scope.template.loopItems.has(label)) return false;
  const [own] = scope.parameter(label) ?? [];
  return own?.value.kind === 'subject' && own.value.subject.key === key;
}

/** Beyond so many, what a name may be is as good as anything. */
const mostCandidates = 64;

/** Fragments that the account's registry holds; what is in them cannot be seen from here. */
export function isModule({ type = '' }: Pick<EntryFacts, 'type'>): boolean {
  return type.endsWith('::MODULE');
}

/**
 * What a name is that the template does not declare as it stands: a mistake, unless something makes resources
 * that the text does not show.
 */
export function undeclaredValue(name: string, node: SyntaxNode, scope: Scope): Value {
  const { template } = scope;
  if (template.loopItems.size > 0) {
    const pieces = outerPieces(name, template);
    const instances = piecesOfAll(template).filter((named) => mayBeSame(pieces, named.pieces));
    const why = t('it depends on what a loop goes over');
    if (instances.length > mostCandidates) return { kind: 'unknown', why };
    if (instances.length > 0 || pieces.length > 1) {
      return { kind: 'unknown', why, candidates: instances.map(({ resource }) => ({ resource, scope })) };
    }
  }
  const module = template.resources.where(isModule).find(({ logicalId }) => name.startsWith(logicalId));
  if (module !== undefined) return outside(t('the module {0}', module.logicalId));
  const [macro] = template.macros;
  if (macro !== undefined) return outside(t('the macro {0}', macro.name));
  return isMadeBySam(name, template) ? outside('AWS::Serverless') : { kind: 'undeclared', name, node };

  function outside(maker: string): Value {
    return { kind: 'outside', description: t('{0} of {1}', name, maker) };
  }
}

/**
 * Names that the SAM transform gives to what it adds; no VPC is among it.
 * https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-generated-resources.html
 */
function isMadeBySam(name: string, template: Template): boolean {
  if (!template.transforms.some((transform) => transform.startsWith('AWS::Serverless-'))) return false;
  if (/^Serverless(?:RestApi|HttpApi|DeploymentApplication)|^CodeDeployServiceRole$/.test(name)) return true;
  return template.resources.where(isServerless).some(({ logicalId }) => name.startsWith(logicalId));
}

function isServerless({ type = '' }: EntryFacts): boolean {
  return type.startsWith('AWS::Serverless::');
}

/** Whether two names can be one, of which one at least holds an item that only the deployment knows. */
function mayBeSame(one: OuterPieces, other: OuterPieces): boolean {
  if (one.length === 1 && other.length === 1) return false;
  const startsAlike = one[0].startsWith(other[0]) || other[0].startsWith(one[0]);
  const [oneEnd = '', otherEnd = ''] = [one.at(-1), other.at(-1)];
  return startsAlike && (oneEnd.endsWith(otherEnd) || otherEnd.endsWith(oneEnd));
}

/** What surely stands before the first item of a loop and after the last; a name without items is one piece. */
type OuterPieces = readonly [string, ...string[]];

interface NamedResource {
  readonly resource: Resource;
  readonly pieces: OuterPieces;
}

const knownPieces = new Remembered<readonly NamedResource[]>();

function piecesOfAll(template: Template): readonly NamedResource[] {
  const known =
    knownPieces.get(template) ??
    Array.from(template.resources.values(), (resource) => ({
      resource,
      pieces: outerPieces(resource.logicalId, template),
    }));
  knownPieces.set(template, known);
  return known;
}

function outerPieces(name: string, { loopItems }: Template): OuterPieces {
  if (!name.includes('${')) return [name];
  const items = [...name.matchAll(/\$\{([\w:]+)\}/g)].filter(([, item = '']) => loopItems.has(item));
  const [first] = items;
  const last = items.at(-1);
  return first === undefined || last === undefined
    ? [name]
    : [name.slice(0, first.index), name.slice(last.index + last[0].length)];
}
