import { readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import type { FindingCode } from '../../server/src/coverage/model.ts';
import { buildIfOutdated, run } from './command.ts';

const projectFolder = path.join(import.meta.dirname, '../..');

beforeAll(buildIfOutdated);

it('docs/json-report.md shows what its command prints', async () => {
  const page = readFileSync(path.join(projectFolder, 'docs/json-report.md'), 'utf8');
  const command = /```sh\nflow-log-guard (?<args>.*)\n```/.exec(page)?.groups?.['args'] ?? '';
  const shown = /```json\n(?<report>.*?)```/s.exec(page)?.groups?.['report'] ?? '';
  const { stdout } = await run(command.split(' '), { cwd: projectFolder });
  expect(JSON.parse(shown)).toEqual(JSON.parse(stdout));
});

it('schema and page name every code', () => {
  // A code that is missing here, or one too many, is an error of types.
  const codes: Record<FindingCode, true> = {
    'vpc-no-flow-log': true,
    'vpc-flow-log-accept-only': true,
    'vpc-flow-log-conditional': true,
    'vpc-flow-log-unknown': true,
    'flow-log-target-invalid': true,
    'flow-log-property-invalid': true,
    'flow-log-delivery-denied': true,
    'log-group-no-retention': true,
    'suppression-unused': true,
    'suppression-misspelled': true,
  };
  const schema = readFileSync(path.join(projectFolder, 'schemas/report.schema.json'), 'utf8');
  const { definitions } = JSON.parse(schema) as {
    definitions: { finding: { properties: { code: { enum: string[] } } } };
  };
  expect(definitions.finding.properties.code.enum).toEqual(Object.keys(codes));
  const page = readFileSync(path.join(projectFolder, 'docs/json-report.md'), 'utf8');
  expect(Object.keys(codes).filter((code) => !page.includes(`| \`${code}\``))).toEqual([]);
});

it('the examples are what their README says', async () => {
  const { stdout, stderr } = await run(['check', '--format', 'json', '.'], {
    cwd: path.join(projectFolder, 'examples'),
  });
  const { vpcs, errors } = JSON.parse(stdout) as {
    vpcs: { file: string; verdict: string }[];
    errors: unknown[];
  };
  expect(vpcs.map(({ file, verdict }) => [file, verdict])).toEqual([
    ['cdk/cdk.out/Sandbox.template.json', 'missing'],
    ['cdk/cdk.out/Services.template.json', 'covered'],
    ['cloudformation/accept-only.yaml', 'wrong-traffic'],
    ['cloudformation/conditional.yaml', 'conditional'],
    ['cloudformation/covered.yaml', 'covered'],
    ['cloudformation/network.json', 'missing'],
    ['cloudformation/network.yaml', 'missing'],
    ['sam/template.yaml', 'missing'],
  ]);
  expect({ errors, stderr }).toEqual({ errors: [], stderr: '' });
});
