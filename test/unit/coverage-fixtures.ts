import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { readDocuments } from '../../server/src/template/read.ts';
import { child, textOf } from '../../server/src/template/syntax.ts';
import type { FileCheck } from '../../server/src/workspace/file-check.ts';
import { checkText } from '../../server/src/workspace/check.ts';
import { placeOf } from './check-report.ts';

export interface Fixture {
  readonly name: string;
  readonly text: string;
  readonly golden: string;
}

const folder = fileURLToPath(new URL('../fixtures/coverage/', import.meta.url));

/** The templates of `test/fixtures/coverage`. */
export function coverageFixtures(): Fixture[] {
  return readdirSync(folder)
    .filter((name) => !name.endsWith('.golden'))
    .toSorted()
    .map((name) => ({
      name,
      text: readFileSync(folder + name, 'utf8'),
      golden: `${folder}${name.replace(/\.\w+$/, '')}.golden`,
    }));
}

/**
 * The diagnostics that a fixture asks for, as `line code`: in YAML comments `# want: code` at the end of the
 * line on which they must begin, in JSON, which has no comments, the list `want` of the template's metadata.
 */
export function wantedDiagnostics({ text }: Fixture): string[] {
  const fromMetadata = readDocuments(text).flatMap(({ root, format }) => {
    const wanted = format === 'json' ? child(child(root, 'Metadata'), 'want') : undefined;
    return wanted?.kind === 'sequence' ? wanted.items.map((item) => textOf(item) ?? '') : [];
  });
  const fromComments = text.split('\n').flatMap((line, index) => {
    const codes = /# want: (.+)$/.exec(line.trimEnd())?.[1]?.split(' ') ?? [];
    return codes.map((code) => `${index + 1} ${code}`);
  });
  return [...fromMetadata, ...fromComments].toSorted();
}

/** The diagnostics that a check gives, as `line code`. */
export function givenDiagnostics(text: string, check: FileCheck = checkText(text)): string[] {
  if (check.kind !== 'template') return [];
  return check.findings.map(({ code, span }) => `${placeOf(text, span.start).line} ${code}`).toSorted();
}
