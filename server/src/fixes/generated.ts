import type { Template } from '../template/model.ts';
import { oncePerTemplate } from './once-per-template.ts';

/** Whether a template is made by the CDK, so that what is changed in it is lost with the next synthesis. */
export const isGenerated: (template: Template) => boolean = oncePerTemplate(
  ({ file, resources }) =>
    /(?:^|[/\\])cdk\.out[/\\]/.test(file) ||
    [...resources.values()].some(({ metadataKeys }) => metadataKeys.includes('aws:cdk:path')),
);
