/** Where the line begins that an offset is on; behind the byte-order mark of the first. */
export function lineStart(text: string, offset: number): number {
  const start = offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
  return start === 0 && text.startsWith('\uFEFF') ? 1 : start;
}

/** Where the line ends that an offset is on, before its line end. */
export function lineEnd(text: string, offset: number): number {
  const next = text.indexOf('\n', offset);
  if (next < 0) return text.length;
  return next > offset && text[next - 1] === '\r' ? next - 1 : next;
}

/** Where the next line begins, or undefined on the last. */
export function nextLineStart(text: string, offset: number): number | undefined {
  const next = text.indexOf('\n', offset);
  return next < 0 ? undefined : next + 1;
}

/** Characters before an offset on its line. */
export function columnOf(text: string, offset: number): number {
  return offset - lineStart(text, offset);
}

/** Spaces and tabs that the line of an offset begins with. */
export function indentationOf(text: string, offset: number): string {
  const start = lineStart(text, offset);
  let end = start;
  while (text[end] === ' ' || text[end] === '\t') end += 1;
  return text.slice(start, end);
}

/** Whether nothing but spaces stands before an offset on its line. */
export function isFirstOnLine(text: string, offset: number): boolean {
  let start = offset;
  while (text[start - 1] === ' ' || text[start - 1] === '\t') start -= 1;
  // Where something else stands before it, the line is not gone through: a template may be a single one.
  return start === 0 || text[start - 1] === '\n' || (start === 1 && text.startsWith('\uFEFF'));
}

/** Whether two offsets are on one line. */
export function isSameLine(text: string, start: number, end: number): boolean {
  return !text.slice(start, end).includes('\n');
}

/** How many blank lines follow each other from the beginning of a line on. */
export function blankLinesFrom(text: string, start: number): number {
  let count = 0;
  for (let line: number | undefined = start; line !== undefined && line < text.length; count += 1) {
    if (text.slice(line, lineEnd(text, line)).trim() !== '') break;
    line = nextLineStart(text, line);
  }
  return count;
}

/** Where the blank lines begin that end at the beginning of a line; that beginning itself where there are none. */
export function blankLinesBefore(text: string, start: number): number {
  let line = start;
  while (line > 0) {
    const previous = lineStart(text, line - 1);
    if (previous >= line || text.slice(previous, line).trim() !== '') break;
    line = previous;
  }
  return line;
}
