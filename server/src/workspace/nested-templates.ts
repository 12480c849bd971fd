import path from 'node:path';
import { child, textOf } from '../template/syntax.ts';
import type { Resource, Template } from '../template/model.ts';

/**
 * The file that a nested-stack resource names: a `TemplateURL` that is a local path (as `aws cloudformation
 * package` takes it), a SAM application's `Location`, or the asset that the CDK notes in the metadata.
 *
 * @returns an absolute path, or undefined for a URL, an application of the repository, or no nested stack.
 */
export function nestedTemplatePath(stack: Resource, parent: Template): string | undefined {
  const reference =
    textOf(child(stack.metadata, 'aws:asset:path')) ?? textOf(child(stack.properties, locationKey(stack)));
  if (reference === undefined || /^[a-z][\w+.-]+:/i.test(reference)) return undefined;
  return beside(parent.file, reference);
}

/** The file, absolute, that a path relative to another file's folder leads to. */
export function beside(file: string, reference: string): string {
  return path.resolve(path.dirname(file), reference);
}

function locationKey({ type }: Resource): string {
  return type === 'AWS::Serverless::Application' ? 'Location' : 'TemplateURL';
}
