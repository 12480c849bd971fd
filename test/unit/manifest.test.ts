import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { buildIfOutdated } from '../cli/command.ts';
import { commands } from './fake-vscode.ts';

vi.mock('vscode', () => import('./fake-vscode.ts'));

interface Setting {
  readonly type?: string | readonly string[];
  readonly default?: unknown;
  readonly scope?: string;
  readonly description?: string;
  readonly markdownDescription?: string;
  readonly enum?: readonly unknown[];
  readonly enumDescriptions?: readonly string[];
  readonly markdownEnumDescriptions?: readonly string[];
  readonly properties?: Readonly<Record<string, Setting>>;
  readonly items?: Setting;
}

interface SettingGroup {
  readonly title: string;
  readonly properties: Readonly<Record<string, Setting>>;
}

interface MenuItem {
  readonly command?: string;
  readonly submenu?: string;
  readonly when?: string;
  readonly group?: string;
}

interface Manifest {
  readonly main: string;
  readonly browser: string;
  readonly icon: string;
  readonly l10n: string;
  readonly bin: Readonly<Record<string, string>>;
  readonly activationEvents: readonly string[];
  readonly contributes: {
    readonly commands: readonly {
      readonly command: string;
      readonly category: string;
      readonly title: string;
      readonly enablement?: string;
      readonly icon?: string | { readonly light: string; readonly dark: string };
    }[];
    readonly configuration: SettingGroup | readonly SettingGroup[];
    readonly menus: Readonly<Record<string, readonly MenuItem[]>>;
    readonly submenus?: readonly { readonly id: string; readonly label: string }[];
    readonly keybindings?: readonly { readonly command: string; readonly key: string }[];
    readonly views: Readonly<
      Record<
        string,
        readonly {
          readonly id: string;
          readonly name: string;
          readonly icon?: string;
          readonly when?: string;
        }[]
      >
    >;
    readonly viewsWelcome: readonly {
      readonly view: string;
      readonly contents: string;
      readonly when?: string;
    }[];
    readonly walkthroughs: readonly {
      readonly steps: readonly {
        readonly id: string;
        readonly description: string;
        readonly media: { readonly svg?: string; readonly image?: string; readonly altText: string };
        readonly completionEvents: readonly string[];
      }[];
    }[];
    readonly languages: readonly { readonly id: string; readonly configuration: string }[];
    readonly grammars: readonly {
      readonly language?: string;
      readonly scopeName: string;
      readonly path: string;
    }[];
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
    const literal =
      /"(displayName|description|markdownDescription|title|category|name|label|altText|contents)": "(?!%|flow-log-guard")/;
    expect(manifestText).not.toMatch(literal);
  });
});

