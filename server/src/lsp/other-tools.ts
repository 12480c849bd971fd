import type { TextDocument } from 'vscode-languageserver-textdocument';
import { noOtherOffers, type OtherOffers } from '../language/completion/completion.ts';
import type { OtherTools } from '../protocol.ts';

/**
 * The names by which the catalogue of https://www.schemastore.org, which vscode-yaml and VS Code's own JSON support
 * read, knows CloudFormation templates.
 */
const schemaStoreNames = /(?:\.cf|^cloudformation)\.(?:json|ya?ml)$/i;

/** A comment by which a file names its schema to vscode-yaml. */
const schemaComment = /^#\s*yaml-language-server\s*:\s*\$schema=/m;

/** What else would be completed in a document, by the tools that the client has. */
export function offersOfOthers(tools: OtherTools | undefined, document: TextDocument): OtherOffers {
  if (tools === undefined) return noOtherOffers;
  const { awsServer = false, yaml = 'absent' } = tools;
  const name = document.uri.split('/').at(-1) ?? '';
  const isYaml = document.languageId === 'yaml';
  const hasSchema =
    isYaml &&
    (yaml === 'with-cloudformation-schema' ||
      (yaml === 'present' &&
        (schemaStoreNames.test(name) || schemaComment.test(document.getText().slice(0, headLength)))));
  return {
    properties: awsServer || hasSchema,
    references: awsServer,
    projectFile: isYaml && yaml !== 'absent',
  };
}

/** Comments about the whole file stand at its start. */
const headLength = 2000;
