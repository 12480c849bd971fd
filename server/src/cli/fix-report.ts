import type { FixOutcome, LeftFinding } from './fix.ts';
import { printable, type Paint } from './terminal.ts';

/** One line for each file that was written, and how many findings are gone in all. */
export function fixedText({ fixed, left }: FixOutcome): string {
  const files = fixed.map(({ file, fixedCount }) => `${printable(file)}: ${findings(fixedCount)} fixed\n`);
  const total = fixed.reduce((sum, { fixedCount }) => sum + fixedCount, 0);
  if (total === 0 && left.length === 0) return 'There was nothing to fix\n';
  return `${files.join('')}${findings(total)} fixed, ${left.length} left\n`;
}

/** One line for each finding that is left, with the reason; empty where there are none. */
export function leftText(left: readonly LeftFinding[], paint: Paint): string {
  return left
    .map(
      ({ file, logicalId, why }) =>
        `${paint('yellow', 'left')}  ${printable(file)}: ${printable(logicalId)}: ${printable(why)}\n`,
    )
    .join('');
}

function findings(amount: number): string {
  return `${amount} finding${amount === 1 ? '' : 's'}`;
}
