import type { Template } from '../template/model.ts';

/** Whether a template is made by the CDK, so that what is changed in it is lost with the next synthesis. */
export function isGenerated({ file, resources }: Template): boolean {
  return (
    /(?:^|[/\\])cdk\.out[/\\]/.test(file) ||
    [...resources.values()].some(({ metadataKeys }) => metadataKeys.includes('aws:cdk:path'))
  );
}
