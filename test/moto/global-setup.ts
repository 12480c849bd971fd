import type { TestProject } from 'vitest/node';
import { motoDir } from '../../scripts/locations.mjs';
import { onInterrupt, stopAllGroups } from '../host/process-group.mjs';
import { startMoto } from './moto-server.mjs';
import { findMoto } from './packages.mjs';

declare module 'vitest' {
  interface ProvidedContext {
    motoUrl: string;
  }
}

/** Starts moto once for all tests. It must be there: `npm test -- moto` sees to that. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  onInterrupt(stopAllGroups);
  const packages = findMoto(motoDir);
  if (packages === undefined) throw new Error('moto is not there. This sets it up: npm test -- moto');
  const server = await startMoto(packages);
  project.provide('motoUrl', server.url);
  return server.stop;
}
