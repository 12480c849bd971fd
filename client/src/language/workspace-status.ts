import { Disposable, l10n, languages, LanguageStatusSeverity } from 'vscode';
import { checkWorkspaceCommand } from '../commands/check-workspace.ts';
import { templateCountsInWords, countTemplates } from '../explorer/template-counts.ts';
import type { Templates } from '../explorer/templates.ts';
import { documentSelector } from './document-selector.ts';

/** Tells, beside what is said of the file at hand, how it is with the whole workspace, once that has been looked at. */
export function createWorkspaceStatus(templates: Pick<Templates, 'all' | 'onDidChange'>): Disposable {
  const item = languages.createLanguageStatusItem('flowLogGuard.workspace', documentSelector);
  item.name = l10n.t('Flow Log Guard: workspace');
  item.command = { title: l10n.t('Check Workspace'), command: checkWorkspaceCommand };
  const update = (): void => {
    const counts = templates.all && countTemplates(templates.all);
    const isFine = counts === undefined || counts.bare + counts.conditional === 0;
    item.severity = isFine ? LanguageStatusSeverity.Information : LanguageStatusSeverity.Warning;
    item.text =
      counts === undefined ? l10n.t('Workspace') : l10n.t('Workspace: {0}', templateCountsInWords(counts));
  };
  update();
  return Disposable.from(item, templates.onDidChange(update));
}
