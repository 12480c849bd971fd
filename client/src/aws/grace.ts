import { setTimeout as sleep } from 'node:timers/promises';

/**
 * A signal that follows another one later: a call that changes something is given the time to end by itself, for then it
 * is known what it did.
 *
 * @param delay in milliseconds
 */
export function abortLater(signal: AbortSignal | undefined, delay: number): AbortSignal {
  const controller = new AbortController();
  const start = () => void setTimeout(() => controller.abort(), delay).unref();
  if (signal?.aborted) start();
  else signal?.addEventListener('abort', start, { once: true });
  return controller.signal;
}

/** @returns false when the signal came first */
export async function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<boolean> {
  try {
    await sleep(milliseconds, undefined, signal === undefined ? {} : { signal });
    return true;
  } catch {
    return false;
  }
}
