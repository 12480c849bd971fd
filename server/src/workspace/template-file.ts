import { t } from '@vscode/l10n';
import type { ParseProblem, ReadDocument } from '../template/document.ts';
import { insertIncludes } from '../template/includes.ts';
import { readDocuments } from '../template/read.ts';
import type { Template } from '../template/model.ts';
import { readTemplate } from '../template/template.ts';
import { beside } from './nested-templates.ts';

/**
 * What a file turned out to hold.
 * - `not-a-template`: no CloudFormation, nothing to say.
 * - `unreadable`: it was meant as a template, but cannot be read or is too large; `message` says why.
 * - `templates`: one for each document that is one; `problems` holds what the reader could not make sense of.
 */
export type TemplateFile =
  | { readonly kind: 'not-a-template' }
  | { readonly kind: 'unreadable'; readonly message: string }
  | {
      readonly kind: 'templates';
      readonly templates: readonly Template[];
      readonly problems: readonly ParseProblem[];
    };

/**
 * In UTF-16 code units. CloudFormation takes a template body of at most 1 MB
 * (https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html), so what is far
 * larger is no template that could be deployed, and is not worth the time that reading it would take.
 */
const longestTemplate = 5 * 1024 * 1024;

type TextOf = (file: string) => string | undefined;

/** What is at hand for reading a file. */
export interface ReadingAids {
  /** The documents of the text. @throws RangeError where they cannot be read */
  readonly documents: () => readonly ReadDocument[];
  /** Whether the text has the name of the macro that includes others. */
  readonly mayInclude: boolean;
  /** The text of a file that it includes, by absolute path; undefined where it is not at hand. */
  readonly textOf: TextOf;
}

/** For what is no CloudFormation. */
export const notATemplate: TemplateFile = { kind: 'not-a-template' };

/**
 * Reads the templates of one file that may hold some. Never throws.
 *
 * @param file Absolute path or URI, by which related places name it.
 */
export function readTemplateFile(
  text: string,
  file: string,
  { documents, mayInclude, textOf }: ReadingAids,
): TemplateFile {
  if (isTooLong(text)) return judgeHugeText(text);
  try {
    return readTemplates(text, file, documents(), mayInclude ? textOf : undefined);
  } catch (error) {
    if (error instanceof RangeError) {
      return {
        kind: 'unreadable',
        message: t('It is nested too deeply, or repeats itself too often, to be read'),
      };
    }
    throw error;
  }
}

/** A template cannot do without one of these keys. One pattern is found far faster than two texts, one after the other. */
const templateKeys = /Resources|AWSTemplateFormatVersion/g;

/** What may stand behind a key; its colon may be still to come. */
const behindKey = /["']?[ \t]*(?:[:#{\r\n]|$)/y;

/** How a list begins, of which no template consists. */
const listStart = /^\uFEFF?\s*\[/;

/** Whether a text may be a template, so that most other files are never parsed, whatever words they have. */
export function mayBeTemplate(text: string): boolean {
  if (listStart.test(text)) return false;
  for (const { 0: key, index } of text.matchAll(templateKeys)) {
    behindKey.lastIndex = index + key.length;
    if (behindKey.test(text) && mayBeginKey(text, index)) return true;
  }
  return false;
}

/** Whether a key may begin there: at the beginning of a line, behind a bracket or a comma, or where YAML marks one. */
function mayBeginKey(text: string, offset: number): boolean {
  let at = offset - 1;
  if (text[at] === '"' || text[at] === "'") at -= 1;
  while (at >= 0 && ' \t\uFEFF'.includes(text[at]!)) at -= 1;
  return at < 0 || '\r\n{,?-'.includes(text[at]!);
}

/** Whether it is too long to be read. */
export function isTooLong(text: string): boolean {
  return text.length > longestTemplate;
}

function judgeHugeText(text: string): TemplateFile {
  if (!text.includes('AWS::EC2::')) return notATemplate;
  const size = (text.length / 1024 / 1024).toFixed(1);
  return {
    kind: 'unreadable',
    message: t('It is {0} MB large; CloudFormation takes templates of at most 1 MB', size),
  };
}

/** `AWS::Include` takes no file that itself includes another, so one level is all there is. */
function withIncludes(document: ReadDocument, file: string, textOf: TextOf): ReadDocument {
  if (document.root === undefined) return document;
  const root = insertIncludes(document.root, ({ location }) => {
    const included = textOf(beside(file, location));
    return included === undefined ? undefined : readDocuments(included)[0]?.root;
  });
  return { ...document, root };
}

function readTemplates(
  text: string,
  file: string,
  documents: readonly ReadDocument[],
  textOf: TextOf | undefined,
): TemplateFile {
  const templates: Template[] = [];
  const ofTemplates: ReadDocument[] = [];
  for (const document of documents) {
    const whole = textOf === undefined ? document : withIncludes(document, file, textOf);
    const template = readTemplate(whole, file);
    if (template === undefined) continue;
    templates.push(template);
    ofTemplates.push(document);
  }
  if (templates.length === 0) return notATemplate;
  if (ofTemplates.some(({ problems }) => problems.length > 0) && hasPlaceholders(text)) {
    return {
      kind: 'unreadable',
      message: t('It has placeholders of a template engine ({{ }}, {% %} or <% %>)'),
    };
  }
  return {
    kind: 'templates',
    templates,
    // While it is typed, there are others.
    get problems() {
      return ofTemplates.flatMap(({ problems }) => problems);
    },
  };
}

/**
 * Whether a template engine has yet to fill it in; then mistakes are none of its author's. `{{resolve:…}}` is
 * CloudFormation's own.
 */
export function hasPlaceholders(text: string): boolean {
  return /\{\{(?!\s*resolve:)|\{%|<%/.test(text);
}
