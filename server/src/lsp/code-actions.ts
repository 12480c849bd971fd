import { t } from '@vscode/l10n';
import {
  CodeActionKind,
  type CodeAction,
  type CodeActionParams,
  type Connection,
  type Diagnostic,
  MessageType,
  type Range,
  ShowMessageNotification,
  type TextDocuments,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Finding } from '../coverage/model.ts';
import { editFor, fixesFor } from '../fixes/catalogue.ts';
import { contextAt, fixFile } from '../fixes/fix-file.ts';
import { defaultDestination } from '../fixes/options.ts';
import { toEnd, type Steps } from '../template/steps.ts';
import type { ClientProfile } from './client-profile.ts';
import { actionData, isAbout, toActionData, type ActionData } from './code-action-data.ts';
import { toRange } from './diagnostic.ts';
import { diagnosticSource, fixAllKind } from './names.ts';
import type { TemplateAtHand, TemplateOf } from './template-at-hand.ts';
import { resultInTurns } from './turn.ts';
import { toWorkspaceEdit } from './workspace-edit.ts';

export interface CodeActionParts {
  readonly connection: Pick<Connection, 'onCodeAction' | 'onCodeActionResolve' | 'sendNotification'>;
  readonly client: ClientProfile;
  readonly documents: TextDocuments<TextDocument>;
  readonly templateOf: TemplateOf;
  /** Serves the source files of CDK apps, where these are followed. */
  readonly ofSource: DocumentActions | undefined;
}

/** Code actions of documents of one sort. */
export interface DocumentActions {
  readonly serves: (document: TextDocument) => boolean;
  readonly actions: (
    document: TextDocument,
    asked: Pick<CodeActionParams, 'context' | 'range'>,
    isStale: () => boolean,
  ) => Promise<CodeAction[]>;
  /** With its edit, where it still can be had. */
  readonly resolved: (
    document: TextDocument,
    action: CodeAction,
    data: ActionData,
    isStale: () => boolean,
  ) => Promise<CodeAction>;
}

export function fixAllTitle(): string {
  return t('Fix all findings of Flow Log Guard');
}

/** What became of the edits of an action. */
type Outcome =
  | { readonly kind: 'edit'; readonly edit: CodeAction['edit'] }
  | { readonly kind: 'refused'; readonly why: string };

