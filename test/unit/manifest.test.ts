import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { buildIfOutdated } from '../cli/command.ts';
import { commands } from './fake-vscode.ts';

vi.mock('vscode', () => import('./fake-vscode.ts'));

interface Manifest {
  readonly main: string;
  readonly browser: string;
  readonly icon: string;
  readonly bin: Readonly<Record<string, string>>;
  readonly activationEvents: readonly string[];
  readonly contributes: {
    readonly commands: readonly {
      readonly command: string;
      readonly category: string;
      readonly title: string;
      readonly icon?: string;
    }[];
    readonly menus: Readonly<
      Record<string, readonly { readonly command: string; readonly when?: string; readonly group?: string }[]>
    >;
    readonly views: Readonly<
      Record<string, readonly { readonly id: string; readonly name: string; readonly icon: string }[]>
    >;
    readonly viewsWelcome: readonly { readonly view: string; readonly when?: string }[];
    readonly configuration: { readonly properties: Readonly<Record<string, object>> };
  };
}

const root = path.resolve(import.meta.dirname, '../..');
const manifestText = readText('package.json');
const manifest = JSON.parse(manifestText) as Manifest;
const texts = JSON.parse(readText('package.nls.json')) as Readonly<Record<string, string>>;

function readText(file: string): string {
  return readFileSync(path.join(root, file), 'utf8');
}

describe('texts', () => {
  const used = new Set([...manifestText.matchAll(/"%([^%"]+)%"/g)].map((match) => match[1]));

  test('every key has a text, and every text is used', () => {
    expect(used).toEqual(new Set(Object.keys(texts)));
  });

  test('no text is empty', () => {
    expect(Object.entries(texts).filter(([, text]) => text.trim() === '')).toEqual([]);
  });

  test('what the user reads is not written in the manifest itself', () => {
    const literal = /"(displayName|description|markdownDescription|title|category)": "(?!%)/;
    expect(manifestText).not.toMatch(literal);
  });
});

describe('commands', () => {
  const contributed = manifest.contributes.commands.map(({ command }) => command);

  test('every contributed command is registered by the extension, and the other way round', async () => {
    const activated = ['extension.ts', 'language-half.ts', 'explorer/account.ts']
      .map((file) => readText(path.join('client/src', file)))
      .join('\n');
    const folder = path.join(root, 'client/src/commands');
    for (const file of readdirSync(folder)) {
      const module = (await import(path.join(folder, file))) as Record<string, unknown>;
      for (const [name, register] of Object.entries(module)) {
        if (typeof register !== 'function') continue;
        expect(activated).toMatch(new RegExp(String.raw`^(?!import).*\b${name}\b`, 'm'));
        register({});
      }
    }
    const registered = commands.registerCommand.mock.calls.map(([command]) => command);
    expect(registered.toSorted()).toEqual(contributed.toSorted());
  });

  test('every menu, welcome text and view names what there is', () => {
    const { menus, views, viewsWelcome } = manifest.contributes;
    const inMenus = Object.values(menus).flatMap((items) => items.map(({ command }) => command));
    expect(inMenus.filter((command) => !contributed.includes(command))).toEqual([]);
    const viewIds = new Set(Object.values(views).flatMap((list) => list.map(({ id }) => id)));
    expect(viewsWelcome.filter(({ view }) => !viewIds.has(view))).toEqual([]);
    const linked = Object.values(texts).flatMap((text) => [...text.matchAll(/\(command:([^)]+)\)/g)]);
    expect(
      linked.map(([, command]) => command).filter((command) => !contributed.includes(command ?? '')),
    ).toEqual([]);
    const inline = menus['view/item/context']?.filter(({ group }) => group?.startsWith('inline'));
    const title = menus['view/title']?.filter(({ group }) => group?.startsWith('navigation'));
    const withIcon = manifest.contributes.commands.filter(({ icon }) => icon !== undefined);
    for (const { command } of [...(inline ?? []), ...(title ?? [])])
      expect(withIcon.map((each) => each.command)).toContain(command);
  });

  test('every condition of a menu or a welcome text goes by a context key that the view sets', () => {
    const { menus, viewsWelcome } = manifest.contributes;
    const conditions = [...Object.values(menus).flat(), ...viewsWelcome].map(({ when }) => when ?? '');
    const used = new Set(conditions.flatMap((when) => when.match(/flowLogGuard\.\w+/g) ?? []));
    for (const { id } of Object.values(manifest.contributes.views).flat()) used.delete(id);
    const source =
      readText('client/src/explorer/account-view.ts') + readText('client/src/enabling/last-enabling.ts');
    expect([...used].filter((key) => !source.includes(`'${key}'`))).toEqual([]);
  });

  test('every command is under the name of the product', () => {
    expect(manifest.contributes.commands.filter(({ category }) => category !== '%category%')).toEqual([]);
    expect(contributed.filter((command) => !command.startsWith('flowLogGuard.'))).toEqual([]);
  });
});

test('every view has a name, an icon and something to say when it is empty', () => {
  const { views, viewsWelcome } = manifest.contributes;
  const greeted = new Set(viewsWelcome.map(({ view }) => view));
  for (const view of Object.values(views).flat()) {
    expect(view.name).toMatch(/^%.+%$/);
    expect(view.icon).toMatch(/^\$\([\w-]+\)$/);
    expect(greeted).toContain(view.id);
  }
});

test('every menu names a command that there is', () => {
  const contributed = new Set(manifest.contributes.commands.map(({ command }) => command));
  const named = Object.values(manifest.contributes.menus).flatMap((items) =>
    items.map(({ command }) => command),
  );
  expect(named.filter((command) => !contributed.has(command))).toEqual([]);
});

test('every setting is under the name of the product', () => {
  const settings = Object.keys(manifest.contributes.configuration.properties);
  expect(settings.filter((setting) => !setting.startsWith('flowLogGuard.'))).toEqual([]);
});

test('the extension is never activated before it is needed', () => {
  expect(manifest.activationEvents).not.toHaveLength(0);
  const needs = /^onLanguage:|^workspaceContains:\*\*\/cdk\./;
  expect(manifest.activationEvents.filter((event) => !needs.test(event))).toEqual([]);
});

// `vsce` walks the whole folder before it leaves anything out.
test(
  'the packed extension holds what the manifest names, and nothing but the product',
  { timeout: 120_000 },
  () => {
    buildIfOutdated();
    const { stdout } = spawnSync(
      process.execPath,
      ['node_modules/@vscode/vsce/vsce', 'ls', '--no-dependencies'],
      {
        cwd: root,
        encoding: 'utf8',
      },
    );
    const packed = stdout.trim().split('\n');
    const server = 'dist/server-browser.js';
    const named = [manifest.main, manifest.browser, server, manifest.icon, ...Object.values(manifest.bin)];
    expect(packed).toEqual(expect.arrayContaining(named.map((file) => path.posix.normalize(file))));
    expect(packed).toEqual(expect.arrayContaining(['package.nls.json', 'LICENSE']));

    const product =
      /^(package(\.nls(\.[\w-]+)?)?\.json|README\.md|CHANGELOG\.md|LICENSE|(dist|schemas|syntaxes|media|l10n)\/.+)$/;
    expect(packed.filter((file) => !product.test(file) || file.endsWith('.map'))).toEqual([]);
  },
);
