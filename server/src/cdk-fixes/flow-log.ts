import { defaultInterval, defaultTrafficType, type FlowLogOptions } from '../fixes/options.ts';
import { arrange } from './cfn-destinations.ts';
import { destination, type Delivery, type Site } from './destinations.ts';
import {
  call,
  construct,
  member,
  named,
  source,
  string,
  type Expression,
  type Fields,
  type Statement,
} from './expression.ts';

/** https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_ec2.FlowLogOptions.html */
export function flowLogFields(delivery: Delivery, options: FlowLogOptions, site: Site): Fields {
  const { trafficType = defaultTrafficType, maxAggregationInterval = defaultInterval, logFormat } = options;
  const interval = maxAggregationInterval === 60 ? 'ONE_MINUTE' : 'TEN_MINUTES';
  return {
    destination: destination(delivery, options, site),
    trafficType: named('aws_ec2', 'FlowLogTrafficType', trafficType),
    logFormat:
      logFormat === undefined
        ? undefined
        : { kind: 'list', items: [call(named('aws_ec2', 'LogFormat', 'custom'), [string(logFormat)])] },
    maxAggregationInterval: named('aws_ec2', 'FlowLogMaxAggregationInterval', interval),
  };
}

/** A flow log as an entry of `flowLogs`. */
export function flowLogOptions(fields: Fields): Expression {
  return { kind: 'struct', type: named('aws_ec2', 'FlowLogOptions'), fields, isBroken: true };
}

/** `vpc.addFlowLog(id, …)` */
export function addFlowLog(vpc: Expression, id: string, fields: Fields): Expression {
  return { ...call(member(vpc, 'addFlowLog'), [string(id)], fields), isBroken: true };
}

/**
 * A `CfnFlowLog` of a `CfnVPC`, with what it needs.
 * https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.aws_ec2.CfnFlowLog.html
 *
 * @param vpc The name of the variable that holds it.
 */
export function cfnFlowLog(
  vpc: string,
  delivery: Delivery,
  options: FlowLogOptions,
  site: Site,
): readonly Statement[] {
  const { trafficType = defaultTrafficType, maxAggregationInterval = defaultInterval, logFormat } = options;
  const { statements, properties, dependsOn } = arrange(delivery, options, site);
  const { destinationOptions, ...destinations } = properties;
  const tags = Object.entries(options.tags ?? {}).map(([key, value]): Expression => {
    const fields = { key: string(key), value: string(value) };
    return { kind: 'struct', type: named('core', 'CfnTag'), fields };
  });
  const flowLog = construct(named('aws_ec2', 'CfnFlowLog'), [site.scope, site.idOf('FlowLog')], {
    resourceType: string('VPC'),
    resourceId: member(source(vpc), 'ref'),
    trafficType: string(trafficType),
    ...destinations,
    logFormat: logFormat === undefined ? undefined : string(logFormat),
    maxAggregationInterval: { kind: 'number', value: maxAggregationInterval },
    destinationOptions,
    tags: tags.length === 0 ? undefined : { kind: 'list', items: tags },
  });
  const value: Expression = { ...flowLog, isBroken: true };
  if (dependsOn === undefined) return [...statements, { kind: 'do', value }];
  const name = site.variableOf('FlowLog');
  const node = member({ kind: 'variable', name }, 'node');
  return [
    ...statements,
    { kind: 'declare', name, value },
    { kind: 'do', value: call(member(node, 'addDependency'), [dependsOn]) },
  ];
}
