import { extensions, workspace } from 'vscode';
import type { OtherTools } from '../../../server/src/protocol.ts';

/** What else in this window completes templates. */
export function otherTools(): OtherTools {
  return { awsServer: hasAwsServer(), yaml: yamlTool() };
}

/** The AWS Toolkit brings the CloudFormation language server; older versions of it have no such setting. */
function hasAwsServer(): boolean {
  return (
    extensions.getExtension('amazonwebservices.aws-toolkit-vscode') !== undefined &&
    workspace.getConfiguration('aws.cloudformation').get('completion.enabled') === true
  );
}

function yamlTool(): NonNullable<OtherTools['yaml']> {
  if (extensions.getExtension('redhat.vscode-yaml') === undefined) return 'absent';
  const schemas = workspace.getConfiguration('yaml').get<Readonly<Record<string, unknown>>>('schemas') ?? {};
  return Object.keys(schemas).some((url) => /cloudformation|serverless|sam\.schema/i.test(url))
    ? 'with-cloudformation-schema'
    : 'present';
}
