/** The languages of CDK apps in which fixes can be written, by their ids in LSP. */
export type SourceLanguage = 'javascript' | 'javascriptreact' | 'python' | 'typescript' | 'typescriptreact';

const languages: Readonly<Record<string, SourceLanguage>> = {
  ts: 'typescript',
  mts: 'typescript',
  cts: 'typescript',
  tsx: 'typescriptreact',
  js: 'javascript',
  mjs: 'javascript',
  cjs: 'javascript',
  jsx: 'javascriptreact',
  py: 'python',
};

/** The language of a file, told by its name; undefined where no fixes can be written in it. */
export function fixableLanguageOf(file: string): SourceLanguage | undefined {
  const extension = /\.(?<extension>\w+)$/.exec(file)?.groups?.['extension'];
  return extension === undefined ? undefined : languages[extension.toLowerCase()];
}
