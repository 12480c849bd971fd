import { isDeepStrictEqual } from 'node:util';
import { expect, test } from 'vitest';
import type { Change } from '../../server/src/fixes/writer/changes.ts';
import { editTemplate, type Edited } from '../../server/src/fixes/writer/edit-template.ts';
import { nameGiver } from '../../server/src/fixes/names.ts';
import { ref, type Fields } from '../../server/src/fixes/writer/values.ts';
import {
  isPath,
  openTemplate,
  resourcePath,
  type Path,
  type WholeTemplate,
} from '../../server/src/fixes/writer/written-template.ts';
import { readDocuments } from '../../server/src/template/read.ts';
import type { Resource } from '../../server/src/template/model.ts';
import { child } from '../../server/src/template/syntax.ts';
import { readTemplate } from '../../server/src/template/template.ts';
import { toEnd } from '../../server/src/template/steps.ts';
import { asJson } from '../unit/as-json.ts';
import { asFields, isDataList, isObject, type Data, type DataFields } from '../property/plain-data.ts';
import { isCorpusThere, labelledFiles, skipNote, textOfFile } from './labels.ts';

interface Target {
  readonly file: string;
  readonly text: string;
  readonly template: WholeTemplate;
  readonly resource: Resource;
  readonly path: Path;
}

type JsonObject = { [name: string]: unknown };

/** The VPCs and flow logs of all real templates that can be read. */
function targets(): { readonly found: readonly Target[]; readonly unreadable: readonly string[] } {
  const found: Target[] = [];
  const unreadable: string[] = [];
  for (const { file } of labelledFiles()) {
    const text = textOfFile('real', file);
    for (const document of readDocuments(text)) {
      const resources = [...(readTemplate(document)?.resources.values() ?? [])].filter(({ type }) =>
        ['AWS::EC2::VPC', 'AWS::EC2::FlowLog'].includes(type),
      );
      for (const resource of resources) {
        const template = toEnd(openTemplate(text, resource.span.start));
        const path = template.kind === 'refused' ? template : resourcePath(template, resource);
        if (template.kind === 'template' && isPath(path))
          found.push({ file, text, template, resource, path });
        else unreadable.push(`${file}: ${resource.logicalId}`);
      }
    }
  }
  return { found, unreadable };
}

/** What the documents of a text say, with a change made to the one of the template. */
function dataOf(text: string, index = -1, change: (root: JsonObject) => void = () => {}): unknown[] {
  return jsonOf(text).map((json, at) => {
    const data = JSON.parse(json, alike) as JsonObject;
    if (at === index) change(data);
    return data;
  });
}

/** Text → its documents as JSON; only of what has just been read. */
const known = new Map<string, readonly string[]>();

function jsonOf(text: string): readonly string[] {
  const found =
    known.get(text) ??
    readDocuments(text).map(({ root, problems }) => {
      expect(problems).toEqual([]);
      return root === undefined ? 'null' : asJson(root);
    });
  if (known.size > 10) known.clear();
  known.set(text, found);
  return found;
}

/** `A.B` and `[A, B]` are the same to `Fn::GetAtt`. */
function alike(name: string, value: unknown): unknown {
  if (name !== 'Fn::GetAtt' || typeof value !== 'string' || !value.includes('.')) return value;
  return [value.slice(0, value.indexOf('.')), value.slice(value.indexOf('.') + 1)];
}

function resourceIn(root: JsonObject, path: Path): JsonObject {
  return path.reduce<unknown>((data, step) => (data as JsonObject)[step], root) as JsonObject;
}

/** Expects that an edit only adds, whole lines or within one, and leaves every other line as it is. */
function expectAddition(before: string, { edits, text }: Edited): void {
  for (const { span } of edits) expect(span.start).toBe(span.end);
  // A comma behind what was the last is all that changes on a line.
  const withoutComma = (line: string): string => line.replace(/,?\r?$/, '');
  const linesOf = (whole: string): string[] => whole.split('\n').map(withoutComma);
  const after = linesOf(text);
  let at = 0;
  if (before.split('\n').length < 3) return;
  for (const line of linesOf(before)) {
    at = after.indexOf(line, at) + 1;
    expect(at, `lost: ${line}`).toBeGreaterThan(0);
  }
  const lineEnds = (whole: string): Set<string> => new Set(whole.match(/\r?\n/g));
  for (const lineEnd of lineEnds(text)) expect(lineEnds(before)).toContain(lineEnd);
}

