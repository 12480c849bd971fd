import { assess, claimsOfDeployment } from '../coverage/assess.ts';
import type { Assessment } from '../coverage/model.ts';
import { readDocuments, type ParseProblem, type ReadDocument } from '../template/read.ts';
import { rootScope } from '../template/scope.ts';
import { readTemplate, type Template } from '../template/template.ts';

/**
 * What became of one file.
 * - `not-a-template`: no CloudFormation, nothing to say.
 * - `unreadable`: it was meant as a template, but cannot be read or is too large; `message` says why.
 * - `template`: assessed; `problems` holds what the reader could not make sense of (data, not exceptions).
 */
export type FileCheck =
  | { readonly kind: 'not-a-template' }
  | { readonly kind: 'unreadable'; readonly message: string }
  | ({ readonly kind: 'template'; readonly problems: readonly ParseProblem[] } & Assessment);

/**
 * In UTF-16 code units. CloudFormation takes a template body of at most 1 MB
 * (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html), so what is far
 * larger is no template that could be deployed, and is not worth the time that reading it would take.
 */
export const longestTemplate = 5 * 1024 * 1024;

/** Checks the text of one file, wherever it came from. Never throws. */
export function checkText(text: string): FileCheck {
  if (!mayBeTemplate(text)) return { kind: 'not-a-template' };
  if (text.length > longestTemplate) return checkHugeText(text);
  try {
    return checkDocuments(text, readDocuments(text));
  } catch (error) {
    if (error instanceof RangeError)
      return { kind: 'unreadable', message: 'It is nested too deeply to be read' };
    throw error;
  }
}

/** A template cannot do without one of these keys, so most other files are never parsed. */
function mayBeTemplate(text: string): boolean {
  return text.includes('Resources') || text.includes('AWSTemplateFormatVersion');
}

function checkHugeText(text: string): FileCheck {
  if (!text.includes('AWS::EC2::')) return { kind: 'not-a-template' };
  const size = (text.length / 1024 / 1024).toFixed(1);
  return {
    kind: 'unreadable',
    message: `It is ${size} MB large; CloudFormation takes templates of at most 1 MB`,
  };
}

function checkDocuments(text: string, documents: readonly ReadDocument[]): FileCheck {
  const templates = documents.map((document) => ({ document, template: readTemplate(document) }));
  const found = templates.filter(({ template }) => template !== undefined);
  if (found.length === 0) return { kind: 'not-a-template' };
  const problems = found.flatMap(({ document }) => document.problems);
  if (problems.length > 0 && hasPlaceholders(text)) {
    return {
      kind: 'unreadable',
      message: 'It has placeholders of a template engine ({{ }}, {% %} or <% %>)',
    };
  }
  const assessments = found.map(({ template }) => assessAlone(template!));
  return {
    kind: 'template',
    problems,
    vpcs: assessments.flatMap(({ vpcs }) => vpcs),
    findings: assessments.flatMap(({ findings }) => findings),
  };
}

function assessAlone(template: Template): Assessment {
  const scope = rootScope(template);
  return assess(template, [scope], claimsOfDeployment(scope));
}

/** `{{resolve:…}}` is CloudFormation's own. */
function hasPlaceholders(text: string): boolean {
  return /\{\{(?!\s*resolve:)|\{%|<%/.test(text);
}
