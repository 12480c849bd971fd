import { defineConfig } from 'vitest/config';

export default defineConfig({
  // By default it is a node_modules folder beside this file.
  cacheDir: '../../.cache/vite',
  root: import.meta.dirname,
  test: {
    include: ['*.test.ts'],
    globalSetup: ['./workbench-server.ts'],
    // One VS Code at a time: two would be slower than one after the other, and time out.
    fileParallelism: false,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
