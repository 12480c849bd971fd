import { spawnSync } from 'node:child_process';
import { beforeAll, describe, expect, it } from 'vitest';
import { bareVpc, buildIfOutdated, checkJson, folderWith, vpcRecording } from './command.ts';

beforeAll(buildIfOutdated);

const mebibyte = 1024 * 1024;
const tooLarge = 'It is 20.0 MB; CloudFormation takes templates of at most 1 MB, so it was not checked';

/** 20 MB of YAML comment, with that text from that offset on. */
function large(text: string, offset: number): Buffer {
  const content = Buffer.alloc(20 * mebibyte, '# filler\n');
  content.write(text, offset);
  return content;
}

describe('a file of 20 MB', () => {
  it.each([
    { title: 'in the middle', offset: 7 * mebibyte },
    { title: 'across the border of two chunks', offset: 3 * mebibyte - 5 },
    { title: 'at the end', offset: 20 * mebibyte - 'AWS::EC2::VPC'.length },
  ])('is an error where it speaks of EC2 resources $title', async ({ offset }) => {
    const { code, report } = await checkJson(folderWith({ 'a.yaml': large('AWS::EC2::VPC', offset) }));
    expect({ code, errors: report.errors }).toEqual({
      code: 2,
      errors: [{ file: 'a.yaml', message: tooLarge }],
    });
  });

  it('is passed over where it does not', async () => {
    const { code, report } = await checkJson(folderWith({ 'a.yaml': large('AWS::SNS::Topic', mebibyte) }));
    expect({ code, errors: report.errors }).toEqual({ code: 0, errors: [] });
  });

  it('is an error where it is named', async () => {
    const { code, report } = await checkJson(folderWith({ 'a.yaml': large('', 0) }), ['a.yaml']);
    expect({ code, errors: report.errors }).toEqual({
      code: 2,
      errors: [{ file: 'a.yaml', message: tooLarge }],
    });
  });
});

describe('a binary file called .yaml', () => {
  const binary = Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 1]), Buffer.from(bareVpc)]);

  it('is passed over on a walk', async () => {
    const { code, report } = await checkJson(folderWith({ 'a.yaml': binary }));
    expect({ code, report }).toEqual({ code: 0, report: { version: 1, vpcs: [], findings: [], errors: [] } });
  });

  it('is an error where it is named', async () => {
    const { code, report } = await checkJson(folderWith({ 'a.yaml': binary }), ['a.yaml']);
    expect({ code, errors: report.errors }).toEqual({
      code: 2,
      errors: [{ file: 'a.yaml', message: 'It is binary' }],
    });
  });
});

describe('a broken template', () => {
  it.each([
    { name: 'broken.yaml', text: 'Resources:\n  Vpc:\n    Type: "AWS::EC2::VPC\n  Other: [\n' },
    { name: 'broken.json', text: '{ "Resources": { "Vpc": { "Type": "AWS::EC2::VPC", "Properties": { ' },
  ])('is an error: $name', async ({ name, text }) => {
    const { code, report } = await checkJson(folderWith({ [name]: text, 'a.yaml': vpcRecording('ALL') }));
    expect(code).toBe(report.findings.length > 0 ? 1 : 2);
    expect(report.errors.map(({ file }) => file)).toContain(name);
    expect(report.vpcs.map(({ file }) => file)).toContain('a.yaml');
  });

  it('that is no template at all is none of our business', async () => {
    const cwd = folderWith({ 'a.yaml': 'a: [\nb: {', 'b.json': '{ "a": ', 'c.yaml': '\t{{ .Values }}\n- %' });
    const { code, report } = await checkJson(cwd);
    expect({ code, errors: report.errors }).toEqual({ code: 0, errors: [] });
  });
});

describe('an empty or odd file', () => {
  it.each(['', '\uFEFF', '---\n---\n', 'null', '[]', '"Resources"', '{}'])(
    '%j gets nothing',
    async (text) => {
      const { code, report } = await checkJson(folderWith({ 'a.yaml': text, 'b.json': text }));
      expect({ code, report }).toEqual({
        code: 0,
        report: { version: 1, vpcs: [], findings: [], errors: [] },
      });
    },
  );

  it.each([
    { title: 'JSON', name: 'a.json', text: `{"Resources":${'['.repeat(200_000)}` },
    { title: 'YAML', name: 'a.yaml', text: `Resources: ${'['.repeat(50_000)}` },
    { title: 'YAML, just too deeply', name: 'a.yaml', text: `Resources: ${'['.repeat(1500)}` },
    { title: 'YAML in dashes', name: 'a.yaml', text: `Resources:\n  ${'- '.repeat(1500)}` },
    { title: 'YAML in lines', name: 'a.yaml', text: `Resources:\n${deepLines(1500)}` },
  ])(
    'nested deeper than any stack keeps no other file from being checked: $title',
    async ({ name, text }) => {
      const { code, report } = await checkJson(folderWith({ [name]: text, 'b.yaml': bareVpc }));
      expect(code).toBe(1);
      expect(report.vpcs.map(({ file }) => file)).toEqual(['b.yaml']);
    },
  );
});

function deepLines(count: number): string {
  return Array.from({ length: count }, (_, index) => `${' '.repeat(index + 1)}a:\n`).join('');
}

describe('what is no file', () => {
  it.skipIf(process.platform === 'win32')('does not make it wait for ever', async () => {
    const cwd = folderWith({ 'b.yaml': bareVpc });
    expect(spawnSync('sh', ['-c', 'mkfifo pipe.yaml'], { cwd }).status).toBe(0);
    expect((await checkJson(cwd)).report.errors).toEqual([]);
    expect((await checkJson(cwd, ['pipe.yaml'])).report.errors).toEqual([
      { file: 'pipe.yaml', message: 'It cannot be read: it is neither a file nor a folder' },
    ]);
  });
});
