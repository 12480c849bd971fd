const styles = {
  bold: ['\u001B[1m', '\u001B[22m'],
  dim: ['\u001B[2m', '\u001B[22m'],
  red: ['\u001B[31m', '\u001B[39m'],
  yellow: ['\u001B[33m', '\u001B[39m'],
  blue: ['\u001B[34m', '\u001B[39m'],
} as const;

export type Style = keyof typeof styles;

/** Dresses a text for the stream it goes to, or leaves it as it is. */
export type Paint = (style: Style, text: string) => string;

/**
 * Colours on a terminal only. `FORCE_COLOR` turns them on or (0, false) off anywhere and goes before
 * `NO_COLOR`, as in Node itself. See https://no-color.org and https://force-color.org.
 */
export function paintFor(stream: { readonly isTTY?: boolean }, env: NodeJS.ProcessEnv): Paint {
  return wantsColor(stream, env)
    ? (style, text) => `${styles[style][0]}${text}${styles[style][1]}`
    : (_style, text) => text;
}

function wantsColor({ isTTY }: { readonly isTTY?: boolean }, env: NodeJS.ProcessEnv): boolean {
  const forced = env['FORCE_COLOR'];
  if (forced !== undefined) return forced !== '0' && forced !== 'false';
  if (env['NO_COLOR']) return false;
  return isTTY === true && env['TERM'] !== 'dumb';
}

/** The text with its control characters made visible: names in files must not steer the terminal. */
export function printable(text: string): string {
  return text.replaceAll(
    /[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
