import { config } from '@vscode/l10n';
import type { InitializeParams } from 'vscode-languageserver';
import type { InitializationOptions } from '../protocol.ts';

/** The texts of a language by the English ones, as in `l10n/bundle.l10n.*.json`. */
export type Texts = NonNullable<InitializationOptions['texts']>;

/**
 * Speaks the client's language from now on: in the texts that the client hands over, else in those of its
 * `locale` (LSP 3.16, a language tag such as `de` or `pt-BR`), else in English. A server has one client, so
 * the language is the process's.
 *
 * @param read the texts of a language tag, undefined where there are none
 */
export function useTexts(
  { locale, initializationOptions }: Pick<InitializeParams, 'locale' | 'initializationOptions'>,
  read?: (locale: string) => Texts | undefined,
): void {
  const given = (initializationOptions as InitializationOptions | null | undefined)?.texts;
  config({ contents: isTexts(given) ? given : (textsFor(locale, read) ?? {}) });
}

function isTexts(texts: unknown): texts is Texts {
  return typeof texts === 'object' && texts !== null && !Array.isArray(texts);
}

/** A region's language is that of its language where it has none of its own. */
function textsFor(
  locale: string | undefined,
  read: ((locale: string) => Texts | undefined) | undefined,
): Texts | undefined {
  // It becomes part of a file's name.
  if (locale === undefined || !/^[a-z]{2,3}(?:[-_][a-z0-9]{2,8})*$/i.test(locale)) return undefined;
  const tag = locale.toLowerCase().replaceAll('_', '-');
  return read?.(tag) ?? read?.(tag.split('-', 1)[0] ?? '');
}
