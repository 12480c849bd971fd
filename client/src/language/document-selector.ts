import { workspace } from 'vscode';
import { recordsLanguage } from '../../../server/src/protocol.ts';

const languages = ['yaml', 'json', 'jsonc'];

/** What CloudFormation templates are called when no extension gave them a language. */
const namePattern = '**/*.{template,template.json,template.yaml,template.yml,cfn.json,cfn.yaml,cfn.yml}';

// Not every scheme: the old side of a comparison, or an output channel, is no template to mend. The folders tell what
// the files of a browser's window have.
const schemes = new Set([
  'file',
  'untitled',
  'vscode-vfs',
  ...(workspace.workspaceFolders ?? []).map(({ uri }) => uri.scheme),
]);

const templateFilters = [...languages.map((language) => ({ language })), { pattern: namePattern }];

/** The documents in which the server looks for a template. */
export const templateSelector = inAllSchemes(templateFilters);

/** All documents that the server is shown. */
export const documentSelector = [...templateSelector, ...inAllSchemes([{ language: recordsLanguage }])];

function inAllSchemes<T extends object>(filters: readonly T[]): ({ readonly scheme: string } & T)[] {
  return [...schemes].flatMap((scheme) => filters.map((filter) => Object.assign({ scheme }, filter)));
}
