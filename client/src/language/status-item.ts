import {
  Disposable,
  l10n,
  languages,
  LanguageStatusSeverity,
  window,
  workspace,
  type Command,
  type LanguageStatusItem,
  type TextEditor,
} from 'vscode';
import type { DocumentState } from '../../../server/src/protocol.ts';
import { restartServerCommand } from '../commands/restart-server.ts';
import { showLogCommand } from '../commands/show-log.ts';
import { templateSelector } from './document-selector.ts';
import type { LanguageServer, ServerState } from './language-server.ts';

/** Shows for the file at hand whether it is a template and how many of its VPCs have flow logs. */
export function createStatusItem(server: LanguageServer): Disposable {
  const item = languages.createLanguageStatusItem('flowLogGuard.status', templateSelector);
  item.name = 'Flow Log Guard';
  const states = new Map<string, DocumentState>();
  let shown: string | undefined;

  function update(): void {
    show(item, describe(server.state, shown === undefined ? undefined : states.get(shown)));
  }

  function follow(editor: TextEditor | undefined): void {
    // The output panel counts as an active editor, too, but the item is still the one of the file above it.
    if (editor === undefined || languages.match(templateSelector, editor.document) === 0) return;
    shown = editor.document.uri.toString();
    update();
  }

  update();
  follow(window.activeTextEditor);
  return Disposable.from(
    item,
    window.onDidChangeActiveTextEditor(follow),
    workspace.onDidCloseTextDocument(({ uri }) => states.delete(uri.toString())),
    server.onDidChangeState((state) => {
      if (state !== 'running') states.clear();
      update();
    }),
    server.onDidInspectDocument(({ uri, state }) => {
      states.set(uri, state);
      update();
    }),
  );
}

export interface StatusText {
  readonly text: string;
  /** Empty where there is no more to say. */
  readonly detail: string;
  readonly severity: LanguageStatusSeverity;
  readonly busy: boolean;
  readonly command: Command;
}

/** What the item says; `document` is undefined as long as the server has not looked at the file. */
export function describe(server: ServerState, document: DocumentState | undefined): StatusText {
  const command = { title: l10n.t('Show Log'), command: showLogCommand };
  const quiet = { detail: '', severity: LanguageStatusSeverity.Information, busy: false, command };
  const warning = { ...quiet, severity: LanguageStatusSeverity.Warning };
  if (server === 'stopped') {
    return {
      ...quiet,
      text: l10n.t('The language server is not running'),
      severity: LanguageStatusSeverity.Error,
      command: { title: l10n.t('Restart Server'), command: restartServerCommand },
    };
  }
  if (server === 'starting') return { ...quiet, text: l10n.t('Starting'), busy: true };
  if (document === undefined) return { ...quiet, text: l10n.t('Looking for VPCs'), busy: true };

  switch (document.kind) {
    case 'not-a-template':
      return { ...quiet, text: l10n.t('Not a CloudFormation template') };
    case 'disabled':
      return { ...quiet, text: l10n.t('Turned off by a setting'), command: openEnableSetting() };
    case 'unreadable':
      return { ...warning, text: l10n.t('The template cannot be read'), detail: document.message };
    case 'ignored':
      return { ...quiet, text: l10n.t('Not checked'), detail: l10n.t('Ignored by {0}', document.by) };
    case 'project-file':
      return document.problems === 0
        ? { ...quiet, text: l10n.t('Says how templates are checked') }
        : { ...warning, text: l10n.t('Has settings that do not hold') };
    case 'template':
      break;
  }
  const undecided = document.vpcs - document.covered - document.bare;
  const status = { ...(document.bare > 0 ? warning : quiet), text: describeTemplate(document) };
  return undecided > 0 ? { ...status, detail: l10n.t('Cannot be decided: {0}', undecided) } : status;
}

function describeTemplate({ vpcs, covered, bare }: DocumentState & { kind: 'template' }): string {
  if (vpcs === 0) return l10n.t('No VPCs');
  if (vpcs > 1) return l10n.t('{0} of {1} VPCs have flow logs', covered, vpcs);
  if (covered === 1) return l10n.t('The VPC has a flow log');
  return bare === 1 ? l10n.t('The VPC lacks a flow log') : l10n.t('The VPC may lack a flow log');
}

function openEnableSetting(): Command {
  return {
    title: l10n.t('Open Setting'),
    command: 'workbench.action.openSettings',
    arguments: ['flowLogGuard.enable'],
  };
}

function show(item: LanguageStatusItem, { text, detail, severity, busy, command }: StatusText): void {
  item.text = text;
  item.detail = detail;
  item.severity = severity;
  item.busy = busy;
  item.command = command;
}
