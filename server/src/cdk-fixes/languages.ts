import type { Dialect } from './dialect.ts';
import { javascript } from './javascript/dialect.ts';
import { python } from './python/dialect.ts';

/** The languages of CDK apps in which fixes can be written, by their ids in LSP. */
export type SourceLanguage = 'javascript' | 'javascriptreact' | 'python' | 'typescript' | 'typescriptreact';

const dialects: Readonly<Record<SourceLanguage, Dialect>> = {
  javascript: javascript('jsx'),
  javascriptreact: javascript('jsx'),
  typescript: javascript('ts'),
  typescriptreact: javascript('ts jsx'),
  python,
};

export function dialectOf(language: SourceLanguage): Dialect {
  return dialects[language];
}

export function isSourceLanguage(languageId: string): languageId is SourceLanguage {
  return languageId in dialects;
}
