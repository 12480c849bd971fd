import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dialectOf } from '../../server/src/cdk-fixes/dialects.ts';
import type { SourceLanguage } from '../../server/src/cdk-fixes/languages.ts';
import { sourceFixes } from '../../server/src/cdk-fixes/source-fixes.ts';
import { errorCount } from '../../server/src/cdk-fixes/source-text.ts';
import { applyEdits } from '../../server/src/fixes/writer/edits.ts';

interface Layout {
  readonly lineEnd: string;
  readonly indentation: string;
  /** Before each item, before the closing bracket, and so on: which of the gaps of the language. */
  readonly gaps: readonly number[];
  readonly trailingComma: boolean;
  readonly items: readonly string[];
  readonly before: number;
  readonly behind: number;
}

const layout = (items: readonly string[]): fc.Arbitrary<Layout> =>
  fc.record({
    lineEnd: fc.constantFrom('\n', '\r\n'),
    indentation: fc.constantFrom('', '  ', '    ', '\t'),
    gaps: fc.array(fc.nat(20), { minLength: 12, maxLength: 12 }),
    trailingComma: fc.boolean(),
    items: fc.subarray([...items]),
    before: fc.nat(20),
    behind: fc.nat(20),
  });

/** Items with gaps around each and commas between them. */
function listed(items: readonly string[], { gaps, trailingComma }: Layout, kinds: readonly string[]): string {
  const gap = (index: number): string => kinds[(gaps[index] ?? 0) % kinds.length] ?? '';
  const parts = items.map((item, index) => {
    const isLast = index === items.length - 1;
    return `${gap(index)}${item}${isLast && !trailingComma ? '' : `${index % 2 === 0 ? '' : gap(index + 5)},`}`;
  });
  return parts.join('') + gap(11);
}

const pick = (kinds: readonly string[], index: number): string => kinds[index % kinds.length] ?? '';

function typescript(given: Layout): { text: string; offset: number } {
  const { indentation, items, before, behind } = given;
  const inner = `\n${indentation}  `;
  const gaps = ['', ' ', inner, `\n`, ` /* why */ `, ` // why${inner}`, `${inner}// why${inner}`];
  const heads = [
    'new ec2.Vpc(',
    'const vpc = new ec2.Vpc(',
    'this.vpc = new ec2.Vpc(',
    'return new ec2.Vpc(',
    'use(new ec2.Vpc(',
    'if (a) vpc = new ec2.Vpc(',
    'export const vpc: ec2.IVpc = new ec2.Vpc(',
    'for (;;) new ec2.Vpc(',
    'const a = 1, vpc = (new ec2.Vpc(',
  ];
  const head = pick(heads, before);
  const tail = pick([';', '', ' // made', '; // made', '; next();'], behind);
  const close = ')'.repeat(
    head.split('(').length - 1 - (head.includes('if (a)') || head.includes('for') ? 1 : 0),
  );
  const props = `{${listed(items, given, gaps)}}`;
  const lines = [
    "import * as ec2 from 'aws-cdk-lib/aws-ec2';",
    `${indentation}${head}this, 'Vpc', ${props}${close}${tail}`,
    'other()',
    '',
  ];
  const text = lines.join('\n').replaceAll('\n', given.lineEnd);
  return { text, offset: text.indexOf('new ec2.Vpc') };
}

function python(given: Layout): { text: string; offset: number } {
  const { indentation, items, before, behind } = given;
  const inner = `\n${indentation}    `;
  const gaps = [' ', inner, `\n`, `  # why${inner}`, `${inner}# why${inner}`, ` \\${inner}`];
  const heads = [
    'ec2.Vpc(',
    'vpc = ec2.Vpc(',
    'self.vpc: ec2.IVpc = ec2.Vpc(',
    'use(ec2.Vpc(',
    'return ec2.Vpc(',
  ];
  const head = pick(heads, before);
  const tail = pick(['', '  # made', '; other()', ';'], behind);
  const close = ')'.repeat(head.split('(').length - 1);
  const block = indentation === '' ? '' : 'def f():';
  const lines = [
    'from aws_cdk import aws_ec2 as ec2',
    block,
    `${indentation}${head}self, "Vpc"${items.length > 0 ? ',' : ''}${listed(items, given, gaps)}${close}${tail}`,
    'other()',
    '',
  ];
  const text = lines.join('\n').replaceAll('\n', given.lineEnd);
  return { text, offset: text.indexOf('ec2.Vpc(') };
}

const items = {
  typescript: [
    'maxAzs: 2',
    "'natGateways': 0",
    '...props',
    'ipAddresses',
    'subnetConfiguration: [{ a: 1 }]',
    'a: b({\n})',
  ],
  python: ['max_azs=2', 'nat_gateways=0', '**props', 'subnet_configuration=[\n    a(b=1),\n]', 'c={"d": 1}'],
};

