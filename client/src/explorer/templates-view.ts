import {
  Disposable,
  l10n,
  MarkdownString,
  Range,
  TreeItem,
  TreeItemCollapsibleState,
  Uri,
  window,
  workspace,
  type TreeDataProvider,
} from 'vscode';
import type { TemplateSummary, VpcSummary } from '../../../server/src/protocol.ts';
import { stateIcon, stateWord } from './state-icons.ts';
import { childNodes, rootNodes, worstOf, type TemplateNode } from './template-nodes.ts';
import { templateCountsInWords, countTemplates, countVpcs } from './template-counts.ts';
import type { Templates } from './templates.ts';

const templatesViewId = 'flowLogGuard.templates';

/** The view *VPCs in Templates*, filled when it is first shown. */
export function createTemplatesView(templates: Templates): Disposable {
  const data: TreeDataProvider<TemplateNode> = {
    onDidChangeTreeData: templates.onDidChange,
    getChildren: (node) => (node === undefined ? rootNodes(templates.all ?? []) : childNodes(node)),
    getParent: (node) => (node.kind === 'vpc' ? { kind: 'template', template: node.template } : undefined),
    getTreeItem: (node) => (node.kind === 'template' ? templateItem(node.template) : vpcItem(node)),
  };
  const view = window.createTreeView(templatesViewId, { treeDataProvider: data, showCollapseAll: true });
  const update = (): void => {
    const { all } = templates;
    if (all === undefined || all.length === 0) delete view.description;
    else view.description = templateCountsInWords(countTemplates(all));
  };
  const loadWhenShown = (visible: boolean): void => {
    if (!visible || templates.all !== undefined) return;
    void window.withProgress({ location: { viewId: templatesViewId } }, () => templates.load());
  };
  loadWhenShown(view.visible);
  return Disposable.from(
    view,
    templates.onDidChange(update),
    view.onDidChangeVisibility(({ visible }) => loadWhenShown(visible)),
  );
}

function templateItem(template: TemplateSummary): TreeItem {
  const uri = Uri.parse(template.uri);
  const path = workspace.asRelativePath(uri);
  const name = path.split('/').at(-1) ?? path;
  const folder = path.slice(0, -name.length - 1);
  const counts = templateCountsInWords(countVpcs(template.vpcs));
  const item = new TreeItem(name, TreeItemCollapsibleState.Expanded);
  item.id = template.uri;
  // The counts come first, because a narrow side bar cuts off the end.
  item.description = folder === '' ? counts : `${counts} · ${folder}`;
  item.iconPath = stateIcon(worstOf(template));
  item.tooltip = path;
  item.accessibilityInformation = { label: l10n.t('Template {0}, {1}', path, counts) };
  item.contextValue = 'template';
  return item;
}

function vpcItem({ vpc, template }: TemplateNode & { readonly kind: 'vpc' }): TreeItem {
  const { logicalId, state, flowLogs, range } = vpc;
  const { start, end } = range;
  const item = new TreeItem(logicalId, TreeItemCollapsibleState.None);
  item.id = `${template.uri}#${start.line}:${start.character}/${logicalId}`;
  item.description = [stateWord(state), ...flowLogs].join(' · ');
  item.iconPath = stateIcon(state);
  item.tooltip = tooltip(vpc);
  item.accessibilityInformation = {
    label: l10n.t('VPC {0}, {1}', logicalId, [stateWord(state), ...flowLogs].join(', ')),
  };
  item.contextValue = `vpc ${state}`;
  item.command = {
    title: l10n.t('Open'),
    command: 'vscode.open',
    arguments: [
      Uri.parse(template.uri),
      { selection: new Range(start.line, start.character, end.line, end.character) },
    ],
  };
  return item;
}

/** Names and reasons are the template's text, never markup. */
function tooltip({ logicalId, state, reason, suppressed }: VpcSummary): MarkdownString {
  const text = new MarkdownString();
  text.appendMarkdown('**').appendText(logicalId).appendMarkdown('**: ').appendText(stateWord(state));
  text.appendMarkdown('\n\n').appendText(`${reason}.`);
  if (suppressed !== undefined) {
    text.appendMarkdown('\n\n').appendText(l10n.t('Suppressed: {0}', suppressed));
  }
  return text;
}
