import { t } from '@vscode/l10n';
import * as v from 'valibot';
import {
  MessageType,
  ShowDocumentRequest,
  ShowMessageNotification,
  type CancellationToken,
  type Connection,
  type Location,
  type TextDocuments,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { editFor, fixesFor } from '../fixes/catalogue.ts';
import { contextAt } from '../fixes/fix-file.ts';
import { plainText } from '../fixes/writer/edits.ts';
import type { ClientProfile } from './client-profile.ts';
import { actionData, isAbout } from './code-action-data.ts';
import type { Commands } from './commands.ts';
import { applyFixCommand, revealCommand } from './names.ts';
import type { TemplateOf } from './template-at-hand.ts';
import { resultInTurns } from './turn.ts';
import { toWorkspaceEdit } from './workspace-edit.ts';

export interface LensCommandParts {
  readonly connection: Pick<Connection, 'sendNotification' | 'sendRequest' | 'workspace'>;
  readonly client: ClientProfile;
  readonly documents: Pick<TextDocuments<TextDocument>, 'get'>;
  readonly templateOf: TemplateOf;
}

const place = v.object({ line: v.number(), character: v.number() });
const location = v.object({ uri: v.string(), range: v.object({ start: place, end: place }) });
const locations = v.pipe(v.array(location), v.nonEmpty());

/** The commands that lenses have. */
export function lensCommands({ connection, client, documents, templateOf }: LensCommandParts): Commands {
  function warn(message: string): void {
    connection
      .sendNotification(ShowMessageNotification.type, { type: MessageType.Warning, message })
      .catch(() => undefined);
  }

  async function applyFix(argument: unknown, token: CancellationToken): Promise<void> {
    const data = actionData(argument);
    const found = data && (await templateOf(data.uri, () => token.isCancellationRequested));
    const finding = found?.check.findings.find((candidate) => isAbout(data!, candidate));
    if (found === undefined || finding === undefined) {
      return warn(t('The template has changed meanwhile.'));
    }
    const { document } = found;
    const context = contextAt(found.fixContext, finding.span.start);
    if (context === undefined) return warn(t('There is no template any more.'));
    const fix = fixesFor(finding, context).find(({ isPreferred }) => isPreferred);
    if (fix === undefined) return warn(t('No fix of this fits here.'));
    const { version } = document;
    const isStale = (): boolean => token.isCancellationRequested || document.version !== version;
    const made = await resultInTurns(editFor(fix.id, finding, context), isStale);
    if (made === undefined) return warn(t('The template has changed meanwhile.'));
    if (made.kind === 'refused') return warn(made.why);
    const label = fix.title;
    const manner = { label, needsConfirmation: false, tabStops: false };
    const edit = toWorkspaceEdit(document, made.edits, client, manner);
    const { applied, failureReason } = await connection.workspace.applyEdit({ label, edit });
    if (!applied) return warn(failureReason ?? t('The editor did not take the fix.'));
    // What was written may be far below the lens. Edits of one place are in the order of the text.
    const last = made.edits.at(-1);
    const now = documents.get(document.uri);
    if (last === undefined || now === undefined || !client.showsDocuments) return;
    const blank = /^\s*/.exec(plainText(last.newText))?.[0].length ?? 0;
    const start = now.positionAt(last.span.start + blank);
    await show({ uri: document.uri, range: { start, end: start } });
  }

  async function show({ uri, range }: Location): Promise<void> {
    await connection.sendRequest(ShowDocumentRequest.type, { uri, takeFocus: true, selection: range });
  }

  return {
    [applyFixCommand]: applyFix,
    [revealCommand]: async (argument) => {
      const places = v.safeParse(locations, argument);
      if (client.showsDocuments && places.success) await show(places.output[0]!);
    },
  };
}
