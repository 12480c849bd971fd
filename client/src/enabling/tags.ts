/** `team=network, cost-center=42` as tags. */
export function parseTags(text: string): Readonly<Record<string, string>> {
  const pairs = text
    .split(',')
    .map((pair) => pair.trim())
    .filter((pair) => pair !== '');
  return Object.fromEntries(
    pairs.map((pair) => {
      const [key = '', ...value] = pair.split('=');
      return [key.trim(), value.join('=').trim()];
    }),
  );
}

export function tagsAsText(tags: Readonly<Record<string, string>>): string {
  return Object.entries(tags)
    .map(([key, value]) => `${key}=${value}`)
    .join(', ');
}

export type TagProblem = 'too-many' | 'no-key' | 'no-value' | 'reserved' | 'too-long' | 'twice';

/**
 * What is wrong with tags as they are typed, or undefined.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/Using_Tags.html#tag-restrictions
 */
export function problemOfTags(text: string): TagProblem | undefined {
  const pairs = text
    .split(',')
    .map((pair) => pair.trim())
    .filter((pair) => pair !== '');
  if (pairs.length > 50) return 'too-many';
  const keys = pairs.map((pair) => pair.split('=')[0]?.trim() ?? '');
  if (pairs.some((pair) => !pair.includes('='))) return 'no-value';
  if (keys.includes('')) return 'no-key';
  if (keys.some((key) => key.toLowerCase().startsWith('aws:'))) return 'reserved';
  if (new Set(keys).size < keys.length) return 'twice';
  const tags = Object.entries(parseTags(text));
  return tags.some(([key, value]) => key.length > 128 || value.length > 256) ? 'too-long' : undefined;
}
