import { EventEmitter, type Disposable, type TreeDataProvider, type TreeItem } from 'vscode';
import type { AccountStore } from './model/account-store.ts';
import type { TreeNode } from './model/nodes.ts';
import { childNodes, parentNode, rootNodes, type Filters } from './model/tree.ts';
import { treeItem } from './tree-item.ts';
import { tooltip } from './tree-tooltip.ts';

/** Answers arrive by the dozen; the tree is drawn at most so often. */
const PAUSE_MS = 100;

/** What VS Code asks to draw the tree. */
export class AccountTreeData implements TreeDataProvider<TreeNode>, Disposable {
  readonly #store: AccountStore;
  readonly #filters: () => Filters;
  readonly #change = new EventEmitter<void>();
  #pause: NodeJS.Timeout | undefined;

  readonly onDidChangeTreeData = this.#change.event;

  constructor(store: AccountStore, filters: () => Filters) {
    this.#store = store;
    this.#filters = filters;
  }

  /** Lets the tree be drawn again, soon. */
  changed(): void {
    this.#pause ??= setTimeout(() => {
      this.#pause = undefined;
      this.#change.fire();
    }, PAUSE_MS);
  }

  /** Lets what has changed be drawn before anything else is asked of the tree. */
  drawNow(): void {
    if (this.#pause === undefined) return;
    clearTimeout(this.#pause);
    this.#pause = undefined;
    this.#change.fire();
  }

  getChildren(node?: TreeNode): TreeNode[] {
    const { state } = this.#store;
    return node === undefined ? rootNodes(state, this.#filters()) : childNodes(node, state, this.#filters());
  }

  getTreeItem(node: TreeNode): TreeItem {
    return treeItem(node);
  }

  getParent(node: TreeNode): TreeNode | undefined {
    return parentNode(node, this.#store.state);
  }

  /** Only for the one under the mouse, because a region may have thousands. */
  resolveTreeItem(item: TreeItem, node: TreeNode): TreeItem {
    const text = tooltip(node);
    if (text !== undefined) item.tooltip = text;
    return item;
  }

  dispose(): void {
    clearTimeout(this.#pause);
    this.#change.dispose();
  }
}
