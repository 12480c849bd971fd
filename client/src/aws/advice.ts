import type { Destination, Failure } from './model.ts';

/** What a user can do about a failure, as one or two sentences; undefined where nothing is known that helps. */
export declare function adviceOn(failure: Failure, destination?: Destination): string | undefined;
