import { workspace } from 'vscode';

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

const filters = [...languages.map((language) => ({ language })), { pattern: namePattern }];

/** The documents that the server is shown. Whether one is a template, it finds out by looking into it. */
export const documentSelector = [...schemes].flatMap((scheme) =>
  filters.map((filter) => Object.assign({ scheme }, filter)),
);
