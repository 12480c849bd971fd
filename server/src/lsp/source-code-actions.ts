import {
  CodeActionKind,
  MessageType,
  ShowMessageNotification,
  type CodeAction,
  type Connection,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { SourceFinding } from '../cdk/source-findings.ts';
import { fixableLanguageOf } from '../cdk-fixes/languages.ts';
import type { SourceFixRequest } from '../cdk-fixes/source-fixes.ts';
import { preferring } from '../fixes/options.ts';
import type { TextEdit } from '../fixes/writer/edits.ts';
import type { Workspace } from '../workspace/workspace.ts';
import type { ClientProfile } from './client-profile.ts';
import { toActionData } from './code-action-data.ts';
import { fixAllTitle, isAskedFor, isOn, touches, type DocumentActions } from './code-actions.ts';
import { toRange } from './diagnostic.ts';
import { fileOf } from './files.ts';
import { fixAllKind } from './names.ts';
import type { CurrentSourceFindings } from './source-diagnostics.ts';
import { isSourceDocument } from './source-documents.ts';
import { toWorkspaceEdit } from './workspace-edit.ts';

export interface SourceActionParts {
  readonly connection: Pick<Connection, 'sendNotification'>;
  readonly client: ClientProfile;
  readonly currentFindings: CurrentSourceFindings;
  readonly workspace: Pick<Workspace, 'settingsFor'>;
}

/** A finding that source code can be fixed for. */
interface Fixable {
  readonly finding: SourceFinding;
  readonly request: SourceFixRequest;
}

/** The fixes in the source of CDK apps. Their parsers are loaded with the first of them. */
export function sourceActions(parts: SourceActionParts): DocumentActions {
  const { connection, client, currentFindings, workspace } = parts;

  async function fixablesIn(document: TextDocument, isStale: () => boolean): Promise<readonly Fixable[]> {
    const file = fileOf(document.uri);
    const language = fixableLanguageOf(file);
    if (language === undefined) return [];
    const current = await currentFindings(document, isStale);
    if (current === undefined) return [];
    const options = preferring(workspace.settingsFor(file).flowLog, current.settings.flowLog);
    const text = document.getText();
    return current.findings.flatMap((finding): Fixable[] => {
      const { kind, code, expression } = finding;
      if (kind === 'other') return [];
      const { start } = expression.span;
      return [{ finding, request: { language, text, offset: start, construct: kind, code, options } }];
    });
  }

  function toEdit(document: TextDocument, edits: readonly TextEdit[], label: string): WorkspaceEdit {
    const manner = { label, needsConfirmation: false, tabStops: false };
    return toWorkspaceEdit(document, edits, client, manner);
  }

  async function fixAllEdit(
    document: TextDocument,
    fixables: readonly Fixable[],
  ): Promise<WorkspaceEdit | undefined> {
    const [first] = fixables;
    if (first === undefined) return undefined;
    const { fixAllInSource } = await import('../cdk-fixes/source-fixes.ts');
    const edits = fixAllInSource(
      first.request,
      fixables.map(({ request }) => request),
    );
    return edits.length === 0 ? undefined : toEdit(document, edits, fixAllTitle());
  }

  return {
    serves: isSourceDocument,

    async actions(document, { range, context }, isStale) {
      const { only, diagnostics } = context;
      const wantsFixes = only === undefined || isAskedFor(CodeActionKind.QuickFix, only);
      const wantsAll = only !== undefined && isAskedFor(fixAllKind, only);
      if (!wantsFixes && !wantsAll) return [];
      const fixables = await fixablesIn(document, isStale);
      const actions: CodeAction[] = [];
      const touched = fixables.filter(({ finding }) =>
        touches(toRange(finding.expression.span, document), range),
      );
      if (wantsFixes && touched.length > 0) {
        const { sourceFixes } = await import('../cdk-fixes/source-fixes.ts');
        for (const { finding, request } of touched) {
          const about = asFinding(finding);
          const given = diagnostics.filter((diagnostic) => isOn(diagnostic, about, document));
          for (const { id, title, isPreferred, edits } of sourceFixes(request)) {
            const action: CodeAction = {
              title,
              kind: CodeActionKind.QuickFix,
              diagnostics: given,
              isPreferred,
            };
            if (client.resolvesEdits) {
              actions.push({ ...action, data: toActionData(document, { fix: id, finding: about }) });
              continue;
            }
            const made = edits();
            if (made.kind === 'edit') actions.push({ ...action, edit: toEdit(document, made.edits, title) });
            else if (client.disabledCodeActions) {
              actions.push({ ...action, isPreferred: false, disabled: { reason: made.why } });
            }
          }
        }
      }
      if (wantsAll) {
        const edit = await fixAllEdit(document, fixables);
        const action: CodeAction = { title: fixAllTitle(), kind: fixAllKind };
        if (edit !== undefined) {
          actions.push(
            client.resolvesEdits ? { ...action, data: toActionData(document, {}) } : { ...action, edit },
          );
        }
      }
      return actions;
    },

    async resolved(document, action, { fix: id, finding: about, version }, isStale) {
      const fixables = await fixablesIn(document, isStale);
      if (document.version !== version) return action;
      if (id === undefined) {
        const edit = await fixAllEdit(document, fixables);
        return edit === undefined ? action : { ...action, edit };
      }
      const fixable = fixables.find(
        ({ finding }) => finding.code === about?.code && finding.expression.span.start === about.start,
      );
      if (fixable === undefined) return action;
      const { sourceFixes } = await import('../cdk-fixes/source-fixes.ts');
      const made = sourceFixes(fixable.request)
        .find((fix) => fix.id === id)
        ?.edits();
      if (made?.kind === 'edit') return { ...action, edit: toEdit(document, made.edits, action.title) };
      if (made !== undefined) {
        // Not awaited: a client that is gone has no use for the answer either.
        connection
          .sendNotification(ShowMessageNotification.type, { type: MessageType.Warning, message: made.why })
          .catch(() => undefined);
      }
      return action;
    },
  };
}

/** The finding as actions and diagnostics speak of it. */
function asFinding({
  code,
  severity,
  message,
  expression,
  instances,
}: SourceFinding): Parameters<typeof isOn>[1] {
  const logicalId = instances[0]?.logicalId ?? '';
  return { code, severity, message, logicalId, span: expression.span, related: [] };
}
