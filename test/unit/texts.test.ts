import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { collect, problemsOf, skeletonOf, textFiles, textsOfSources } from '../../scripts/texts.mjs';

/** What looks like a text for users and is none: keys of ours, names, what goes into templates, into the log, and to a terminal. */
const notShown: readonly RegExp[] = [
  /cdk\/(?:assembly-states|read-assembly)\.ts:/,
  /cdk-fixes\/(?:dialects\.ts|javascript\/|python\/)/,
  /completion\/flow-log\.ts:\d+: (?:!?Ref|!GetAtt) /,
  /coverage\/relevance\.ts:\d+: (?:subject|free) /,
  /template\/(?:parameters|scope|syntax)\.ts:\d+: /,
  // In the words of the YAML parser, which tells the like of other places.
  /template\/yaml\/(?:half-typed-keys|parse|read-yaml)\.ts:\d+: (?:Missing closing|Tabs are not allowed)/,
  /suppression\/directives\.ts:\d+: kics-scan /,
  /fixes\/writer\/(?:plan|values)\.ts:\d+: (?:argument|member|function name|text pieces|comment lines|verbatim text)/,
  /fixes\/add-flow-log\/(?:firehose|s3)\.ts:\d+: ARN of the /,
  /fixes\/suppress\.ts:\d+: (?:why this is meant to be so$|flow-log-guard-disable-next-line )/,
  /flow-log-records\/protocols\.ts:/,
  /lsp\/main\.ts:/,
  /lsp\/settings(?:-store)?\.ts:\d+: .*default/s,
  /lsp\/settings\.ts:\d+: (?:\{\}: )?expected /,
  /aws\/clients\.ts:\d+: (?:ec2 changes|logs|firehose) /,
  /aws\/console-urls\.ts:\d+: fields @timestamp/,
  /aws\/create-delivery-role\.ts:\d+: Lets VPC flow logs write/,
  /aws\/credentials\.ts:\d+: The profile needs/,
  /aws\/failure\.ts:\d+: Command failed$/,
  /commands\/run-cdk-synth\.ts:\d+: (?:npx )?cdk synth/,
  /aws\/log-format\.ts:/,
  /aws\/rehearsal\.ts:\d+: <\?xml /,
  /explorer\/templates-view\.ts:\d+: vpc /,
];

const sources = textsOfSources();

describe('sources', () => {
  test('every text is written out where it is translated', () => {
    expect(sources.problems).toEqual([]);
  });

  test('what users read goes through the translation', () => {
    const bare = sources.bare.filter((one) => notShown.every((pattern) => !pattern.test(one)));
    expect(bare, 'wrap these in t(…), or name them in notShown').toEqual([]);
  });

  test('nothing is excused that is not there', () => {
    const idle = notShown.filter((pattern) => !sources.bare.some((one) => pattern.test(one)));
    expect(idle).toEqual([]);
  });
});

describe.each(textFiles())('$file', (textFile) => {
  const { missing, leftOver, otherPlaceholders } = problemsOf(textFile);

  test('lacks no text', () => {
    expect(missing, `fill these in:\n${skeletonOf(textFile)}`).toEqual([]);
  });

  test('has no text that nothing says', () => {
    expect(leftOver, 'npm run texts -- --write takes them out').toEqual([]);
  });

  test('keeps the placeholders', () => {
    expect(otherPlaceholders).toEqual([]);
  });

  test('is in another language', () => {
    const same = [...textFile.wanted].filter(([key, text]) => textFile.has[key] === text);
    // Names, and texts of placeholders alone.
    expect(same.length).toBeLessThan(textFile.wanted.size / 5);
  });
});

describe('collecting', () => {
  function collected(source: string): { keys: string[]; problems: string[]; bare: string[] } {
    const found = { keys: new Map<string, string>(), problems: [], bare: [] };
    collect('server/src/x.ts', source, found);
    return { ...found, keys: [...found.keys.keys()] };
  }

  test('takes both texts of a choice, a message with its comment, and texts inside arguments', () => {
    const source = `t(a ? 'one of it' : 'two of it', t('an inner text')); l10n.t({ message: 'm', comment: 'c' });`;
    expect(collected(source).keys.toSorted()).toEqual(['an inner text', 'm/c', 'one of it', 'two of it']);
  });

  test('reports a text that is put together', () => {
    expect(collected('t(`the file ${x} is there`)').problems).toEqual([
      `server/src/x.ts:1: the text is not written out`,
    ]);
  });

  test('finds texts that are not translated', () => {
    const source = `show('the file is there'); log.warn('not for users at all'); show('a-key');`;
    expect(collected(source).bare).toEqual(['server/src/x.ts:1: the file is there']);
  });

  test('tells what a file lacks and what it has too much', () => {
    const wanted = new Map([
      ['a {0}', 'a {0}'],
      ['b', 'b'],
    ]);
    expect(
      problemsOf({ file: path.join('l10n', 'x.json'), wanted, has: { 'a {0}': 'ä {1}', c: 'c' } }),
    ).toEqual({
      missing: ['b'],
      leftOver: ['c'],
      otherPlaceholders: ['a {0}'],
    });
  });
});
