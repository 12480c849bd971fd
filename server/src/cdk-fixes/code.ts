/** Code of one language, before its lines are broken. */
export type Code = string | Brackets | readonly Code[];

export interface Brackets {
  readonly open: string;
  readonly close: string;
  readonly items: readonly Code[];
  /** Never on one line. */
  readonly isBroken: boolean;
  /** A space inside each bracket where it is on one line. */
  readonly isPadded: boolean;
  /** A comma behind the last item where each has its own line. */
  readonly trailingComma: boolean;
  /** The last item may be broken while the others stay beside the bracket: `f(a, {` */
  readonly hugsLast: boolean;
}

export interface Page {
  /** One step of indentation. */
  readonly unit: string;
  readonly lineEnd: string;
  /** Columns that a line may have. */
  readonly width: number;
}

/**
 * Breaks lines where they would be too long, from the outermost brackets inwards.
 *
 * @param indentation Of the line that the code begins in.
 * @param column Where in its line it begins.
 */
export function print(code: Code, indentation: string, column: number, page: Page): string {
  return printed(code, indentation, column, page, 0);
}

/** @param room Columns that what follows in the line takes. */
function printed(code: Code, indentation: string, column: number, page: Page, room: number): string {
  if (typeof code === 'string') return code;
  const flat = flatText(code);
  if (flat !== undefined && column + flat.length + room <= page.width) return flat;
  if (!isBrackets(code)) return printedSequence(code, indentation, column, page, room);
  return printedBrackets(code, indentation, column, page);
}

function printedSequence(
  parts: readonly Code[],
  indentation: string,
  column: number,
  page: Page,
  room: number,
): string {
  let text = '';
  for (const [index, part] of parts.entries()) {
    const lineStart = text.lastIndexOf('\n') + 1;
    const at = lineStart === 0 ? column + text.length : text.length - lineStart;
    const rest = parts
      .slice(index + 1)
      .reduce<number>((sum, next) => sum + (flatText(next)?.length ?? 0), room);
    text += printed(part, indentation, at, page, rest);
  }
  return text;
}

function printedBrackets(brackets: Brackets, indentation: string, column: number, page: Page): string {
  const { open, close, items, trailingComma, hugsLast } = brackets;
  const last = items.at(-1);
  if (last === undefined) return open + close;
  if (hugsLast && isBrackets(last)) {
    const before = items.slice(0, -1).map((item) => `${flatText(item) ?? ''}, `);
    const head = open + before.join('');
    if (
      items.slice(0, -1).every((item) => flatText(item) !== undefined) &&
      column + head.length < page.width
    ) {
      return head + printedBrackets(last, indentation, column + head.length, page) + close;
    }
  }
  const inner = indentation + page.unit;
  const lines = items.map((item) => inner + printed(item, inner, inner.length, page, 1));
  return [open, `${lines.join(`,${page.lineEnd}`)}${trailingComma ? ',' : ''}`, indentation + close].join(
    page.lineEnd,
  );
}

/** The code on one line; undefined where it may not be. */
export function flatText(code: Code): string | undefined {
  if (typeof code === 'string') return code;
  if (isBrackets(code)) {
    if (code.isBroken) return undefined;
    const items = allFlat(code.items);
    if (items === undefined) return undefined;
    const padding = code.isPadded && items.length > 0 ? ' ' : '';
    return code.open + padding + items.join(', ') + padding + code.close;
  }
  return allFlat(code)?.join('');
}

function allFlat(codes: readonly Code[]): string[] | undefined {
  const texts = codes.flatMap((code) => flatText(code) ?? []);
  return texts.length === codes.length ? texts : undefined;
}

function isBrackets(code: Code): code is Brackets {
  return typeof code === 'object' && 'open' in code;
}
