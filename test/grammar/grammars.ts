import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { createRegistry, loadConfiguration } from 'vscode-tmgrammar-test/dist/common/index.js';

export const root = path.resolve(import.meta.dirname, '../..');

/** VS Code's own grammars of YAML and JSON, which ours are injected into; in the VS Code that tests run in. */
const builtIn = path.join(root, 'test/host/node_modules/code-server/lib/vscode/extensions');

export const isVsCodeThere = existsSync(path.join(builtIn, 'yaml/syntaxes'));

/** Why a test is skipped. */
export const skipNote =
  'skipped: VS Code is not installed in test/host (npm start or npm run test:vscode do it)';

export const builtInGrammars = isVsCodeThere
  ? ['yaml', 'json'].flatMap((extension) =>
      readdirSync(path.join(builtIn, extension, 'syntaxes'))
        .filter((file) => file.endsWith('.tmLanguage.json'))
        .map((file) => path.join(builtIn, extension, 'syntaxes', file)),
    )
  : [];

export const ownGrammars = readdirSync(path.join(root, 'syntaxes')).filter((file) =>
  file.endsWith('.tmLanguage.json'),
);

/** A part of a line, and the scopes that it has. */
export interface Token {
  readonly line: number;
  readonly text: string;
  readonly scopes: readonly string[];
}

export type Tokenize = (text: string) => readonly Token[];

// Once for all: the library loads its engine with each.
const registry = createRegistry(
  loadConfiguration(path.join(root, 'package.json'), undefined, builtInGrammars).grammars,
);

/** Reads texts as VS Code does, with all that package.json contributes. */
export async function tokenizer(scopeName: string): Promise<Tokenize> {
  const grammar = await registry.loadGrammar(scopeName);
  if (grammar === null) throw new Error(`There is no grammar ${scopeName}.`);
  return (text) => {
    let state: Parameters<typeof grammar.tokenizeLine>[1] = null;
    return text.split(/\r?\n/).flatMap((line, number) => {
      const { tokens, ruleStack } = grammar.tokenizeLine(line, state);
      state = ruleStack;
      return tokens.map(({ startIndex, endIndex, scopes }) => ({
        line: number + 1,
        text: line.slice(startIndex, endIndex),
        scopes,
      }));
    });
  };
}
