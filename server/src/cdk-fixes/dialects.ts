import type { Dialect } from './dialect.ts';
import { javascript } from './javascript/dialect.ts';
import type { SourceLanguage } from './languages.ts';
import { python } from './python/dialect.ts';

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
