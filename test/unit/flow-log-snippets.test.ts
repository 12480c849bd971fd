import { expect, test } from 'vitest';
import { noOtherOffers } from '../../server/src/language/completion/completion.ts';
import { completionsAt } from '../../server/src/language/completion/completions.ts';
import { checkText } from '../../server/src/workspace/check.ts';
import { Workspace } from '../../server/src/workspace/workspace.ts';

const yaml = `Resources:
    Vpc:
        Type: AWS::EC2::VPC
    |
`;
const json = `{
  "Resources": {
    "Vpc": { "Type": "AWS::EC2::VPC" },
    |
  }
}
`;

/** What an editor writes for a snippet whose stops nobody fills in, its further lines as deep as the first. */
function written(snippet: string, indentation: string): string {
  return snippet
    .replaceAll(/\$\{\d+:([^}]*)\}/g, '$1')
    .replaceAll(/\$\{\d+\|([^,|]*)[^}]*\}/g, '$1')
    .replaceAll('\n', `\n${indentation}`);
}

const cases = ['CloudWatch Logs', 'S3', 'Firehose'].flatMap((name) =>
  [yaml, json].map((template) => ({ name, template, format: template === yaml ? 'YAML' : 'JSON' })),
);

test.each(cases)(
  'the whole flow log to $name in $format covers the VPC and is sound',
  ({ name, template }) => {
    const offset = template.indexOf('|');
    const text = template.replace('|', '');
    const workspace = new Workspace();
    workspace.openDocument('/w/t', text);
    const check = workspace.check('/w/t');
    if (check.kind !== 'template') throw new Error('It is no template');
    const offered = completionsAt(offset, text, check, workspace.analysisOf('/w/t'), noOtherOffers);
    const snippet = offered.find(({ label }) => label === `FlowLog to ${name}`);
    if (snippet === undefined) throw new Error('It is not offered');
    const { start, end } = snippet.span;
    const after = text.slice(0, start) + written(snippet.newText, '    ') + text.slice(end);
    const now = checkText(after);
    expect(now).toMatchObject({
      kind: 'template',
      problems: [],
      vpcs: [{ verdict: 'covered' }],
      findings: [],
    });
  },
);
