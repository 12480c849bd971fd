import { defaultLogFormat, logFormatFields } from '../aws/log-format-fields.ts';

/** A value of a record, or a name of a header line, and what it is of. */
export interface RecordValue {
  /** The name of the field; undefined where the format is not known. */
  readonly field: string;
  /** Undefined where the name itself stands there, in the header line. */
  readonly value: string | undefined;
  /** UTF-16 offsets in the line. */
  readonly start: number;
  readonly end: number;
}

const known: ReadonlySet<string> = new Set(logFormatFields.map(({ name }) => name));

const defaultFields = namesIn(defaultLogFormat);

/** A record with all that a format can hold is far shorter; no other line is worth splitting. */
const longestLine = 20_000;

/**
 * The fields that a header line names, as S3 and Firehose files begin; undefined for a line that is none.
 * https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-s3-path.html
 */
export function fieldsOfHeader(line: string): readonly string[] | undefined {
  if (line.length > longestLine) return undefined;
  const names = namesIn(line);
  // AWS adds fields; a header with one that is not known yet is still one.
  const isHeader =
    names.filter((name) => known.has(name)).length >= 2 &&
    names.every((name) => /^[a-z][a-z0-9-]*$/.test(name));
  return isHeader ? names : undefined;
}

/**
 * The value at a column of a line.
 *
 * @param header The fields of the file's header line; without one, a record of the default format is known by
 * its shape.
 * @param column UTF-16 offset in the line.
 */
export function valueAt(
  line: string,
  column: number,
  header: readonly string[] | undefined,
): RecordValue | undefined {
  if (line.length > longestLine) return undefined;
  const words = wordsOf(line);
  const index = words.findIndex(({ start, text }) => start <= column && column <= start + text.length);
  const word = words[index];
  if (word === undefined) return undefined;
  const place = { start: word.start, end: word.start + word.text.length };
  const names = fieldsOfHeader(line);
  if (names !== undefined) return { field: names[index] ?? '', value: undefined, ...place };

  // CloudWatch Logs exports put the time of the event before each record.
  const skipped = isTimestamp(words[0]?.text ?? '') ? 1 : 0;
  const fields = header ?? (isOfDefaultFormat(words.slice(skipped)) ? defaultFields : undefined);
  // With more or fewer values than fields, which value is of which field is not told.
  if (fields === undefined || words.length - skipped !== fields.length) return undefined;
  const field = fields[index - skipped];
  return field === undefined ? undefined : { field, value: word.text, ...place };
}

/** The names in a header line, or in a log format. */
function namesIn(line: string): readonly string[] {
  return wordsOf(line).map(({ text }) => text.replace(/^\$\{(.*)\}$/, '$1'));
}

interface Word {
  readonly text: string;
  readonly start: number;
}

function wordsOf(line: string): readonly Word[] {
  return Array.from(line.matchAll(/\S+/g), ({ 0: text, index }) => ({ text, start: index }));
}

function isTimestamp(text: string): boolean {
  return /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(text);
}

function isOfDefaultFormat(words: readonly Word[]): boolean {
  const [version, account] = words;
  return (
    words.length === defaultFields.length &&
    version?.text === '2' &&
    /^(?:\d{12}|unknown)$/.test(account?.text ?? '')
  );
}
