import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { preferring } from '../../server/src/fixes/options.ts';
import { defaultSettings, parseSettings } from '../../server/src/lsp/settings.ts';

interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly enum?: readonly unknown[];
  readonly default?: unknown;
}

const root = path.resolve(import.meta.dirname, '../..');
const prefix = 'flowLogGuard.flowLog.';

function json(file: string): unknown {
  return JSON.parse(readFileSync(path.join(root, file), 'utf8'));
}

const manifest = json('package.json') as {
  contributes: { configuration: { properties: Record<string, Schema> }[] };
};
const settings = manifest.contributes.configuration
  .flatMap(({ properties }) => Object.entries(properties))
  .filter(([name]) => name.startsWith(prefix))
  .map(([name, schema]) => [name.slice(prefix.length), schema] as const);

/** The keys of a schema that hold a value, such as `s3.prefix`. */
function leaves({ properties }: Schema, before = ''): (readonly [string, Schema])[] {
  return Object.entries(properties ?? {}).flatMap(([name, schema]) =>
    schema.properties === undefined
      ? [[before + name, schema] as const]
      : leaves(schema, `${before}${name}.`),
  );
}

test('the editor has a setting for each key of a project file, with the same choices', () => {
  const projectFile = (json('schemas/project-file.schema.json') as Schema).properties!['flowLog']!;
  const choices = (keys: readonly (readonly [string, Schema])[]): unknown[] =>
    keys.map(([name, schema]) => [name, schema.enum]);
  expect(choices(settings)).toEqual(choices(leaves(projectFile)));
});

test('the defaults of the editor are valid', () => {
  const flowLog: Record<string, unknown> = {};
  for (const [name, schema] of settings) {
    const [first, second] = name.split('.') as [string, string | undefined];
    if (second === undefined) flowLog[first] = schema.default;
    else flowLog[first] = { ...(flowLog[first] as object), [second]: schema.default };
  }
  const parsed = parseSettings({ flowLog });
  expect(parsed.problems).toEqual([]);
  expect(parsed.settings).not.toEqual(defaultSettings);
});

test('what a project file says goes before the settings, key by key', () => {
  const editor = { destination: 's3', s3: { prefix: 'a', fileFormat: 'parquet' }, tags: { a: '1' } } as const;
  const project = { s3: { prefix: 'b' }, trafficType: 'REJECT', tags: { b: '2' } } as const;
  expect(preferring(project, editor)).toMatchObject({
    destination: 's3',
    trafficType: 'REJECT',
    s3: { prefix: 'b', fileFormat: 'parquet' },
    tags: { a: '1', b: '2' },
  });
});
