/** A local server that speaks for an AWS account: EC2, and what STS, IAM, S3, CloudWatch Logs and Firehose are asked. */
import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';

import { answer, refuse } from './answers.mjs';
import { readCall } from './call.mjs';
import { ServiceError } from './service-error.mjs';

/**
 * @typedef {import('./account.mjs').Account} Account
 * @typedef {import('./answers.mjs').Answer} Answer
 * @typedef {import('./call.mjs').Call} Call
 *
 * @typedef {Answer | ServiceError | 'hang' | 'reset' | 'cut' | undefined} Fault what comes instead of the answer;
 *   `hang`: nothing, `reset`: the connection ends, `cut`: it ends in the middle of the answer, undefined: no fault
 *
 * @typedef {object} Options
 * @property {number} [port] default: a free one
 * @property {number} [latency] in milliseconds, before each answer
 * @property {number} [pageSize] the most items a page
 * @property {(call: Call, perform: () => Answer) => Fault | Promise<Fault>} [fault] asked for each call; `perform` does
 *   what is asked for, so that a fault can come after the change
 *
 * @typedef {object} AwsServer
 * @property {string} url
 * @property {Call[]} calls all there were, in the order of arrival
 * @property {() => Promise<void>} close
 */

/**
 * @param {Account} account
 * @param {Options} [options]
 * @returns {Promise<AwsServer>}
 */
export async function startAwsServer(account, options = {}) {
  const { port = 0, latency = 0, pageSize = 1000, fault = () => undefined } = options;
  /** @type {Call[]} */
  const calls = [];

  /**
   * @param {import('node:http').IncomingMessage} request
   * @param {import('node:http').ServerResponse} response
   */
  async function handle(request, response) {
    const call = readCall(request, await text(request));
    if (call === undefined) {
      send(response, refuse('ec2', new ServiceError('MissingAuthenticationToken', 'Not signed.', 403)));
      return;
    }
    calls.push(call);
    if (latency > 0) await sleep(latency);
    const perform = () => answer(account, call, pageSize);
    const instead = await fault(call, perform);
    if (instead === 'hang') return;
    if (instead === 'reset') request.socket.resetAndDestroy();
    else if (instead === 'cut') cut(response, perform());
    else if (instead instanceof ServiceError) send(response, refuse(call.service, instead));
    else send(response, instead ?? perform());
  }

  const server = createServer((request, response) => {
    handle(request, response).catch((error) => response.destroy(error));
  });
  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(undefined));
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The server has no port.');
  return {
    url: `http://127.0.0.1:${address.port}`,
    calls,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
}

/**
 * @param {import('node:http').ServerResponse} response
 * @param {Answer} answered
 */
function send(response, { status, type, body }) {
  response.writeHead(status, { 'content-type': type, 'x-amzn-requestid': 'request' });
  response.end(body);
}

/**
 * @param {import('node:http').ServerResponse} response
 * @param {Answer} answered
 */
function cut(response, { status, type, body }) {
  response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(body) });
  response.write(body.slice(0, body.length / 2), () => response.socket?.resetAndDestroy());
}