describe('commands', () => {
  const contributed = manifest.contributes.commands.map(({ command }) => command);

  test('every contributed command is registered by the extension, and the other way round', async () => {
    const activated = ['extension.ts', 'language-half.ts', 'account-half.ts']
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

  test('every command that is shown as an icon has one', () => {
    const { menus } = manifest.contributes;
    const inline = menus['view/item/context']?.filter(({ group }) => group?.startsWith('inline'));
    const title = menus['view/title']?.filter(({ group }) => group?.startsWith('navigation'));
    const withIcon = manifest.contributes.commands.filter(({ icon }) => icon !== undefined);
    const shown = [...(inline ?? []), ...(title ?? [])].map(({ command }) => command);
    expect(withIcon.map(({ command }) => command)).toEqual(expect.arrayContaining(shown));
  });

  test('every condition goes by a context key that the extension sets', () => {
    const { menus, views, viewsWelcome } = manifest.contributes;
    const conditions = [
      ...[...Object.values(menus).flat(), ...Object.values(views).flat(), ...viewsWelcome].map(
        ({ when }) => when ?? '',
      ),
      ...manifest.contributes.commands.map(({ enablement }) => enablement ?? ''),
    ];
    const used = new Set(conditions.flatMap((when) => when.match(/flowLogGuard\.\w+/g) ?? []));
    for (const { id } of Object.values(manifest.contributes.views).flat()) used.delete(id);
    const source = [
      'client/src/explorer/account-view.ts',
      'client/src/enabling/enabling-flow.ts',
      'client/src/browser/extension.ts',
    ]
      .map((file) => readText(file))
      .join('\n');
    expect([...used].filter((key) => !source.includes(`'${key}'`))).toEqual([]);
  });

  test('without Node, what only the half with Node registers is not offered', () => {
    const shared = readText('client/src/language-half.ts');
    const folder = path.join(root, 'client/src/commands');
    const inBoth = readdirSync(folder)
      .filter((file) => shared.includes(`'./commands/${file}'`))
      .map((file) => readText(path.join('client/src/commands', file)))
      .join('\n');
    const offered = manifest.contributes.commands
      .filter(({ enablement }) => enablement?.includes('!flowLogGuard.withoutNode') !== true)
      .map(({ command }) => command);
    expect(offered).toEqual(contributed.filter((command) => inBoth.includes(`'${command}'`)));
  });

  test('every command is under the name of the product', () => {
    expect(manifest.contributes.commands.filter(({ category }) => category !== '%category%')).toEqual([]);
    expect(contributed.filter((command) => !command.startsWith('flowLogGuard.'))).toEqual([]);
  });
});

const { configuration, menus, submenus = [], keybindings = [] } = manifest.contributes;
const { views, viewsWelcome, walkthroughs, languages, grammars } = manifest.contributes;
const commandIds = manifest.contributes.commands.map(({ command }) => command);

test('every view has a name, an icon and something to say when it is empty', () => {
  const greeted = new Set(viewsWelcome.map(({ view }) => view));
  for (const view of Object.values(views).flat()) {
    expect(view.name).toMatch(/^%.+%$/);
    expect(view.icon).toMatch(/^\$\([\w-]+\)$/);
    expect(greeted).toContain(view.id);
  }
});

describe('settings', () => {
  const groups = [configuration].flat();
  const settings = groups.flatMap(({ properties }) => Object.entries(properties));

  test('every setting is under the name of the product', () => {
    expect(settings.map(([name]) => name).filter((name) => !name.startsWith('flowLogGuard.'))).toEqual([]);
  });

  test('more settings than fit in a window are grouped', () => {
    expect(
      settings.length <= 8 || groups.length > 1,
      'make "configuration" a list of groups with titles',
    ).toBe(true);
  });

  test('every group has a name of its own', () => {
    expect(new Set(groups.map(({ title }) => title)).size).toBe(groups.length);
  });

  test.each(settings)('%s is described, with its values, its default and its scope', (_, setting) => {
    expect(setting.type ?? setting.enum).toBeDefined();
    expect(setting).toHaveProperty('default');
    expect(setting.scope).toBeDefined();
    expect(undescribed('', setting)).toEqual([]);
  });

  /** Settings, members of settings and values without a description. */
  function undescribed(name: string, setting: Setting): string[] {
    const { description, markdownDescription, enumDescriptions, markdownEnumDescriptions } = setting;
    const described = (enumDescriptions ?? markdownEnumDescriptions ?? []).length;
    // A number or a boolean says what it is; a list's items are described with the list.
    const needsValues = setting.enum?.some((value) => typeof value === 'string') === true;
    return [
      ...(description === undefined && markdownDescription === undefined ? [name] : []),
      ...(needsValues && described !== setting.enum?.length ? [`${name}: its values`] : []),
      ...Object.entries(setting.properties ?? {}).flatMap(([key, inner]) =>
        undescribed(`${name}.${key}`, inner),
      ),
    ];
  }

  test('every setting is read somewhere', () => {
    const sources = sourceFiles()
      .map((file) => readText(file))
      .join('\n');
    const unread = settings
      .map(([name]) => name)
      // The client library reads the one of the trace.
      .filter((name) => name !== 'flowLogGuard.trace.server')
      .filter((name) => {
        const last = name.split('.').at(-1) ?? '';
        return !new RegExp(String.raw`\b${last}\b`).test(sources);
      });
    expect(unread).toEqual([]);
  });
});

describe('what refers to something', () => {
  test('menus and keys run commands that are contributed', () => {
    const items = Object.values(menus).flat();
    const run = [...items, ...keybindings].flatMap(({ command }: MenuItem) => command ?? []);
    expect(run.filter((command) => !commandIds.includes(command))).toEqual([]);
    const opened = items.flatMap(({ submenu }) => submenu ?? []);
    expect(new Set(opened)).toEqual(new Set(submenus.map(({ id }) => id)));
  });

  test('welcome texts are for views that are contributed, and their links for commands that are', () => {
    const ids = new Set(Object.values(views).flatMap((list) => list.map(({ id }) => id)));
    expect(viewsWelcome.map(({ view }) => view).filter((view) => !ids.has(view))).toEqual([]);
  });

  test.each(['package.nls.json', 'package.nls.de.json', 'package.nls.ja.json'])(
    'links to commands in %s lead somewhere',
    (file) => {
      const commandLinks = [...readText(file).matchAll(/\(command:([\w.]+)/g)].map(
        ([, command = '']) => command,
      );
      const own = commandLinks.filter((command) => command.startsWith('flowLogGuard.'));
      const viewIds = Object.values(views).flatMap((list) => list.map(({ id }) => `${id}.focus`));
      expect(own.filter((command) => ![...commandIds, ...viewIds].includes(command))).toEqual([]);
    },
  );

  test('every view is created by the extension', () => {
    const sources = sourceFiles()
      .map((file) => readText(file))
      .join('\n');
    const ids = Object.values(views).flatMap((list) => list.map(({ id }) => id));
    expect(ids.filter((id) => !sources.includes(`'${id}'`))).toEqual([]);
  });

  test('every grammar is of a language or injected or included, and its scope is that of its file', () => {
    for (const { language, scopeName, path: file } of grammars) {
      const grammar = JSON.parse(readText(file)) as { readonly scopeName: string };
      expect(grammar.scopeName).toBe(scopeName);
      if (language !== undefined) expect(languages.map(({ id }) => id)).toContain(language);
    }
    const packed = readdirSync(path.join(root, 'syntaxes')).map((file) => `./syntaxes/${file}`);
    const named = [...grammars.map((grammar) => grammar.path), ...languages.map((one) => one.configuration)];
    expect(new Set(packed)).toEqual(new Set(named));
  });
});

describe('walkthrough', () => {
  const steps = walkthroughs.flatMap((walkthrough) => walkthrough.steps);

  test.each(steps)('$id has a picture that is there and is small', ({ media }) => {
    const picture = media.svg ?? media.image ?? '';
    const drawing = readText(picture);
    expect(drawing.length).toBeLessThan(20_000);
    // VS Code shows no style sheets in there; its colours reach attributes alone.
    expect(drawing).not.toMatch(/<style|<script|class=/);
    expect(drawing).toContain('var(--vscode-editor-background');
    expect(media.altText).toMatch(/^%/);
  });

  test('every step can be completed', () => {
    expect(steps.filter(({ completionEvents }) => completionEvents.length === 0)).toEqual([]);
  });
});

test('pictures are there', () => {
  const icons = manifest.contributes.commands.flatMap(({ icon }) =>
    icon === undefined ? [] : typeof icon === 'string' ? [icon] : [icon.light, icon.dark],
  );
  const viewIcons = Object.values(views).flatMap((list) => list.flatMap(({ icon }) => icon ?? []));
  const files = [...icons, ...viewIcons, manifest.icon].filter((icon) => !icon.startsWith('$('));
  expect(files.filter((file) => !existsSync(path.join(root, file)))).toEqual([]);
});

function sourceFiles(): string[] {
  return ['client/src', 'server/src'].flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => path.join(folder, file)),
  );
}

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
    const named = [
      manifest.main,
      manifest.browser,
      'dist/server-browser.js',
      manifest.icon,
      ...Object.values(manifest.bin),
      ...readdirSync(path.join(root, manifest.l10n)).map((file) => path.posix.join(manifest.l10n, file)),
      ...grammars.map((grammar) => grammar.path),
      ...languages.map((language) => language.configuration),
      ...walkthroughs.flatMap(({ steps }) => steps.flatMap(({ media }) => media.svg ?? media.image ?? [])),
    ];
    expect(packed).toEqual(expect.arrayContaining(named.map((file) => path.posix.normalize(file))));
    expect(packed).toEqual(
      expect.arrayContaining(['package.nls.json', 'package.nls.de.json', 'package.nls.ja.json', 'LICENSE']),
    );

    const product =
      /^(package(\.nls(\.[\w-]+)?)?\.json|README\.md|CHANGELOG\.md|LICENSE|(dist|schemas|syntaxes|media|l10n)\/.+)$/;
    expect(packed.filter((file) => !product.test(file) || file.endsWith('.map'))).toEqual([]);
  },
);
