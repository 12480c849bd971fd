import type { Configuration } from '../coverage/flow-log-findings/configuration.ts';
import { logGroupsOf } from '../coverage/flow-log-findings/log-group.ts';
import { intrinsicCall } from '../template/intrinsics.ts';
import { child, textOf } from '../template/syntax.ts';
import { getAtt, sub, type Value } from './writer/values.ts';

/** The log group that a flow log delivers to. */
export interface NamedGroup {
  /** For a title. */
  readonly label: string;
  /** With the `:*` that stands for the log streams. */
  readonly arn: Value;
}

/** Undefined where it cannot be told, or is not the same in all deployments. */
export function logGroupOf(configuration: Configuration): NamedGroup | undefined {
  const [found, ...others] = logGroupsOf(configuration);
  if (found === undefined || others.length > 0) return undefined;
  const { resource } = found.value;
  if (resource !== undefined) {
    return resource.loop === undefined
      ? { label: resource.logicalId, arn: getAtt(resource.logicalId, 'Arn') }
      : undefined;
  }
  const { properties } = configuration;
  const arn = textOf(child(properties, 'LogDestination'));
  if (arn !== undefined) {
    const [, name] = /^arn:[^:]+:logs:[^:]+:\d+:log-group:([^:*]+)(?::\*)?$/.exec(arn) ?? [];
    return name === undefined ? undefined : { label: name, arn: `${arn.replace(/:\*$/, '')}:*` };
  }
  return namedGroup(configuration);
}

/** The ARN of a log group beside the stack. */
function inRegion(name: string): Value {
  return sub(`arn:\${AWS::Partition}:logs:\${AWS::Region}:\${AWS::AccountId}:log-group:${name}:*`);
}

function namedGroup({ properties, scope }: Configuration): NamedGroup | undefined {
  const node = child(properties, 'LogGroupName');
  const name = textOf(node);
  if (name !== undefined) {
    return /^[\w./#-]+$/.test(name) ? { label: name, arn: inRegion(name) } : undefined;
  }
  const call = intrinsicCall(node);
  const parameter = call?.name === 'Ref' ? textOf(call.argument) : undefined;
  return parameter !== undefined && scope.template.parameters.has(parameter)
    ? { label: parameter, arn: inRegion(`\${${parameter}}`) }
    : undefined;
}
