import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { applyEdits } from '../../server/src/fixes/writer/edits.ts';
import { checkText } from '../../server/src/workspace/check.ts';
import { fixCases, fixesOf, type FixCase } from './fix-cases.ts';
import { synthesiseAll, typeErrorsIn } from './synthesis.ts';

const root = path.resolve(import.meta.dirname, '../..');

/** An app as it was, or after one fix. */
interface Variant {
  readonly name: string;
  readonly file: string;
  readonly text: string;
}

const scripts = fixCases().filter(({ file, isRefused }) => !file.endsWith('.py') && !isRefused);

const before = new Map(scripts.map(({ file, text }) => [file, { name: file, file, text } satisfies Variant]));

const after = scripts.flatMap((one) =>
  fixesOf(one).map((fix) => {
    const edit = fix.edits();
    const text = edit.kind === 'edit' ? applyEdits(one.text, edit.edits) : one.text;
    const name = `${one.name}.${fix.id.replaceAll(/[^\w-]/g, '-')}`;
    return { name, file: one.file, text, fixed: one, title: fix.title };
  }),
);

/** Shows that the compiler looks. */
const illTyped: Variant = {
  name: 'ill-typed',
  file: 'app.ts',
  text: "import { Duration } from 'aws-cdk-lib';\nDuration.days('one');\n",
};

let folder = '';
let typeErrors: readonly string[] = [];

async function write({ name, file, text }: Variant): Promise<void> {
  await mkdir(path.join(folder, name), { recursive: true });
  await writeFile(path.join(folder, name, `app${path.extname(file)}`), text);
}

/** What the compiler says of the apps, and their `cdk.out`. */
beforeAll(async () => {
  await mkdir(path.join(root, '.cache/cdk'), { recursive: true });
  folder = await mkdtemp(path.join(root, '.cache/cdk/fixes-'));
  await writeFile(path.join(folder, 'package.json'), '{ "type": "commonjs" }\n');
  const variants = [...before.values(), ...after];
  await Promise.all(variants.map(write));
  await write(illTyped);
  const files = [...variants, illTyped].map(({ name, file }) => path.join(name, `app${path.extname(file)}`));
  [typeErrors] = await Promise.all([
    typeErrorsIn(folder, files),
    synthesiseAll(variants.map(({ name }) => path.join(folder, name))),
  ]);
}, 600_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

/** The findings in what an app has synthesised, each as `CODE LOGICAL-ID`. */
async function findingsOf(name: string): Promise<string[]> {
  const output = path.join(folder, name, 'cdk.out');
  const error = path.join(folder, name, 'error.txt');
  if (existsSync(error)) throw new Error(await readFile(error, 'utf8'));
  const templates = (await readdir(output)).filter((file) => file.endsWith('.template.json'));
  const found = await Promise.all(
    templates.map(async (template) => {
      const check = checkText(await readFile(path.join(output, template), 'utf8'));
      return check.kind === 'template' ? check.findings : [];
    }),
  );
  return found.flat().map(({ code, logicalId }) => `${code} ${logicalId}`);
}

/** What the compiler says of an app. */
function typeErrorsOf(name: string): string[] {
  return typeErrors.filter((line) => line.startsWith(`${name}/`));
}

test('the compiler looks, and says nothing of anything else', () => {
  expect(typeErrorsOf(illTyped.name)).toHaveLength(1);
  expect(typeErrors).toHaveLength(1);
});

describe('an app as it was', () => {
  test.each([...before.keys()])('%s has a finding for each place', async (file) => {
    const expected = scripts
      .filter((one) => one.file === file)
      .flatMap(({ code, count }: FixCase) => Array.from({ length: count }, () => code));
    const codes = (await findingsOf(file)).map((finding) => finding.split(' ')[0]);
    for (const code of new Set(expected)) {
      const isCode = (one: string | undefined): boolean => one === code;
      expect(codes.filter(isCode).length).toBeGreaterThanOrEqual(expected.filter(isCode).length);
    }
  });
});

describe('an app after a fix', () => {
  test.each(after)('$fixed.name: $title', async ({ name, file, fixed }) => {
    expect(typeErrorsOf(name)).toEqual([]);
    const [old, now] = [await findingsOf(file), await findingsOf(name)];
    expect(now.filter((finding) => !old.includes(finding))).toEqual([]);
    const gone = old.filter((finding) => !now.includes(finding));
    expect(gone.map((finding) => finding.split(' ')[0])).toEqual(
      Array.from({ length: fixed.count }, () => fixed.code),
    );
  });
});
