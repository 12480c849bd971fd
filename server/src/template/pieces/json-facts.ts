import type { EntryFacts } from '../syntax.ts';

/** Of what is no mapping. */
export const noFacts: EntryFacts = {
  isMapping: false,
  type: undefined,
  condition: undefined,
  metadataKeys: [],
};

/** What a text says as JSON; undefined where it is none. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

type Data = Readonly<Record<string, unknown>>;

/** The facts of an entry; undefined where its value cannot be told. */
export function factsOfData(value: unknown, name: string): EntryFacts | undefined {
  if (value === undefined) return undefined;
  if (!isObject(value)) return noFacts;
  const { Type: type, Condition: condition, Metadata: metadata } = value;
  // Numbers count as they are written, which is not told from their value.
  if (typeof type === 'number' || typeof condition === 'number') return undefined;
  return {
    isMapping: true,
    type: scalarText(type),
    condition: scalarText(condition),
    metadataKeys: [
      ...(isObject(metadata) ? Object.keys(metadata) : []),
      ...(name === 'Metadata' ? Object.keys(value) : []),
    ],
  };
}

function scalarText(value: unknown): string | undefined {
  if (typeof value === 'boolean') return String(value);
  return typeof value === 'string' ? value : undefined;
}

function isObject(value: unknown): value is Data {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
