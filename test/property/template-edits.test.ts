import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Change } from '../../server/src/fixes/writer/changes.ts';
import type { Edited } from '../../server/src/fixes/writer/edit-template.ts';
import { readDocuments } from '../../server/src/template/read.ts';
import { readTemplate } from '../../server/src/template/template.ts';
import { edit } from '../unit/edited.ts';
import {
  asFields,
  asValue,
  isDataList,
  isObject,
  readPlainly,
  type Data,
  type DataFields,
} from './plain-data.ts';
import {
  resources,
  styles,
  templates,
  values,
  writeTemplate,
  type WritingStyle,
} from './styled-templates.ts';

/** For a slow machine; the runs are counted, not timed. */
const timeout = 120_000;
const numRuns = 400;

interface Sample {
  readonly template: DataFields;
  readonly style: WritingStyle;
  readonly text: string;
  /** Of one of the resources. */
  readonly id: string;
}

const samples: fc.Arbitrary<Sample> = fc.tuple(templates, styles, fc.nat()).map(([template, style, pick]) => {
  const ids = Object.keys(fieldsIn(template, 'Resources'));
  return { template, style, text: writeTemplate(template, style), id: ids[pick % ids.length]! };
});

function fieldsIn(fields: DataFields, name: string): DataFields {
  const found = fields[name];
  return found !== undefined && isObject(found) && !isDataList(found) ? found : {};
}

/** The template with one of its resources changed. */
function withResource({ template, id }: Sample, change: (resource: DataFields) => DataFields): DataFields {
  const all = fieldsIn(template, 'Resources');
  return { ...template, Resources: { ...all, [id]: change(fieldsIn(all, id)) } };
}

function withProperties(sample: Sample, change: (properties: DataFields) => DataFields): DataFields {
  return withResource(sample, (resource) => ({
    ...resource,
    Properties: change(fieldsIn(resource, 'Properties')),
  }));
}

/** Makes an edit and expects that the text says what it should, in lines that end as the others do. */
function expectEdit(sample: Sample, changes: readonly Change[], expected: DataFields): Edited {
  const result = edit(sample.text, changes);
  expect(readPlainly(result.text)).toEqual(expected);
  const documents = readDocuments(result.text);
  expect(documents.flatMap(({ problems }) => problems)).toEqual([]);
  expect([...readTemplate(documents[0]!)!.resources.keys()].toSorted()).toEqual(
    Object.keys(fieldsIn(expected, 'Resources')).toSorted(),
  );
  // A text of one line shows no line end.
  const { lineEnd } = sample.style;
  if (sample.text.includes('\n')) {
    expect(result.text.replaceAll(lineEnd, '')).not.toMatch(lineEnd === '\n' ? /\r\n/ : /\n/);
  }
  return result;
}

/** Expects that an edit has only added to the text. */
function expectNothingGone({ edits }: Edited): void {
  for (const { span } of edits) expect(span.start).toBe(span.end);
}

