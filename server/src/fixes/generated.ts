import type { Template } from '../template/model.ts';
import { entry } from '../template/syntax.ts';

/** Whether a template is made by the CDK, so that what is changed in it is lost with the next synthesis. */
export function isGenerated({ file, resources }: Template): boolean {
  return (
    /(?:^|[/\\])cdk\.out[/\\]/.test(file) ||
    [...resources.values()].some(({ metadata }) => entry(metadata, 'aws:cdk:path') !== undefined)
  );
}