/** Answers `textDocument/codeAction` and `codeAction/resolve`. */
export function serveCodeActions(parts: CodeActionParts): void {
  const { connection, client, documents, templateOf, ofSource } = parts;

  function quickFixes(
    found: TemplateAtHand,
    { range, context }: Pick<CodeActionParams, 'range' | 'context'>,
  ): CodeAction[] {
    const { document, check, fixContext: file } = found;
    return check.findings
      .filter(({ span }) => touches(toRange(span, document), range))
      .flatMap((finding) => {
        const fixContext = contextAt(file, finding.span.start);
        if (fixContext === undefined) return [];
        const diagnostics = context.diagnostics.filter((given) => isOn(given, finding, document));
        return fixesFor(finding, fixContext).flatMap(({ id, title, isPreferred }) => {
          const action: CodeAction = { title, kind: CodeActionKind.QuickFix, diagnostics, isPreferred };
          return finished(
            action,
            () => quickFixOutcome(found, finding, { id, title }),
            () => toActionData(document, { fix: id, finding }),
          );
        });
      });
  }

  function fixAllActions(found: TemplateAtHand): CodeAction[] {
    const { document, check, fixContext: file } = found;
    const isWorthwhile = check.findings.some((finding) => {
      const fixContext = contextAt(file, finding.span.start);
      return fixContext !== undefined && fixesFor(finding, fixContext).some(({ isPreferred }) => isPreferred);
    });
    if (!isWorthwhile) return [];
    const action: CodeAction = { title: fixAllTitle(), kind: fixAllKind };
    return finished(
      action,
      () => fixAllOutcome(found),
      () => toActionData(document, {}),
    ).filter((made) => made.disabled === undefined);
  }

  /** The action as the client takes it: with its edit, with what the edit is made from later, or disabled. */
  function finished(action: CodeAction, outcome: () => Steps<Outcome>, data: () => unknown): CodeAction[] {
    if (client.resolvesEdits) return [{ ...action, data: data() }];
    const made = toEnd(outcome());
    return made.kind === 'refused'
      ? disabled(action, made.why)
      : [{ ...action, ...(made.edit !== undefined && { edit: made.edit }) }];
  }

  function disabled(action: CodeAction, reason: string): CodeAction[] {
    return client.disabledCodeActions ? [{ ...action, isPreferred: false, disabled: { reason } }] : [];
  }

  function* quickFixOutcome(
    { document, fixContext: file }: TemplateAtHand,
    finding: Finding,
    { id, title }: { readonly id: string; readonly title: string },
  ): Steps<Outcome> {
    const context = contextAt(file, finding.span.start);
    if (context === undefined) return { kind: 'refused', why: t('There is no template any more.') };
    const made = yield* editFor(id, finding, context);
    if (made.kind === 'refused') return made;
    const manner = { label: title, needsConfirmation: false, tabStops: true };
    return { kind: 'edit', edit: toWorkspaceEdit(document, made.edits, client, manner) };
  }

  function* fixAllOutcome({ document, check, fixContext: file }: TemplateAtHand): Steps<Outcome> {
    const destination = file.options.destination ?? defaultDestination;
    const { edits, left } = yield* fixFile(check.findings, file, destination);
    if (edits.length === 0) return { kind: 'refused', why: left[0]?.why ?? t('There is nothing to fix.') };
    const manner = { label: fixAllTitle(), needsConfirmation: false, tabStops: false };
    return { kind: 'edit', edit: toWorkspaceEdit(document, edits, client, manner) };
  }

  connection.onCodeAction(async ({ textDocument, range, context }, token) => {
    const document = documents.get(textDocument.uri);
    if (document === undefined) return [];
    const isStale = (): boolean => token.isCancellationRequested;
    if (ofSource?.serves(document) === true) return ofSource.actions(document, { range, context }, isStale);
    const found = await templateOf(document.uri, isStale);
    if (found === undefined) return [];
    const { only } = context;
    return [
      ...(only === undefined || isAskedFor(CodeActionKind.QuickFix, only)
        ? quickFixes(found, { range, context })
        : []),
      // As a kind of source action it is for those who ask for it, such as what runs on save.
      ...(only !== undefined && isAskedFor(fixAllKind, only) ? fixAllActions(found) : []),
    ];
  });

  connection.onCodeActionResolve(async (action, token) => {
    const data = actionData(action.data);
    const document = data && documents.get(data.uri);
    // What was asked for holds no more; the client that changed the document asks again by itself.
    if (data === undefined || document?.version !== data.version) return action;
    const isStale = (): boolean => token.isCancellationRequested || document.version !== data.version;
    if (ofSource?.serves(document) === true) return ofSource.resolved(document, action, data, isStale);
    const found = await templateOf(document.uri, isStale);
    if (found === undefined || isStale()) return action;
    if (data.fix === undefined) {
      const made = await resultInTurns(fixAllOutcome(found), isStale);
      return made?.kind === 'edit' && made.edit !== undefined ? { ...action, edit: made.edit } : action;
    }
    const finding = found.check.findings.find((candidate) => isAbout(data, candidate));
    if (finding === undefined) return action;
    const quickFix = quickFixOutcome(found, finding, { id: data.fix, title: action.title });
    const made = await resultInTurns(quickFix, isStale);
    if (made === undefined) return action;
    if (made.kind === 'edit') return made.edit === undefined ? action : { ...action, edit: made.edit };
    // Not awaited: a client that is gone has no use for the answer either.
    connection
      .sendNotification(ShowMessageNotification.type, { type: MessageType.Warning, message: made.why })
      .catch(() => undefined);
    return action;
  });
}

/** Kinds are hierarchical: who asks for `source` gets `source.fixAll`, too. */
export function isAskedFor(kind: string, only: readonly string[]): boolean {
  return only.some(
    (asked) => kind === asked || kind.startsWith(`${asked}.`) || asked === CodeActionKind.Empty,
  );
}

/** Whether two ranges share a place, be it only where one ends and the other begins. */
export function touches(one: Range, other: Range): boolean {
  return !isBefore(one.end, other.start) && !isBefore(other.end, one.start);
}

function isBefore(one: Range['start'], other: Range['start']): boolean {
  return one.line < other.line || (one.line === other.line && one.character < other.character);
}

/** Whether a diagnostic that a client gave back is the finding's. */
export function isOn(
  diagnostic: Diagnostic,
  { code, message, span }: Finding,
  document: TextDocument,
): boolean {
  const { start, end } = toRange(span, document);
  return (
    diagnostic.source === diagnosticSource &&
    diagnostic.code === code &&
    diagnostic.message === message &&
    diagnostic.range.start.line === start.line &&
    diagnostic.range.start.character === start.character &&
    diagnostic.range.end.line === end.line &&
    diagnostic.range.end.character === end.character
  );
}