function commentsIn(text: string): readonly string[] {
  return text.match(/# c\d+/g) ?? [];
}

test('the samples are written as they are meant', { timeout }, () => {
  fc.assert(
    fc.property(samples, ({ template, text }) => {
      expect(readPlainly(text)).toEqual(template);
    }),
    { numRuns },
  );
});

test('adding resources adds lines, and removing them again leaves the old text', { timeout }, () => {
  fc.assert(
    fc.property(samples, resources, fc.constantFrom('after', 'before'), (sample, resource, side) => {
      const { template, text, id, style } = sample;
      const beside = ['Resources', id];
      const expected = { ...template, Resources: { ...fieldsIn(template, 'Resources'), Added: resource } };
      const added: Change = { kind: 'add-resources', beside, side, resources: { Added: asFields(resource) } };
      const result = expectEdit(sample, [added], expected);
      expectNothingGone(result);
      expect(commentsIn(result.text)).toEqual(commentsIn(text));
      const isOverLines = style.format === 'yaml' || !style.isOneLine;
      if (isOverLines) expect(indentationOf(result.text, 'Added')).toBe(indentationOf(text, id));
      const removed = edit(result.text, [{ kind: 'remove', at: ['Resources', 'Added'] }]);
      expect(removed.text).toBe(text);
    }),
    { numRuns },
  );
});

/** Spaces and tabs before a key. */
function indentationOf(text: string, key: string): string | undefined {
  return new RegExp(`^([ \\t]*)["']?${key}["']?:`, 'm').exec(text)?.[1];
}

test('adding a property adds lines, and removing it again leaves the old text', { timeout }, () => {
  fc.assert(
    fc.property(samples, values, (sample, value) => {
      const { text, id } = sample;
      const at = ['Resources', id, 'Properties', 'Added'];
      const expected = withProperties(sample, (properties) => ({ ...properties, Added: value }));
      const result = expectEdit(sample, [{ kind: 'set', at, value: asValue(value) }], expected);
      expectNothingGone(result);
      expect(commentsIn(result.text)).toEqual(commentsIn(text));
      expect(edit(result.text, [{ kind: 'remove', at }]).text).toBe(text);
    }),
    { numRuns },
  );
});

test('setting a property changes nothing outside of it', { timeout }, () => {
  fc.assert(
    fc.property(samples, values, fc.nat(), (sample, value, pick) => {
      const { text, id } = sample;
      const names = Object.keys(fieldsIn(fieldsIn(fieldsIn(sample.template, 'Resources'), id), 'Properties'));
      const name = names[pick % names.length]!;
      const at = ['Resources', id, 'Properties', name];
      const expected = withProperties(sample, (properties) => ({ ...properties, [name]: value }));
      const result = expectEdit(sample, [{ kind: 'set', at, value: asValue(value) }], expected);
      const last = result.edits.at(-1)?.span.end ?? 0;
      const first = result.edits[0]?.span.start ?? 0;
      expect(text.slice(0, first)).toContain(name);
      const others = names.slice(names.indexOf(name) + 1);
      for (const other of others) expect(text.slice(last)).toContain(other);
    }),
    { numRuns },
  );
});

test('appending to a list, or to what stands for one, keeps what is there', { timeout }, () => {
  fc.assert(
    fc.property(samples, values, fc.constantFrom('Tags', 'Statement', 'New'), (sample, value, name) => {
      const to = ['Resources', sample.id, 'Properties', name];
      const expected = withProperties(sample, (properties) => ({
        ...properties,
        [name]: [...asList(properties[name]), value],
      }));
      const item = asValue(value);
      const { text } = expectEdit(sample, [{ kind: 'append', to, items: [item] }], expected);
      expect(commentsIn(text)).toEqual(commentsIn(sample.text));
    }),
    { numRuns },
  );
});

function asList(data: Data | undefined): readonly Data[] {
  if (data === undefined) return [];
  return isObject(data) && isDataList(data) ? data : [data];
}

test('several changes at once', { timeout }, () => {
  fc.assert(
    fc.property(samples, values, resources, (sample, value, resource) => {
      const { id } = sample;
      const resourcePath = ['Resources', id];
      const inProperties = (name: string): readonly string[] => [...resourcePath, 'Properties', name];
      const changed = withResource(sample, (attributes) => {
        const { Tags: tags, ...others } = fieldsIn(attributes, 'Properties');
        const properties = Object.fromEntries(
          Object.entries(others).filter(([name]) => name !== 'Statement'),
        );
        const dependsOn = asList(attributes['DependsOn']);
        return {
          ...attributes,
          DependsOn: dependsOn.length === 0 ? 'First' : [...dependsOn, 'First'],
          Metadata: { tool: { note: value } },
          Properties: { ...properties, Tags: [...asList(tags), value], New: value },
        };
      });
      const expected = {
        ...changed,
        Parameters: { ...fieldsIn(changed, 'Parameters'), Bucket: { Type: 'String' } },
        Conditions: { HasBucket: { 'Fn::Equals': [{ Ref: 'Bucket' }, ''] } },
        Resources: { ...fieldsIn(changed, 'Resources'), First: resource, Second: resource },
      };
      const { text } = expectEdit(
        sample,
        [
          { kind: 'add-resources', beside: resourcePath, resources: { First: asFields(resource) } },
          { kind: 'append', to: [...resourcePath, 'DependsOn'], items: ['First'] },
          { kind: 'set', at: [...resourcePath, 'Metadata', 'tool', 'note'], value: asValue(value) },
          { kind: 'remove', at: inProperties('Statement') },
          { kind: 'append', to: inProperties('Tags'), items: [asValue(value)] },
          { kind: 'add-entries', to: ['Parameters'], entries: { Bucket: { Type: 'String' } } },
          { kind: 'add-resources', beside: resourcePath, resources: { Second: asFields(resource) } },
          { kind: 'set', at: inProperties('New'), value: asValue(value) },
          {
            kind: 'add-entries',
            to: ['Conditions'],
            entries: { HasBucket: asValue({ 'Fn::Equals': [{ Ref: 'Bucket' }, ''] }) },
          },
        ],
        expected,
      );
      expect(text.indexOf('First')).toBeLessThan(text.lastIndexOf('Second'));
    }),
    { numRuns },
  );
});
