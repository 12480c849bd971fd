import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, test } from 'vitest';
import type { ClientCapabilities, Location, Position } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { resolvingActions } from './capabilities.ts';
import { connect } from './in-process.ts';
import type { TestClient } from './test-client.ts';

/**
 * Each folder is a case. Its files say with `«…»` where something is asked for: `c` completions, `d` definitions,
 * `h` a hover, `r` references. Lenses and links are asked for of every file.
 */
const root = path.resolve(import.meta.dirname, '../fixtures/language');

const capabilities: ClientCapabilities = {
  ...resolvingActions,
  textDocument: {
    ...resolvingActions.textDocument,
    hover: { contentFormat: ['plaintext'] },
    completion: { completionItem: { snippetSupport: true } },
  },
  workspace: { ...resolvingActions.workspace, applyEdit: true },
  window: { showDocument: { support: true } },
};

interface Mark {
  readonly position: Position;
  readonly asks: string;
  /** The line, with the mark. */
  readonly line: string;
}

interface OpenFile {
  readonly name: string;
  readonly uri: string;
  readonly text: string;
  readonly marks: readonly Mark[];
}

function readMarked(folder: string, name: string): OpenFile {
  const marked = readFileSync(path.join(folder, name), 'utf8');
  const text = marked.replaceAll(/«\w+»/g, '');
  const marks: Mark[] = [];
  for (const [number, line] of marked.split('\n').entries()) {
    let removed = 0;
    for (const match of line.matchAll(/«(\w+)»/g)) {
      const position = { line: number, character: match.index - removed };
      const clean = line.replaceAll(/«\w+»/g, '');
      const shown = `${clean.slice(0, position.character)}|${clean.slice(position.character)}`;
      marks.push({ position, asks: match[1] ?? '', line: shown.trim() });
      removed += match[0].length;
    }
  }
  return { name, uri: pathToFileURL(path.join('/w', name)).toString(), text, marks };
}

test.each(readdirSync(root).filter((name) => !name.endsWith('.golden')))('%s', async (name) => {
  const folder = path.join(root, name);
  const files = readdirSync(folder).map((file) => readMarked(folder, file));
  const client = connect();
  await client.initialize(capabilities);
  for (const { uri, text } of files) await client.open(uri, text);
  const answers = await Promise.all(files.map((file) => answersFor(file, files, client)));
  await expect(answers.join('\n')).toMatchFileSnapshot(path.join(root, `${name}.golden`));
});

async function answersFor(file: OpenFile, files: readonly OpenFile[], client: TestClient): Promise<string> {
  const { uri, name, marks } = file;
  const sections = [`== ${name}`];
  const show = (title: string, lines: readonly string[]): void => {
    sections.push(title, ...lines.map((line) => (line === '' ? '' : `    ${line}`)));
  };
  const lenses = await client.lenses(uri);
  if (lenses.length > 0) {
    show(
      'lenses',
      lenses.map(({ range, command }) => {
        const given = command?.command === '' ? 'none' : (command?.command ?? '');
        return `${range.start.line + 1}: ${command?.title} -> ${given}`;
      }),
    );
  }
  const links = await client.links(uri);
  if (links.length > 0) {
    show(
      'links',
      links.map(({ range, target, tooltip }) => `${range.start.line + 1}: ${target} (${tooltip})`),
    );
  }
  for (const { position, asks, line } of marks) {
    if (asks.includes('h')) {
      const contents = (await client.hover(uri, position))?.contents;
      const value = contents === undefined ? '(none)' : (contents as { readonly value: string }).value;
      show(`hover ${line}`, value.split('\n'));
    }
    if (asks.includes('d')) {
      show(`definition ${line}`, placesIn(files, await client.definition(uri, position)));
    }
    if (asks.includes('r')) {
      show(`references ${line}`, placesIn(files, await client.references(uri, position)));
    }
    if (asks.includes('c')) {
      const all = await client.completion(uri, position);
      const items = all.length > mostItems ? all.slice(0, fewItems) : all;
      const left = all.length - items.length;
      show(`completion ${line}`, [
        ...items.map(({ label, detail = '', textEdit }) => {
          const edit = textEdit !== undefined && 'range' in textEdit ? textEdit : undefined;
          const replaced = edit === undefined ? '' : textIn(file.text, edit.range);
          return `${label} (${detail}) ${JSON.stringify(replaced)} -> ${JSON.stringify(edit?.newText)}`;
        }),
        ...(left > 0 ? [`and ${left} more, the last one ${all.at(-1)?.label}`] : []),
      ]);
    }
  }
  return `${sections.join('\n')}\n`;
}

const mostItems = 12;
const fewItems = 4;

function textIn(text: string, range: Location['range']): string {
  return TextDocument.create('', '', 0, text).getText(range);
}

/** Each with its line and the text that it covers. */
function placesIn(files: readonly OpenFile[], locations: readonly Location[]): string[] {
  return locations.map(({ uri, range }) => {
    const file = files.find((one) => one.uri === uri);
    return `${file?.name}:${range.start.line + 1} ${JSON.stringify(textIn(file?.text ?? '', range))}`;
  });
}
