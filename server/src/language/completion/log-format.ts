import { t } from '@vscode/l10n';
import { defaultLogFormat, logFormatFields } from '../../aws/log-format-fields.ts';
import { paragraph } from '../prose.ts';
import type { Completion } from './completion.ts';
import type { CompletionContext } from './context.ts';

/** The fields for a log format, those that it has left out. */
export function logFormatCompletions(context: CompletionContext, text: string, offset: number): Completion[] {
  const { before, span, format, key } = context;
  const line = text.slice(span.start, span.end);
  const isSub = key === 'Fn::Sub' || /^["']?!Sub\b/.test(before);
  const open = isSub ? '${!' : '${';
  const started = /\$(?:\{!?[\w-]*)?$/.exec(before)?.[0];
  // Elsewhere within a word, it is something else that is being typed.
  if (started === undefined && !/(?:^|[\s"'}])$/.test(before)) return [];
  const start = offset - (started?.length ?? 0);
  const rest = started === undefined ? '' : (/^[\w-]*\}?/.exec(text.slice(offset, span.end))?.[0] ?? '');
  const used = new Set([...line.matchAll(/\$\{!?([\w-]+)\}/g)].map((match) => match[1]));
  const quote = format === 'json' && before === '' ? '"' : '';
  const fields = logFormatFields
    .filter(({ name }) => !used.has(name))
    .map((field): Completion => ({
      label: `${open}${field.name}}`,
      kind: 'field',
      detail: t('version {0}', field.version),
      documentation: [paragraph(t('{0}.', t(field.meaning)))],
      span: { start, end: offset + rest.length },
      newText: `${quote}${open}${field.name}}${quote}`,
      filterText: `${quote}${open}${field.name}}${quote}`,
    }));
  if (used.size > 0 || started !== undefined) return fields;
  const whole = isSub ? defaultLogFormat.replaceAll('${', '${!') : defaultLogFormat;
  const all: Completion = {
    label: t('default format'),
    kind: 'value',
    detail: t('the fields of version 2'),
    documentation: [paragraph(whole)],
    span: { start, end: offset + rest.length },
    newText: `${quote}${whole}${quote}`,
    filterText: `${quote}${whole}${quote}`,
  };
  return [...fields, all];
}
