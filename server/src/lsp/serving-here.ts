import { localDisk } from '../workspace/local-disk.ts';
import { followCdkApplications } from './cdk-applications.ts';
import type { Session } from './server.ts';
import { serveDocuments } from './serving.ts';

/** Serves a session on a machine with a disk. */
export function serveHere(session: Session): void {
  serveDocuments(session, { disk: localDisk, cdk: followCdkApplications });
}
