import type { Template } from '../template/model.ts';
import type { EntryFacts } from '../template/syntax.ts';
import { oncePerTemplate } from './once-per-template.ts';

/** Whether a template is made by the CDK, so that what is changed in it is lost with the next synthesis. */
export const isGenerated: (template: Template) => boolean = oncePerTemplate(
  (template) =>
    /(?:^|[/\\])cdk\.out[/\\]/.test(template.file) || template.resources.where(hasConstructPath).length > 0,
);

function hasConstructPath({ metadataKeys }: EntryFacts): boolean {
  return metadataKeys.includes('aws:cdk:path');
}
