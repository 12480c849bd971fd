import { describe, expect, it } from 'vitest';
import { paintFor, printable } from '../../server/src/cli/terminal.ts';

const red = '\u001B[31mno\u001B[39m';

describe('colour', () => {
  it.each([
    { isTTY: true, env: {}, text: red },
    { isTTY: false, env: {}, text: 'no' },
    { isTTY: true, env: { NO_COLOR: '1' }, text: 'no' },
    // https://no-color.org: only when not an empty string.
    { isTTY: true, env: { NO_COLOR: '' }, text: red },
    { isTTY: true, env: { TERM: 'dumb' }, text: 'no' },
    { isTTY: true, env: { FORCE_COLOR: '0' }, text: 'no' },
    { isTTY: true, env: { FORCE_COLOR: 'false' }, text: 'no' },
    { isTTY: false, env: { FORCE_COLOR: '' }, text: red },
    { isTTY: false, env: { FORCE_COLOR: 'true', TERM: 'dumb' }, text: red },
    { isTTY: true, env: { FORCE_COLOR: '1', NO_COLOR: '1' }, text: red },
  ])('terminal: $isTTY, environment: $env', ({ isTTY, env, text }) => {
    expect(paintFor({ isTTY }, env)('red', 'no')).toBe(text);
  });
});

describe('printable', () => {
  it('shows control and direction characters, and leaves the rest', () => {
    expect(printable('Vpc 🛰 é')).toBe('Vpc 🛰 é');
    expect(printable('a\u001B[31m\r\n\u009Bb\u202Ec')).toBe(
      String.raw`a\u001b[31m\u000d\u000a\u009bb\u202ec`,
    );
  });
});
