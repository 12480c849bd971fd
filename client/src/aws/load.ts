import type * as sdkEntry from './sdk-entry.ts';

/** What `loadAws` gives. */
export type Aws = typeof sdkEntry;

let loading: Promise<Aws> | undefined;

/** Loads the AWS SDK and what uses it, once. The bundler makes a file of its own of it: `dist/aws.cjs`. */
export function loadAws(): Promise<Aws> {
  loading ??= import('./sdk-entry.ts');
  return loading;
}
