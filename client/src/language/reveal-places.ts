import { commands, Location, Position, Range, Uri, type Disposable } from 'vscode';
import type { Location as ProtocolLocation } from 'vscode-languageclient';

/** What code lenses call, with places in the words of LSP. Not for the palette: it means nothing there. */
export const revealPlacesCommand = 'flowLogGuard.revealPlaces';

/** Leads to one place, or shows several to choose from. */
export function registerRevealPlaces(): Disposable {
  return commands.registerCommand(revealPlacesCommand, async (places: readonly ProtocolLocation[]) => {
    const locations = places.map(({ uri, range: { start, end } }) => {
      const range = new Range(start.line, start.character, end.line, end.character);
      return new Location(Uri.parse(uri), range);
    });
    const [first] = locations;
    if (first === undefined) return;
    // The place in which it begins matters only for what VS Code shows beside it.
    const origin = new Position(first.range.start.line, first.range.start.character);
    await commands.executeCommand('editor.action.goToLocations', first.uri, origin, locations, 'peek', '');
  });
}
