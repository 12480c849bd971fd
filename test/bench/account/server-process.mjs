/** The server of the benchmark, in a process of its own: its work must not stand in the way of what is measured. */
import { addFlowLog, addVpc, createAccount } from '../../aws-server/account.mjs';
import { startAwsServer } from '../../aws-server/server.mjs';

const [regionCount = 0, vpcCount = 0, latency = 0] = process.argv.slice(2).map(Number);

const regions = Array.from({ length: regionCount }, (_, index) => `eu-bench-${index + 1}`);
const account = createAccount(regions);
for (let index = 0; index < vpcCount; index += 1) {
  const region = regions[index % regions.length] ?? '';
  const id = `vpc-${index.toString(16).padStart(17, '0')}`;
  const tags = { Name: `network-${index}`, Environment: 'production', Owner: 'platform' };
  addVpc(account, region, { id, cidr: `10.${index % 256}.0.0/16`, tags });
  if (index % 2 === 0) addFlowLog(account, region, { resourceId: id, tags });
}
/** Answers are made once: what the server needs for them is not what is measured.
 * @type {Map<string, import('../../aws-server/answers.mjs').Answer>}
 */
const made = new Map();
const { url } = await startAwsServer(account, {
  latency,
  fault({ region, operation, parameters }, perform) {
    const key = `${region} ${operation} ${parameters.get('NextToken') ?? ''}`;
    const answer = made.get(key) ?? perform();
    made.set(key, answer);
    return answer;
  },
});
process.send?.(url);