/** What is wrong with the fixes of a text. */
function complaints(language: SourceLanguage, { text, offset }: { text: string; offset: number }): string[] {
  const { parser } = dialectOf(language);
  const problems = errorCount(parser.parse(text));
  const found: string[] = [];
  for (const code of ['vpc-no-flow-log', 'vpc-flow-log-accept-only'] as const) {
    for (const fix of sourceFixes({ language, text, offset, construct: 'Vpc', code, options: {} })) {
      const edit = fix.edits();
      if (edit.kind === 'refused') continue;
      const replaced = edit.edits.map(({ span }) => text.slice(span.start, span.end));
      const after = applyEdits(text, edit.edits);
      if (replaced.join('').trim() !== '') found.push(`lost: ${replaced.join('')}`);
      if (errorCount(parser.parse(after)) > problems) found.push(`does not parse: ${after}`);
      if (lineEndsOf(after).some((end) => !lineEndsOf(text).includes(end))) found.push(`line ends: ${after}`);
      if (!/FlowLogDestination\.to/i.test(after)) found.push(`no flow log: ${after}`);
    }
  }
  return found;
}

function lineEndsOf(text: string): string[] {
  return [...new Set(text.match(/\r?\n/g))];
}

/** What a script in the manner of those above does: the props of its VPC, and the ids of its flow logs. */
function run(text: string): {
  readonly props: Record<string, unknown>;
  readonly flowLogs: readonly string[];
} {
  let props: Record<string, unknown> = {};
  const flowLogs: string[] = [];
  class Vpc {
    constructor(_scope: unknown, _id: string, given: Record<string, unknown> = {}) {
      const { flowLogs: ofProps = {}, ...others } = given;
      props = others;
      flowLogs.push(...Object.keys(ofProps as object));
    }
    addFlowLog(id: string): void {
      flowLogs.push(id);
    }
  }
  /** Stands for any namespace, class or value. */
  const anything: unknown = new Proxy(Date, {
    get: (_, name) => (name === Symbol.toPrimitive ? () => '' : anything),
    apply: () => anything,
    construct: () => anything as object,
  });
  const ec2 = new Proxy({ Vpc }, { get: (target, name) => (name === 'Vpc' ? target.Vpc : anything) });
  const code = text
    .replaceAll(/^import .*$/gm, '')
    .replaceAll(/^(\s*)export /gm, '$1')
    .replaceAll(': ec2.IVpc', '')
    .replace('for (;;)', 'for (const once of [1])');
  const helper = (): number => 1;
  // oxlint-disable-next-line typescript/no-implied-eval
  const script = new Function(
    'ec2',
    'logs',
    's3',
    'cdk',
    'props',
    'ipAddresses',
    'b',
    'use',
    'other',
    'next',
    'a',
    'vpc',
    `{${code}\n}`,
  );
  script.call(
    {},
    ec2,
    anything,
    anything,
    anything,
    { vpcName: 'x' },
    helper,
    helper,
    helper,
    helper,
    helper,
    1,
    0,
  );
  return { props, flowLogs };
}

test('a fix changes nothing of what the code did, and adds one flow log', () => {
  fc.assert(
    fc.property(layout(items.typescript), (given) => {
      const { text, offset } = typescript(given);
      for (const fix of sourceFixes({
        language: 'typescript',
        text,
        offset,
        construct: 'Vpc',
        code: 'vpc-no-flow-log',
        options: {},
      })) {
        const edit = fix.edits();
        if (edit.kind === 'refused') throw new Error(`${edit.why}\n${text}`);
        const [before, after] = [run(text), run(applyEdits(text, edit.edits))];
        expect(Object.keys(after.props)).toEqual(Object.keys(before.props));
        expect(after.flowLogs).toEqual(['FlowLog']);
      }
    }),
    { numRuns: 300 },
  );
});

describe('whatever the layout, nothing is lost and the result parses', () => {
  test('in TypeScript', () => {
    fc.assert(
      fc.property(layout(items.typescript), (given) => {
        expect(complaints('typescript', typescript(given))).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });

  test('in Python', () => {
    fc.assert(
      fc.property(layout(items.python), (given) => {
        expect(complaints('python', python(given))).toEqual([]);
      }),
      { numRuns: 400 },
    );
  });
});

test('text that is anything but code does no harm', () => {
  const pieces = fc.constantFrom(
    'new ',
    'ec2.Vpc',
    '(',
    ')',
    '{',
    '}',
    ',',
    "'",
    '"',
    '`',
    '${',
    '\n',
    'this',
    '...',
    '#',
    '//',
    '/*',
    'flowLogs:',
    '=',
  );
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 30 }), fc.nat(200), (parts, offset) => {
      const text = `import * as ec2 from 'aws-cdk-lib/aws-ec2';\n${parts.join('')}`;
      for (const language of ['typescript', 'javascript', 'python'] as const) {
        expect(complaints(language, { text, offset })).toEqual([]);
      }
    }),
    { numRuns: 500 },
  );
});
