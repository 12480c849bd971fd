import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { FindingCode } from '../../server/src/coverage/model.ts';
import type { SourceLanguage } from '../../server/src/cdk-fixes/languages.ts';
import { sourceFixes, type SourceFixRequest } from '../../server/src/cdk-fixes/source-fixes.ts';
import type { SourceFix } from '../../server/src/cdk-fixes/offer.ts';
import type { FlowLogOptions } from '../../server/src/fixes/options.ts';

export const fixturesFolder = path.resolve(import.meta.dirname, '../fixtures/cdk-fixes');

/** One place of a fixture that says `fix CODE [xCOUNT] [refused]: WHAT` in the line above it. */
export interface FixCase {
  readonly file: string;
  readonly text: string;
  readonly what: string;
  readonly code: FindingCode;
  /** How many VPCs are made there. */
  readonly count: number;
  readonly isRefused: boolean;
  readonly request: SourceFixRequest;
  /** Name for golden files: the file and what it is about. */
  readonly name: string;
}

const languages: Readonly<Record<string, SourceLanguage>> = {
  '.ts': 'typescript',
  '.cjs': 'javascript',
  '.mjs': 'javascript',
  '.py': 'python',
};

const marker =
  /^[ \t]*(?:\/\/|#) fix (?<code>[\w-]+)(?: x(?<count>\d))?(?<refused> refused)?: (?<what>.*?)\r?$/gm;

/** All cases of all fixtures. */
export function fixCases(): readonly FixCase[] {
  return readdirSync(fixturesFolder, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .flatMap(({ name }) => casesOf(name));
}

function casesOf(file: string): FixCase[] {
  const text = readFileSync(path.join(fixturesFolder, file), 'utf8');
  const language = languages[path.extname(file)];
  if (language === undefined) throw new Error(`No language for ${file}`);
  const given = /^(?:\/\/|#) options (.*)$/m.exec(text)?.[1];
  const options = given === undefined ? {} : (JSON.parse(given) as FlowLogOptions);
  return [...text.matchAll(marker)].map((found) => {
    const { code = '', count = '1', refused, what = '' } = found.groups ?? {};
    const { offset, construct } = constructAfter(text, found.index + found[0].length, language);
    return {
      file,
      text,
      what,
      code: code as FindingCode,
      count: Number(count),
      isRefused: refused !== undefined,
      request: { language, text, offset, construct, code: code as FindingCode, options },
      name: `${file}.${what.replaceAll(/\W+/g, '-')}`,
    };
  });
}

/** The first place behind an offset that makes a VPC. */
function constructAfter(
  text: string,
  from: number,
  language: SourceLanguage,
): Pick<SourceFixRequest, 'construct' | 'offset'> {
  const pattern =
    language === 'python'
      ? /(?<![\w.])(?:super\(|[\w.]*\b(CfnVPC|Vpc)\()/g
      : /\b(?:super\(|new [\w.]*\b(CfnVPC|Vpc)\()/g;
  pattern.lastIndex = from;
  const found = pattern.exec(text);
  if (found === null) throw new Error(`Nothing makes a VPC behind ${from}`);
  return { offset: found.index, construct: found[1] === 'CfnVPC' ? 'CfnVPC' : 'Vpc' };
}

/** The fixes of a case, the same as an editor would offer. */
export function fixesOf({ request }: FixCase): readonly SourceFix[] {
  return sourceFixes(request);
}
