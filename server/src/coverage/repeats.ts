import { t } from '@vscode/l10n';
import { listOfMany } from './messages.ts';
import type { Finding } from './model.ts';

/**
 * Makes one finding of those that stand at one place with one code, as they do for the instances of a loop: the
 * first, which names the others.
 */
export function withoutRepeats(findings: readonly Finding[]): Finding[] {
  const places = new Map<string, Finding[]>();
  for (const finding of findings) {
    const { code, span } = finding;
    const place = `${code} ${span.start} ${span.end}`;
    const known = places.get(place);
    if (known === undefined) places.set(place, [finding]);
    else known.push(finding);
  }
  return [...places.values()].flatMap(([first, ...others]) =>
    first === undefined ? [] : [withLikes(first, others)],
  );
}

function withLikes(first: Finding, others: readonly Finding[]): Finding {
  const different = others.filter(({ message }) => message !== first.message);
  const names = new Set(different.map(({ logicalId }) => logicalId));
  names.delete(first.logicalId);
  if (names.size === 0) return first;
  return { ...first, message: t('{0}; likewise {1}', first.message, listOfMany([...names])) };
}
