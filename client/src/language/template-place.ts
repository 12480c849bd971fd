import {
  commands,
  l10n,
  Position,
  Range,
  Uri,
  window,
  workspace,
  type Location,
  type LocationLink,
} from 'vscode';
import {
  findResourceRequest,
  type FindResourceParams,
  type FoundResource,
} from '../../../server/src/protocol.ts';
import type { StackOrigin } from '../aws/model.ts';
import type { Prompts } from '../ui/prompts.ts';
import type { LanguageServer } from './language-server.ts';

/**
 * Shows where the workspace's templates declare the VPC that a stack made. Where several may be meant, the user picks;
 * where none is found, that is said.
 *
 * @param origin undefined for a VPC that no stack made
 */
export async function showInTemplate(
  server: Pick<LanguageServer, 'request'>,
  prompts: Prompts,
  origin: StackOrigin | undefined,
): Promise<void> {
  if (origin === undefined) {
    void window.showInformationMessage(l10n.t('No CloudFormation stack made this VPC.'));
    return;
  }
  const { logicalId, stackName } = origin;
  const wanted: FindResourceParams = { logicalId, stackName, type: 'AWS::EC2::VPC' };
  const found = await server.request<FoundResource[]>(findResourceRequest, wanted);
  if (found === undefined) return;
  const place = await choosePlace(prompts, found, origin);
  if (place === undefined) return;
  const { uri, position } = await sourceOf(place);
  // The quick fix is offered where the cursor stands.
  await window.showTextDocument(uri, { selection: new Range(position, position) });
}

interface Place {
  readonly uri: Uri;
  readonly position: Position;
}

/** Nobody edits what the CDK made: where the server knows the line of code that it comes from, that is the place. */
async function sourceOf({ uri: text, range: { start } }: FoundResource): Promise<Place> {
  const uri = Uri.parse(text);
  const position = new Position(start.line, start.character);
  if (!uri.path.split('/').includes('cdk.out')) return { uri, position };
  // The server answers for open documents alone.
  await workspace.openTextDocument(uri);
  const definitions = await commands.executeCommand<readonly (Location | LocationLink)[]>(
    'vscode.executeDefinitionProvider',
    uri,
    position,
  );
  const sources = definitions.map((found) =>
    'targetUri' in found
      ? { uri: found.targetUri, position: (found.targetSelectionRange ?? found.targetRange).start }
      : { uri: found.uri, position: found.range.start },
  );
  return sources.find((source) => source.uri.toString() !== uri.toString()) ?? { uri, position };
}

async function choosePlace(
  prompts: Prompts,
  found: readonly FoundResource[],
  { stackName, logicalId }: StackOrigin,
): Promise<FoundResource | undefined> {
  const ofStack = found.filter(({ isOfStack }) => isOfStack);
  const candidates = ofStack.length > 0 ? ofStack : found;
  if (candidates.length === 0) {
    void window.showInformationMessage(
      l10n.t('No template in this workspace has the VPC {0} of the stack {1}.', logicalId, stackName),
    );
    return undefined;
  }
  if (candidates.length === 1) return candidates[0];
  const picked = await prompts.pick({
    title: l10n.t('Show in Template'),
    placeholder: l10n.t('Which template is that of the stack {0}?', stackName),
    choices: candidates.map((place) => ({
      label: workspace.asRelativePath(Uri.parse(place.uri)),
      description: l10n.t('line {0}', place.range.start.line + 1),
      value: place,
    })),
  });
  return picked.kind === 'answer' ? picked.value : undefined;
}
