import schema from '../../../../schemas/project-file.schema.json' with { type: 'json' };
import { paragraph } from '../prose.ts';
import type { Completion } from './completion.ts';
import type { CompletionContext } from './context.ts';

interface Schema {
  readonly description?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly enum?: readonly (string | number)[];
  readonly enumDescriptions?: readonly string[];
  readonly type?: string;
  readonly $ref?: string;
  readonly definitions?: Readonly<Record<string, Schema>>;
}

const root: Schema = schema;

/** The keys and values of `.flow-log-guard.yaml`, as its schema has them. */
export function projectFileCompletions(context: CompletionContext): Completion[] {
  const { path, key, span, hasColon, siblings, before } = context;
  const around = path.reduce<Schema | undefined>((within, name) => member(within, name), root);
  if (key === undefined) {
    return Object.entries(around?.properties ?? {})
      .filter(([name]) => !siblings.has(name))
      .map(([name, given]): Completion => {
        const { description, properties, type } = resolved(given);
        const isNested = properties !== undefined || type === 'array' || type === 'object';
        const about = given.description ?? description;
        return {
          label: name,
          kind: 'property',
          ...(about !== undefined && { documentation: [paragraph(about)] }),
          span,
          newText: hasColon ? name : `${name}:${isNested ? '' : ' '}`,
        };
      });
  }
  const { enum: values, enumDescriptions, type } = member(around, key) ?? {};
  const options = values ?? (type === 'boolean' ? ['true', 'false'] : []);
  return /^["']/.test(before)
    ? []
    : options.map((value, index): Completion => {
        const about = enumDescriptions?.[index];
        return {
          label: String(value),
          kind: 'value',
          ...(about !== undefined && { documentation: [paragraph(about)] }),
          span,
          newText: String(value),
        };
      });
}

function member(within: Schema | undefined, name: string): Schema | undefined {
  const found = within?.properties;
  const given = found !== undefined && Object.hasOwn(found, name) ? found[name] : undefined;
  return given && resolved(given);
}

function resolved(given: Schema): Schema {
  const name = given.$ref?.replace('#/definitions/', '');
  return name === undefined ? given : { ...root.definitions?.[name], ...given };
}
