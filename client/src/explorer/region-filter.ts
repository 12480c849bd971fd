import { workspace } from 'vscode';

/**
 * The regions to read as the setting has them, names or patterns; all where it is empty. A workspace may bring settings of
 * its own, and a region becomes part of the address that signed calls go to: so nothing but what a region can be called.
 */
export function regionsToRead(): readonly string[] {
  const set = workspace.getConfiguration('flowLogGuard').get<unknown>('regions');
  if (!Array.isArray(set)) return [];
  return set.filter((region) => typeof region === 'string' && /^[a-z0-9*-]+$/.test(region));
}
