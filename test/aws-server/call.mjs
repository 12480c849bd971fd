/**
 * What a request asks for. The region and the service are those that it was signed for: there is one address for all.
 *
 * @typedef {object} Call
 * @property {string} service `ec2`, `sts`, `iam`, `s3`, `logs`, `firehose`
 * @property {string} operation `DescribeVpcs`
 * @property {string} region
 * @property {string} accessKeyId
 * @property {import('./query.mjs').Parameters} parameters of the query protocols; else empty
 */
import { readParameters } from './query.mjs';

/**
 * @param {import('node:http').IncomingMessage} request
 * @param {string} body
 * @returns {Call | undefined} undefined for what is not signed
 */
export function readCall(request, body) {
  const scope = /Credential=([^/]+)\/\d+\/([^/]+)\/([^/]+)\/aws4_request/.exec(
    request.headers.authorization ?? '',
  );
  const [, accessKeyId, region, service] = scope ?? [];
  if (accessKeyId === undefined || region === undefined || service === undefined) return undefined;
  const target = request.headers['x-amz-target'];
  const isQuery = request.headers['content-type']?.startsWith('application/x-www-form-urlencoded') ?? false;
  const parameters = isQuery ? readParameters(body) : new Map();
  const operation = parameters.get('Action') ?? String(target ?? '').split('.')[1] ?? 'ListBuckets';
  return { service, operation, region, accessKeyId, parameters };
}
