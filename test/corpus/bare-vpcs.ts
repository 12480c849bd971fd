import type { Finding } from '../../server/src/coverage/model.ts';
import type { FixContext } from '../../server/src/fixes/fix.ts';
import type { Destination, FlowLogOptions } from '../../server/src/fixes/options.ts';
import { readDocuments } from '../../server/src/template/read.ts';
import { readTemplate } from '../../server/src/template/template.ts';
import { checkText } from '../../server/src/workspace/check.ts';

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
  const check = checkText(text);
  const documents = check.kind === 'template' ? readDocuments(text) : [];
  const template = documents.length === 1 && documents[0] ? readTemplate(documents[0]) : undefined;
  if (check.kind !== 'template' || template === undefined) return [];
  return check.findings.map((finding) => [finding, { text, template, options }] as const);
}

/** The findings of VPCs without a flow log, in a text that is one template. */
export function bareVpcs(
  text: string,
  options: FlowLogOptions = everyWay,
): (readonly [Finding, FixContext])[] {
  return findingsOfTemplate(text, options).filter(([{ code }]) => code === 'vpc-no-flow-log');
}
