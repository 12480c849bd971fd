import path from 'node:path';
import type { Finding } from '../../server/src/coverage/model.ts';
import type { FixContext } from '../../server/src/fixes/fix.ts';
import type { Destination, FlowLogOptions } from '../../server/src/fixes/options.ts';
import { Workspace } from '../../server/src/workspace/workspace.ts';

const file = path.resolve('template');

export const destinations: readonly Destination[] = ['cloud-watch-logs', 's3', 'kinesis-data-firehose'];

/** With these, every way of delivery is offered. */
const everyWay: FlowLogOptions = {
  s3: { bucketArn: 'arn:aws:s3:::central-flow-logs', prefix: 'network' },
  firehose: { deliveryStreamArn: 'arn:aws:firehose:us-east-1:111122223333:deliverystream/flow-logs' },
};

/** The findings of a text that is one template, with what their fixes are made from. */
export function findingsOfTemplate(
  text: string,
  options: FlowLogOptions = everyWay,
): (readonly [Finding, FixContext])[] {
  const workspace = new Workspace();
  workspace.openDocument(file, text);
  const check = workspace.check(file);
  const [template, ...others] = workspace.templatesIn(file);
  if (check.kind !== 'template' || template === undefined || others.length > 0) return [];
  return check.findings.map((finding) => [finding, { text, template, options }] as const);
}

/** The findings of VPCs without a flow log, in a text that is one template. */
export function bareVpcs(
  text: string,
  options: FlowLogOptions = everyWay,
): (readonly [Finding, FixContext])[] {
  return findingsOfTemplate(text, options).filter(([{ code }]) => code === 'vpc-no-flow-log');
}
