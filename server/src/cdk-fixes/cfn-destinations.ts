import type { FlowLogOptions } from '../fixes/options.ts';
import { bucketStatements, deliveryRole, roleGrants } from './cfn-policies.ts';
import { bucket, folderOf, logGroup, type Delivery, type Site } from './destinations.ts';
import { call, member, string, type Expression, type Fields, type Statement } from './expression.ts';

/** The statements before a `CfnFlowLog`, and its properties that say where it delivers to. */
export interface Arrangement {
  readonly statements: readonly Statement[];
  readonly properties: Fields;
  /** What must be there before the flow log is made. */
  readonly dependsOn?: Expression;
}

/** What a `CfnFlowLog` needs to deliver. */
export function arrange({ kind }: Delivery, options: FlowLogOptions, site: Site): Arrangement {
  const { s3 = {}, firehose = {} } = options;
  const declare = (role: string, value: Expression): [Statement, Expression] => {
    const name = site.variableOf(role);
    return [
      { kind: 'declare', name, value },
      { kind: 'variable', name },
    ];
  };
  switch (kind) {
    case 'log-group':
      return arrangeLogGroup(options, site, declare);
    case 'bucket': {
      const [statement, made] = declare('FlowLogBucket', bucket(site));
      const folder = folderOf(s3.prefix);
      const arn =
        folder === '' ? member(made, 'bucketArn') : call(member(made, 'arnForObjects'), [string(folder)]);
      return {
        statements: [statement, ...bucketStatements(made, options)],
        properties: { logDestinationType: string('s3'), logDestination: arn, ...s3Options(options) },
        // Its policy is a part of it.
        dependsOn: made,
      };
    }
    case 'bucket-arn': {
      const folder = folderOf(s3.prefix);
      const arn = `${s3.bucketArn ?? ''}${folder === '' ? '' : `/${folder}`}`;
      return {
        statements: [],
        properties: { logDestinationType: string('s3'), logDestination: string(arn), ...s3Options(options) },
      };
    }
    case 'stream-arn':
      return {
        statements: [],
        properties: {
          logDestinationType: string('kinesis-data-firehose'),
          logDestination: string(firehose.deliveryStreamArn ?? ''),
        },
      };
  }
}

function arrangeLogGroup(
  options: FlowLogOptions,
  site: Site,
  declare: (role: string, value: Expression) => [Statement, Expression],
): Arrangement {
  const [groupStatement, group] = declare('FlowLogGroup', logGroup(options, site));
  const properties = (roleArn: Expression): Fields => ({
    logDestinationType: string('cloud-watch-logs'),
    logGroupName: member(group, 'logGroupName'),
    deliverLogsPermissionArn: roleArn,
  });
  const known = options.cloudWatchLogs?.deliverLogsPermissionArn;
  if (known !== undefined) return { statements: [groupStatement], properties: properties(string(known)) };
  const [roleStatement, role] = declare('FlowLogRole', deliveryRole(site));
  return {
    statements: [groupStatement, roleStatement, ...roleGrants(role, group)],
    properties: properties(member(role, 'roleArn')),
  };
}

/** All three or none: the schema of CloudFormation requires them together. */
function s3Options({ s3 = {} }: FlowLogOptions): Fields {
  const { fileFormat, hiveCompatiblePartitions, perHourPartition } = s3;
  if (fileFormat === undefined && hiveCompatiblePartitions === undefined && perHourPartition === undefined) {
    return {};
  }
  return {
    destinationOptions: {
      kind: 'map',
      isBroken: true,
      entries: {
        FileFormat: string(fileFormat ?? 'plain-text'),
        HiveCompatiblePartitions: { kind: 'boolean', value: hiveCompatiblePartitions ?? false },
        PerHourPartition: { kind: 'boolean', value: perHourPartition ?? false },
      },
    },
  };
}
