import type { Scope } from '../../template/value.ts';
import { surelyHolds, type RequestContext } from './condition.ts';
import type { Patterns, Principal, Principals, Statement } from './document.ts';
import { compose, withoutPartition, type SymbolicText } from './symbolic-text.ts';
import { mayMatch, surelyMatches } from './wildcards.ts';

/** What somebody wants to do, as a policy sees it. */
export interface Request {
  /** As `s3:PutObject`. */
  readonly action: string;
  /** The ARN; undefined where the policy is the resource's own and names none, as a role's trust policy. */
  readonly resource?: SymbolicText;
  /** The service principal that asks; undefined where the policy is the caller's own and names none. */
  readonly service?: string;
  /** Condition keys of which it is known what the request has. */
  readonly context: RequestContext;
}

/** Whether a statement allows the request, or may do so. Conditions count as met. */
export function mayAllow(statement: Statement, request: Request): boolean {
  const { effect, actions, resources, principals } = statement;
  return (
    effect !== 'Deny' &&
    mayApply(actions, compose(request.action.toLowerCase())) &&
    (request.resource === undefined ||
      resources === undefined ||
      mayApply(resources, withoutPartition(request.resource))) &&
    (request.service === undefined || principals === undefined || mayBe(principals, request.service))
  );
}

/** Whether a statement denies the request for certain, in every deployment and at any time. */
export function surelyDenies(statement: Statement, request: Request, scope: Scope): boolean {
  const { effect, actions, resources, principals, condition, isCertain } = statement;
  return (
    isCertain &&
    effect === 'Deny' &&
    surelyApplies(actions, compose(request.action.toLowerCase())) &&
    (request.resource === undefined ||
      (resources !== undefined && surelyApplies(resources, withoutPartition(request.resource)))) &&
    (request.service === undefined ||
      (principals !== undefined && surelyNames(principals, request.service))) &&
    surelyHolds(condition, request.context, scope)
  );
}

function mayApply({ isNegated, patterns }: Patterns, text: SymbolicText): boolean {
  return isNegated
    ? !patterns.some((one) => one.isCertain && one.text !== undefined && surelyMatches(one.text, text))
    : patterns.some((one) => one.text === undefined || mayMatch(one.text, text));
}

function surelyApplies({ isNegated, patterns }: Patterns, text: SymbolicText): boolean {
  return isNegated
    ? patterns.every((one) => one.text !== undefined && !mayMatch(one.text, text))
    : patterns.some((one) => one.isCertain && one.text !== undefined && surelyMatches(one.text, text));
}

function mayBe({ isNegated, principals }: Principals, service: string): boolean {
  return isNegated
    ? !principals.some((one) => one.isCertain && isForSure(one, service))
    : principals.some((one) => isPerhaps(one, service));
}

function surelyNames({ isNegated, principals }: Principals, service: string): boolean {
  return isNegated
    ? principals.length > 0 && !principals.some((one) => isPerhaps(one, service))
    : principals.some((one) => one.isCertain && isForSure(one, service));
}

const everyone: SymbolicText = ['*'];

function isPerhaps({ type, text }: Principal, service: string): boolean {
  if (type === undefined || text === undefined) return true;
  if (type === 'AWS') return mayMatch(text, everyone);
  // In the partition of China some services have a name of their own.
  return type === 'Service' && (mayMatch(text, compose(service)) || mayMatch(text, compose(service, '.cn')));
}

function isForSure({ type, text }: Principal, service: string): boolean {
  if (text === undefined) return false;
  if (type === 'AWS') return text.length === 1 && text[0] === '*';
  return type === 'Service' && surelyMatches(text, compose(service));
}
