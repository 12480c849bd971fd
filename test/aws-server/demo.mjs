/** The demo account as a profile of its own: a server, and the config files that lead to it. */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { createDemoAccount, demoFault } from './demo-account.mjs';
import { startAwsServer } from './server.mjs';

/** Long enough for loading to be seen, in milliseconds. */
const LATENCY = 250;

/**
 * @param {string} folder for the config files; it is made
 * @param {{ latency?: number }} [options]
 * @returns {Promise<{ url: string, env: Record<string, string>, close: () => Promise<void> }>} `env` makes the SDK, and the
 *   `aws` command, see the demo profile alone
 */
export async function startDemo(folder, { latency = LATENCY } = {}) {
  const server = await startAwsServer(createDemoAccount(), { latency, fault: demoFault });
  mkdirSync(folder, { recursive: true });
  const config = path.join(folder, 'config');
  const credentials = path.join(folder, 'credentials');
  const profile = [
    '[profile demo]',
    'region = eu-central-1',
    `endpoint_url = ${server.url}`,
    // The extension shows that nothing of it is real.
    'flow_log_guard_demo = true',
    'aws_access_key_id = DEMO',
    'aws_secret_access_key = demo',
  ];
  writeFileSync(config, `${profile.join('\n')}\n`);
  writeFileSync(credentials, '');
  return {
    url: server.url,
    env: {
      AWS_CONFIG_FILE: config,
      AWS_SHARED_CREDENTIALS_FILE: credentials,
      AWS_PROFILE: 'demo',
      // The shell's own would win over the profile's.
      AWS_REGION: 'eu-central-1',
      AWS_ENDPOINT_URL: server.url,
    },
    close: server.close,
  };
}
