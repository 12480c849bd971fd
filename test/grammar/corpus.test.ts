import { describe, expect, test } from 'vitest';
import {
  isCorpusThere,
  labelledFiles,
  negativeFiles,
  skipNote as corpusNote,
  textOfFile,
} from '../corpus/labels.ts';
import { isVsCodeThere, skipNote, tokenizer, type Token } from './grammars.ts';

if (!isVsCodeThere) console.log(skipNote);

/** Kinds of files that have nothing to do with CloudFormation. */
const foreign = new Set(['github-workflow', 'kubernetes', 'helm', 'helm-values', 'compose', 'ci-config']);

const isOurs = ({ scopes }: Token): boolean =>
  scopes.some((scope) => /\.(?:cloudformation|log-format|flow-log-guard)$/.test(scope));

describe.skipIf(!isCorpusThere || !isVsCodeThere)(`real files${corpusNote}`, () => {
  const templates = isCorpusThere ? labelledFiles().map(({ file }) => file) : [];
  const yaml = templates.filter((file) => /\.ya?ml$/.test(file));
  const json = templates.filter((file) => file.endsWith('.json'));

  test('short tags in YAML are functions, wherever they stand', { timeout: 300_000 }, async () => {
    const tokenize = await tokenizer('source.yaml');
    let tags = 0;
    const missed: string[] = [];
    for (const file of yaml) {
      const text = textOfFile('real', file);
      // The longest take most of the time and say the same again.
      if (text.length > 30_000) continue;
      const found = tokenize(text).filter(isOurs);
      const lines = new Map<number, string>();
      for (const { line, text: part } of found) lines.set(line, `${lines.get(line) ?? ''} ${part}`);
      text.split(/\r?\n/).forEach((line, number) => {
        const tag = /^\s*(?:- |\w+: )(!(?:Ref|GetAtt|Sub|If|Join|ImportValue))(?=\s)/.exec(line)?.[1];
        if (tag === undefined) return;
        tags += 1;
        if (lines.get(number + 1)?.includes(tag) !== true) missed.push(`${file}:${number + 1}: ${line}`);
      });
    }
    expect(tags).toBeGreaterThan(1000);
    expect(missed).toEqual([]);
  });

  test('pseudo parameters in JSON are told apart', { timeout: 300_000 }, async () => {
    const tokenize = await tokenizer('source.json');
    let count = 0;
    for (const file of json.slice(0, 60)) {
      const text = textOfFile('real', file);
      const wanted = text.match(/\{\s*"Ref"\s*:\s*"AWS::(?:Region|AccountId|StackName|Partition)"/g) ?? [];
      const found = tokenize(text).filter(({ scopes }) =>
        scopes.includes('variable.language.pseudo-parameter.cloudformation'),
      );
      expect(found.length, file).toBeGreaterThanOrEqual(wanted.length);
      count += wanted.length;
    }
    expect(count).toBeGreaterThan(20);
  });

  test('what is no CloudFormation keeps its looks', { timeout: 300_000 }, async () => {
    const tokenize = await tokenizer('source.yaml');
    const others = negativeFiles().filter((file) => foreign.has(file.class) && /\.ya?ml$/.test(file.file));
    const touched = others.flatMap(({ file }) =>
      tokenize(textOfFile('negatives', file))
        .filter(isOurs)
        .map(({ line, text }) => `${file}:${line}: ${text}`),
    );
    expect(others.length).toBeGreaterThan(50);
    expect(touched).toEqual([]);
  });
});
