import { commands, Disposable } from 'vscode';
import type { AccountParts } from '../account-parts.ts';
import type { Filters } from '../explorer/model/tree.ts';

/** Two commands for each switch, because a menu entry shows by its name what it does. */
const switches: Readonly<Record<string, Partial<Filters>>> = {
  'flowLogGuard.showOnlyBareVpcs': { onlyBare: true },
  'flowLogGuard.showAllVpcs': { onlyBare: false },
  'flowLogGuard.hideEmptyRegions': { hideEmptyRegions: true },
  'flowLogGuard.showEmptyRegions': { hideEmptyRegions: false },
};

/** Hides VPCs that need nothing, and regions without VPCs. */
export function registerFilterVpcs({ view }: AccountParts): Disposable {
  return Disposable.from(
    ...Object.entries(switches).map(([command, change]) =>
      commands.registerCommand(command, () => view.filter({ ...view.filters, ...change })),
    ),
  );
}
