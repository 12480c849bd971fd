/** Calls in, the text of AWS's answers out; each service in its own protocol. */
import { ec2Operations } from './ec2.mjs';
import { iamOperations, jsonOperations, listBuckets, stsOperations } from './other-services.mjs';
import { ServiceError } from './service-error.mjs';
import { toXml } from './xml.mjs';

/**
 * @typedef {import('./account.mjs').Account} Account
 * @typedef {import('./call.mjs').Call} Call
 * @typedef {{ status: number, type: string, body: string }} Answer
 */

const xmlType = 'text/xml;charset=UTF-8';
const jsonType = 'application/x-amz-json-1.1';

/**
 * @param {Account} account
 * @param {Call} call
 * @param {number} pageSize
 * @returns {Answer}
 */
export function answer(account, call, pageSize) {
  try {
    return { status: 200, ...succeed(account, call, pageSize) };
  } catch (error) {
    if (error instanceof ServiceError) return refuse(call.service, error);
    throw error;
  }
}

/**
 * @param {Account} account
 * @param {Call} call
 * @param {number} pageSize
 * @returns {{ type: string, body: string }}
 */
function succeed(account, call, pageSize) {
  const { service, operation, parameters } = call;
  switch (service) {
    case 'ec2': {
      const run = ec2Operations[operation] ?? unknown(call);
      const result = run({ account, region: regionOf(account, call), parameters, pageSize });
      return {
        type: xmlType,
        body: `<?xml version="1.0" encoding="UTF-8"?>\n<${operation}Response xmlns="http://ec2.amazonaws.com/doc/2016-11-15/">${toXml({ requestId: 'request', ...result })}</${operation}Response>`,
      };
    }
    case 'sts': {
      const run = stsOperations[operation] ?? unknown(call);
      return { type: xmlType, body: queryResult(operation, run(account, parameters)) };
    }
    case 'iam': {
      const run = iamOperations[operation] ?? unknown(call);
      return { type: xmlType, body: queryResult(operation, run(account, parameters)) };
    }
    case 's3': {
      const buckets = toXml(listBuckets(account), 'Bucket');
      return {
        type: 'application/xml',
        body: `<?xml version="1.0" encoding="UTF-8"?>\n<ListAllMyBucketsResult><Buckets>${buckets}</Buckets></ListAllMyBucketsResult>`,
      };
    }
    default: {
      const target = Object.keys(jsonOperations).find((name) => name.endsWith(`.${operation}`));
      const run = target === undefined ? undefined : jsonOperations[target];
      const result = (run ?? unknown(call))(account, regionOf(account, call));
      return { type: jsonType, body: JSON.stringify(result) };
    }
  }
}

/**
 * @param {string} service
 * @param {ServiceError} error
 * @returns {Answer}
 */
export function refuse(service, { code, message, status }) {
  if (service === 'logs' || service === 'firehose')
    return { status, type: jsonType, body: JSON.stringify({ __type: code, message }) };
  const error = toXml({ Type: service === 'ec2' ? undefined : 'Sender', Code: code, Message: message });
  const body =
    service === 'ec2'
      ? `<Response><Errors><Error>${error}</Error></Errors><RequestID>request</RequestID></Response>`
      : service === 's3'
        ? `<Error>${error}</Error>`
        : `<ErrorResponse><Error>${error}</Error><RequestId>request</RequestId></ErrorResponse>`;
  return { status, type: xmlType, body: `<?xml version="1.0" encoding="UTF-8"?>\n${body}` };
}

/**
 * @param {string} operation
 * @param {Record<string, import('./xml.mjs').Xml>} result
 */
function queryResult(operation, result) {
  return `<${operation}Response><${operation}Result>${toXml(result, 'member')}</${operation}Result><ResponseMetadata><RequestId>request</RequestId></ResponseMetadata></${operation}Response>`;
}

/**
 * @param {Account} account
 * @param {Call} call
 */
function regionOf(account, { region }) {
  const found = account.regions.get(region);
  // That is what EC2 says of good credentials in a region that the account has not enabled.
  if (found === undefined || found.optIn === 'not-opted-in')
    throw new ServiceError(
      'AuthFailure',
      'AWS was not able to validate the provided access credentials',
      401,
    );
  return found;
}

/**
 * @param {Call} call
 * @returns {never}
 */
function unknown({ operation }) {
  throw new ServiceError('InvalidAction', `The action ${operation} is not valid for this web service.`);
}
