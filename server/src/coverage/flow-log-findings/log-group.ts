import { keep } from '../../template/kept.ts';
import type { Resource } from '../../template/model.ts';
import type { Guarded, Scope } from '../../template/value.ts';
import {
  asSegment,
  compose,
  physicalName,
  symbolicText,
  type SymbolicText,
} from '../policies/symbolic-text.ts';
import { surelyMatches } from '../policies/wildcards.ts';
import { valuesOf, type Configuration } from './configuration.ts';

/** A log group that a flow log delivers to. */
export interface LogGroup {
  /** Undefined where it cannot be told. */
  readonly name: SymbolicText | undefined;
  /** Undefined where the template does not make it. */
  readonly resource: Resource | undefined;
}

/** The log groups that `LogGroupName` and `LogDestination` lead to, and when. */
export function logGroupsOf(configuration: Configuration): readonly Guarded<LogGroup>[] {
  return keep(configuration, logGroupsOf, () => findLogGroups(configuration));
}

function findLogGroups(configuration: Configuration): readonly Guarded<LogGroup>[] {
  const texts = [
    ...valuesOf(configuration, 'LogGroupName').map((one) => ({ ...one, read: nameAsWritten })),
    ...valuesOf(configuration, 'LogDestination').map((one) => ({ ...one, read: nameInArn })),
  ];
  return texts.flatMap(({ value, when, read }) => {
    if (value.kind === 'none') return [];
    const text = symbolicText(value);
    const name = text === undefined ? undefined : read(text);
    return [{ value: { name, resource: resourceNamed(name, configuration.scope) }, when }];
  });
}

function nameAsWritten(text: SymbolicText): SymbolicText {
  return asSegment(text);
}

/** `arn:aws:logs:us-east-1:111122223333:log-group:NAME`, with or without `:*`. */
function nameInArn(arn: SymbolicText): SymbolicText | undefined {
  const marker = compose(':log-group:');
  const start = arn.findIndex((_, index) => marker.every((letter, at) => arn[index + at] === letter));
  if (start < 0) return undefined;
  const rest = arn.slice(start + marker.length);
  const end = rest.indexOf(':');
  return asSegment(end < 0 ? rest : rest.slice(0, end));
}

function resourceNamed(name: SymbolicText | undefined, scope: Scope): Resource | undefined {
  if (name === undefined) return undefined;
  return scope.template.resources
    .ofType('AWS::Logs::LogGroup')
    .find((group) => surelyMatches(physicalName(group, scope), name));
}
