import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Those run in VS Code, in a browser and against moto, by their own runners.
    exclude: ['test/integration/**', 'test/e2e/**', 'test/moto/**', 'test/host/node_modules/**'],
    // Many tests start a process; a busy machine must not make one fail.
    testTimeout: 60_000,
    // The AWS SDK tells once a process how long it will support this Node.
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
    cache: false,
  },
});
