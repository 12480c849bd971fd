/** One line of the table. Times are milliseconds unless the unit says otherwise. */
export interface Row {
  readonly work: string;
  readonly floor: number;
  readonly ours: number;
  readonly unit: 'ms' | 'MB' | '';
  /** What `ours / floor` may be at most; a peer's row has none. */
  readonly bar: number | undefined;
  /** Where it is not the ratio that counts. */
  readonly figure?: number;
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

export function quantile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}

export function isMet(row: Row): boolean | undefined {
  return row.bar === undefined ? undefined : figureOf(row) <= row.bar;
}

function figureOf({ figure, ours, floor }: Row): number {
  return figure ?? ours / floor;
}

export function table(rows: readonly Row[]): string {
  const lines = [
    ['work', 'floor', 'ours', 'ratio', 'bar', ''],
    ...rows.map((row) => [
      row.work,
      `${format(row.floor)} ${row.unit}`.trim(),
      `${format(row.ours)} ${row.unit}`.trim(),
      format(figureOf(row)),
      row.bar === undefined ? '' : format(row.bar),
      { true: 'pass', false: 'FAIL', undefined: 'peer' }[String(isMet(row))] ?? '',
    ]),
  ];
  const widths = lines[0]!.map((_, column) => Math.max(...lines.map((line) => line[column]!.length)));
  return lines
    .map((line) =>
      line
        .map((cell, column) => (column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!)))
        .join('  '),
    )
    .join('\n');
}

function format(value: number): string {
  if (Number.isNaN(value)) return '-';
  return value >= 100 ? value.toFixed(0) : value.toFixed(value >= 10 ? 1 : 2);
}
