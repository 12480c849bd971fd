import { isAlways } from '../../template/formula.ts';
import { keep } from '../../template/kept.ts';
import { existence } from '../../template/scope.ts';
import { child, type SyntaxNode } from '../../template/syntax.ts';
import type { Resource } from '../../template/model.ts';
import type { Scope, Value } from '../../template/value.ts';
import { hasTransform } from '../completeness.ts';
import { itemsOf, objectsOf, readPolicy, type PolicyDocument, type Statement } from '../policies/document.ts';

/** Who may assume a role. */
export function trustPolicyOf({ properties }: Resource, scope: Scope): PolicyDocument {
  return hasTransform(properties) ? unknownPolicy : readPolicy(child(properties, trustProperty), scope);
}

export const trustProperty = 'AssumeRolePolicyDocument';

const unknownPolicy: PolicyDocument = { statements: [], isComplete: false };

/** More ARNs than the 10,240 characters of a role's own policies can hold; beyond it, they are not read. */
const mostPatterns = 250;

/**
 * What a role of the template may do: by its own policies and by those of the template that are put on it. Many
 * flow logs have one role.
 */
export function permissionsOf(role: Resource, scope: Scope): PolicyDocument {
  return keep(scope, `permissions/${role.logicalId}`, () => readPermissions(role, scope));
}

function readPermissions(role: Resource, scope: Scope): PolicyDocument {
  if (hasTransform(role.properties)) return unknownPolicy;
  const documents = [
    ...inlinePolicies(role, scope),
    ...managedPolicies(role, scope),
    ...attachablePolicies(scope).flatMap((policy) => policiesPutOn(role, policy, scope)),
  ];
  const statements = documents.flatMap((document) => document.statements);
  const patterns = statements.reduce((sum, { resources }) => sum + (resources?.patterns.length ?? 0), 0);
  if (patterns > mostPatterns) return unknownPolicy;
  return { statements, isComplete: documents.every(({ isComplete }) => isComplete) };
}

function inlinePolicies({ properties }: Resource, scope: Scope): PolicyDocument[] {
  const { objects, isComplete } = objectsOf(child(properties, 'Policies'), scope);
  return [
    { statements: [], isComplete },
    ...objects.map(({ node, isCertain }) => readPolicyOf(node, isCertain, scope)),
  ];
}

/** Policies of others, as those of AWS, are not known. */
function managedPolicies({ properties }: Resource, scope: Scope): PolicyDocument[] {
  return itemsOf(child(properties, 'ManagedPolicyArns'), scope).map(({ value, isCertain }) =>
    value.kind === 'resource' && value.resource.type === 'AWS::IAM::ManagedPolicy' && value.scope === scope
      ? readPolicyOf(
          value.resource.properties,
          isCertain && isAlways(existence(value.resource, scope)),
          scope,
        )
      : unknownPolicy,
  );
}

const attachments: ReadonlyMap<string, string> = new Map([
  ['AWS::IAM::Policy', 'Roles'],
  ['AWS::IAM::ManagedPolicy', 'Roles'],
  ['AWS::IAM::RolePolicy', 'RoleName'],
]);

/** The policies of a stack that say themselves on which roles they are. */
function attachablePolicies({ template }: Scope): readonly Resource[] {
  return template.resources.ofType(...attachments.keys());
}

function policiesPutOn(role: Resource, policy: Resource, scope: Scope): PolicyDocument[] {
  const property = attachments.get(policy.type);
  if (property === undefined) return [];
  if (hasTransform(policy.properties)) return [unknownPolicy];
  const attached = itemsOf(child(policy.properties, property), scope).map((item) => ({
    ...item,
    attaches: isNameOf(role, item.value, scope),
  }));
  if (attached.every(({ attaches }) => attaches === 'no')) return [];
  const isCertain = attached.some((item) => item.attaches === 'yes' && item.isCertain);
  return [readPolicyOf(policy.properties, isCertain && isAlways(existence(policy, scope)), scope)];
}

/** Whether a value is the name of that role. */
function isNameOf(role: Resource, value: Value, scope: Scope): 'yes' | 'no' | 'perhaps' {
  if (value.kind === 'resource') return value.resource === role ? 'yes' : 'no';
  if (value.kind !== 'text') return 'perhaps';
  const names = itemsOf(child(role.properties, 'RoleName'), scope);
  if (names.some((name) => name.value.kind !== 'text')) return 'perhaps';
  return names.some((name) => name.value.kind === 'text' && name.value.text === value.text) ? 'yes' : 'no';
}

function readPolicyOf(holder: SyntaxNode | undefined, isCertain: boolean, scope: Scope): PolicyDocument {
  if (hasTransform(holder)) return unknownPolicy;
  const { statements, isComplete } = readPolicy(child(holder, 'PolicyDocument'), scope);
  return {
    isComplete,
    statements: statements.map((statement): Statement => ({
      ...statement,
      isCertain: statement.isCertain && isCertain,
    })),
  };
}
