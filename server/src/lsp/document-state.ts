import type { VpcReport } from '../coverage/model.ts';
import type { DocumentState } from '../protocol.ts';
import type { FileCheck } from '../workspace/file-check.ts';

/** Sums a check up for the client's status item. */
export function documentState(check: FileCheck): DocumentState {
  if (check.kind === 'project-file') return { kind: 'project-file', problems: check.problems.length };
  if (check.kind !== 'template') return check;
  return {
    kind: 'template',
    vpcs: check.vpcs.length,
    covered: check.vpcs.filter(({ verdict }) => verdict === 'covered').length,
    bare: check.vpcs.filter(isBare).length,
  };
}

function isBare({ verdict }: VpcReport): boolean {
  return verdict === 'missing' || verdict === 'wrong-traffic' || verdict === 'conditional';
}