function newResources(name: (role: string) => string, owner: string): Readonly<Record<string, DataFields>> {
  const group = name('FlowLogGroup');
  const role = name('FlowLogRole');
  return {
    [group]: { Type: 'AWS::Logs::LogGroup', Properties: { RetentionInDays: 90 } },
    [role]: {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Principal: { Service: 'vpc-flow-logs.amazonaws.com' },
              Action: 'sts:AssumeRole',
              Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
            },
          ],
        },
      },
    },
    [name('FlowLog')]: {
      Type: 'AWS::EC2::FlowLog',
      Properties: {
        ResourceId: { Ref: owner },
        ResourceType: 'VPC',
        TrafficType: 'ALL',
        LogGroupName: { Ref: group },
        DeliverLogsPermissionArn: { 'Fn::GetAtt': [role, 'Arn'] },
        Tags: [{ Key: 'Name', Value: { 'Fn::Sub': '${AWS::StackName}-log' } }],
      },
    },
  };
}

/** Every scalar is text to the reader. */
function asRead(data: Data): unknown {
  if (!isObject(data)) return String(data);
  if (isDataList(data)) return data.map(asRead);
  return Object.fromEntries(Object.entries(data).map(([name, value]) => [name, asRead(value)]));
}

test.skipIf(!isCorpusThere)(
  `real templates gain resources, properties and parameters, and lose them again${skipNote}`,
  { timeout: 300_000 },
  () => {
    const { found, unreadable } = targets();
    for (const { file, text, template, resource, path } of found) {
      const where = `${file}: ${resource.logicalId}`;
      const giver = nameGiver(template.root);
      const id = String(path.at(-1));
      const added = newResources((role) => giver.ofResource(id, role), id);
      const section = path.slice(0, -1);
      const property = [...path, 'Properties', 'Added'];
      const parameter = giver.parameter('Added');
      const result = toEnd(
        editTemplate(template, [
          { kind: 'add-resources', beside: path, resources: asFields(added) as Record<string, Fields> },
          { kind: 'set', at: property, value: [{ Key: ref('X') }] },
          { kind: 'add-entries', to: ['Parameters'], entries: { [parameter]: { Default: '0123' } } },
        ]),
      );
      if (result.kind === 'refused') throw new Error(`${where}: ${result.why}`);
      expectAddition(text, result);
      const said = dataOf(result.text);
      const meant = dataOf(text, template.documentIndex, (root) => {
        Object.assign(resourceIn(root, section), asRead(added));
        resourceIn(root, [...path, 'Properties'])['Added'] = [{ Key: { Ref: 'X' } }];
        root['Parameters'] = {
          ...(root['Parameters'] as JsonObject | undefined),
          [parameter]: { Default: '0123' },
        };
      });
      // Far faster than vitest's own comparison, which then shows what differs.
      if (!isDeepStrictEqual(said, meant)) expect(said, where).toEqual(meant);

      const hadParameters = child(template.root, 'Parameters') !== undefined;
      const paths = [
        ...Object.keys(added).map((name) => [...section, name]),
        property,
        hadParameters ? ['Parameters', parameter] : ['Parameters'],
      ];
      expect(withoutPaths(result.text, resource.span.start, paths), where).toBe(text);
    }
    console.log(
      [
        `${found.length} VPCs and flow logs of real templates edited, all right;`,
        `not tried, as the file has syntax errors: ${unreadable.join(', ')}`,
      ].join('\n'),
    );
    expect(found.length).toBeGreaterThan(300);
    expect(unreadable.length).toBeLessThan(5);
  },
);

function withoutPaths(text: string, offset: number, paths: readonly Path[]): string {
  const template = toEnd(openTemplate(text, offset));
  const changes = paths.map((at): Change => ({ kind: 'remove', at }));
  const result = template.kind === 'refused' ? template : toEnd(editTemplate(template, changes));
  return result.kind === 'refused' ? result.why : result.text;
}
