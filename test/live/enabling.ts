import type { FlowLogSettings } from '../../client/src/aws/flow-log-settings.ts';
import type { Vpc } from '../../client/src/aws/model.ts';
import type { Account as ServedAccount } from '../aws-server/account.mjs';
import { statesOf, swept, type World } from './aws-world.ts';

export const settings: FlowLogSettings = {
  destination: { kind: 's3', bucketArn: 'arn:aws:s3:::flow-records/vpc/' },
  trafficType: 'REJECT',
  maxAggregationInterval: 60,
  logFormat: '${version} ${vpc-id} ${action}',
  tags: { Owner: "network's team", 'cost center': 'a,b' },
};

export const toCloudWatchLogs: FlowLogSettings = {
  ...settings,
  destination: {
    kind: 'cloud-watch-logs',
    logGroupName: '/vpc/flow-logs',
    roleArn: 'arn:aws:iam::111122223333:role/deliver',
  },
};

export async function vpcsOf({ account }: World): Promise<Vpc[]> {
  return [...statesOf(await swept(account)).values()].flatMap((state) =>
    state.kind === 'ready' ? state.vpcs : [],
  );
}

/** How many flow logs each VPC of the served account has, where it is not one. */
export function notOneEach(served: ServedAccount): Record<string, number> {
  const counts = [...served.regions.values()].flatMap((region) =>
    [...region.vpcs.keys()].map(
      (id) =>
        [id, [...region.flowLogs.values()].filter(({ resourceId }) => resourceId === id).length] as const,
    ),
  );
  return Object.fromEntries(counts.filter(([, count]) => count !== 1));
}
