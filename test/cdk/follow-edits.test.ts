import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { expressionAt, type SourceLanguage } from '../../server/src/cdk/creating-expression.ts';
import { followExpression } from '../../server/src/cdk/follow-edits.ts';

const before = `import * as ec2 from 'aws-cdk-lib/aws-ec2';

class Net extends Stack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    const vpc = new ec2.Vpc(this, 'Main', { natGateways: 0 });
    new ec2.Vpc(this, 'Other');
  }
}

class Second extends Stack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new ec2.Vpc(this, 'Main', { natGateways: 0 });
  }
}
`;

/** Where the expression that begins with some text goes; the line from 1, and that line. */
function follow(
  after: string,
  what = "new ec2.Vpc(this, 'Main'",
  text = before,
  language: SourceLanguage = 'javascript',
): string | undefined {
  const expression = expressionAt(text, text.indexOf(what), language);
  if (expression === undefined) throw new Error('there is no such expression');
  const found = followExpression({ text, expression }, after, language);
  if (found === undefined) return undefined;
  const line = after.slice(0, found.span.start).split('\n').length;
  return `${line}: ${after.slice(found.span.start).split('\n')[0]}`;
}

describe('a finding follows', () => {
  test('lines that are put in or taken out above it', () => {
    expect(follow(`// one\n// two\n${before}`)).toMatch(/^8: new ec2\.Vpc\(this, 'Main'/);
    expect(follow(before.replace('\n\nclass Net', '\nclass Net'))).toMatch(/^5: new ec2/);
  });

  test('edits above and below it at once', () => {
    const after = `// one\n${before.replace("new ec2.Vpc(this, 'Other');", '')}// end\n`;
    expect(follow(after)).toMatch(/^7: new ec2\.Vpc\(this, 'Main'/);
  });

  test('other properties in its line', () => {
    const after = before.replace('{ natGateways: 0 }', '{ natGateways: 1, flowLogs: { all: {} } }');
    expect(follow(after)).toMatch(/^6: new ec2\.Vpc\(this, 'Main', \{ natGateways: 1/);
  });

  test('half-typed properties', () => {
    expect(follow(before.replace('natGateways: 0 });', "flowLogs: { 'a"))).toMatch(/^6: new ec2/);
  });

  test('another layout', () => {
    const after = before.replace(
      "new ec2.Vpc(this, 'Main', {",
      'new ec2.Vpc(\n      this,\n      "Main",\n      {',
    );
    expect(follow(after)).toMatch(/^6: new ec2\.Vpc\($/);
  });

  test('another indentation of the whole file', () => {
    expect(follow(before.replaceAll(/^ +/gm, '\t'))).toMatch(/^6: new ec2\.Vpc\(this, 'Main'/);
  });

  test('other line ends', () => {
    expect(follow(before.replaceAll('\n', '\r\n'))).toMatch(/^6: new ec2\.Vpc\(this, 'Main'/);
  });

  test('its own copy, when another one makes the same', () => {
    expect(follow(`// one\n${before}`, "new ec2.Vpc(this, 'Main', { natGateways: 0 });\n  }")).toMatch(
      /^15:/,
    );
    const first = before.replace("const vpc = new ec2.Vpc(this, 'Main', { natGateways: 0 });", '');
    expect(follow(first)).toBe("14: new ec2.Vpc(this, 'Main', { natGateways: 0 });");
  });

  test('its line to another place, where that alone makes the same', () => {
    const line = "    new ec2.Vpc(this, 'Other');\n";
    const after = before.replace(line, '').replace('id);\n    new', `id);\n${line}    new`);
    expect(follow(after, "new ec2.Vpc(this, 'Other'")).toMatch(/^13: new ec2\.Vpc\(this, 'Other'/);
  });

  test('a call in Python', () => {
    const python = 'class Net(Stack):\n  vpc = ec2.Vpc(self, "Main", max_azs=2)\n';
    expect(follow(`# one\n${python}`, 'ec2.Vpc(self', python, 'python')).toMatch(/^3: ec2\.Vpc\(self/);
    expect(follow(python.replace('max_azs=2', 'max_azs=3'), 'ec2.Vpc(self', python, 'python')).toMatch(/^2:/);
  });
});

describe('a finding is gone', () => {
  test('with its line', () => {
    expect(
      follow(before.replace("new ec2.Vpc(this, 'Other');", ''), "new ec2.Vpc(this, 'Other'"),
    ).toBeUndefined();
  });

  test('when its line makes another construct', () => {
    const renamed = before.replace("'Other'", "'Renamed'");
    expect(follow(renamed, "new ec2.Vpc(this, 'Other'")).toBeUndefined();
    const another = before.replace("new ec2.Vpc(this, 'Other')", "new s3.Bucket(this, 'Other')");
    expect(follow(another, "new ec2.Vpc(this, 'Other'")).toBeUndefined();
  });

  test('with the whole text', () => {
    expect(follow('')).toBeUndefined();
    expect(follow('new ec2.Vpc(this')).toBeUndefined();
  });
});

test('whatever is typed elsewhere, the expression that is found is the one that was meant', () => {
  const lines = before.split('\n');
  const meant = lines.findIndex((line) => line.includes("'Other'"));
  const inserted = fc.array(fc.string({ maxLength: 20 }).filter((line) => !/[\n\r]|Vpc/.test(line)));
  fc.assert(
    fc.property(inserted, inserted, fc.nat({ max: meant }), (above, below, at) => {
      const after = [
        ...lines.slice(0, at),
        ...above,
        ...lines.slice(at, meant + 1),
        ...below,
        ...lines.slice(meant + 1),
      ].join('\n');
      const found = follow(after, "new ec2.Vpc(this, 'Other'");
      expect(found).toBe(`${meant + above.length + 1}: new ec2.Vpc(this, 'Other');`);
    }),
  );
});

test('no text, however broken, leads out of the text', () => {
  const pieces = fc.constantFrom(
    'new ',
    'ec2',
    '.',
    'Vpc',
    '(',
    ')',
    ',',
    "'",
    '"',
    '`',
    '${',
    '}',
    '{',
    '\\',
    '\n',
    '//',
    '/*',
    '<',
    '>',
    ' ',
  );
  const text = fc.array(pieces, { maxLength: 200 }).map((parts) => parts.join(''));
  fc.assert(
    fc.property(
      text,
      fc.nat(400),
      fc.constantFrom('javascript', 'python', 'other'),
      (broken, offset, language) => {
        const found = expressionAt(broken, Math.min(offset, broken.length), language);
        if (found !== undefined) expect(found.span.end).toBeLessThanOrEqual(broken.length);
        expect(() => follow(broken)).not.toThrow();
      },
    ),
  );
});
