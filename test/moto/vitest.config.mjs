import { defineConfig } from 'vitest/config';

export default defineConfig({
  // By default it is a node_modules folder beside this file.
  cacheDir: '../../.cache/vite',
  root: import.meta.dirname,
  test: {
    include: ['*.test.ts'],
    globalSetup: ['./global-setup.ts'],
    // All files share the account of one server.
    fileParallelism: false,
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
