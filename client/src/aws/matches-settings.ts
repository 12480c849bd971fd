import type { FlowLogSettings } from './flow-log-settings.ts';
import type { FlowLog } from './model.ts';

/** True when a flow log is as these settings would have made it. */
export function matchesSettings(flowLog: FlowLog, settings: FlowLogSettings): boolean {
  const { destination, trafficType, maxAggregationInterval, logFormat, tags } = settings;
  return (
    flowLog.destination === destination.kind &&
    normalized(flowLog.destinationName) === normalized(nameOf(settings)) &&
    flowLog.trafficType === trafficType &&
    (flowLog.maxAggregationInterval ?? 600) === maxAggregationInterval &&
    (logFormat === undefined || flowLog.logFormat === logFormat) &&
    Object.entries(tags).every(([key, value]) => flowLog.tags[key] === value)
  );
}

function nameOf({ destination }: FlowLogSettings): string {
  switch (destination.kind) {
    case 'cloud-watch-logs':
      return destination.logGroupName;
    case 's3':
      return destination.bucketArn;
    case 'kinesis-data-firehose':
      return destination.deliveryStreamArn;
  }
}

/** AWS may or may not keep the slash at the end of a prefix. */
function normalized(name: string | undefined): string | undefined {
  return name?.replace(/\/$/, '');
}
