import { parseArgs } from 'node:util';

export type Format = 'text' | 'json';

/** What the user asks for. */
export type Request =
  | { readonly kind: 'check'; readonly paths: readonly string[]; readonly format: Format }
  | { readonly kind: 'help' }
  | { readonly kind: 'version' }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'mistake'; readonly message: string };

const options = {
  format: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
} as const;

/** @param args what stands behind the program's name on the command line */
export function readArguments(args: readonly string[]): Request {
  const parsed = parse(args);
  if ('mistake' in parsed) return { kind: 'mistake', message: parsed.mistake };
  const { values, positionals } = parsed;
  if (values.help) return { kind: 'help' };
  if (values.version) return { kind: 'version' };
  const [command, ...paths] = positionals;
  if (command === undefined) return { kind: 'nothing' };
  if (command === 'help') return { kind: 'help' };
  if (command !== 'check') return { kind: 'mistake', message: `unknown command '${command}'` };
  const format = values.format ?? 'text';
  if (format !== 'text' && format !== 'json') {
    return { kind: 'mistake', message: `unknown format '${format}': it is text or json` };
  }
  return { kind: 'check', paths: paths.length > 0 ? paths : ['.'], format };
}

function parse(
  args: readonly string[],
):
  | { readonly mistake: string }
  | ReturnType<typeof parseArgs<{ options: typeof options; allowPositionals: true }>> {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    // Node explains at length, over several lines; its first sentence says what is wrong.
    const [sentence = ''] = error.message.split(/\.? (?=To specify)|\.?\n/);
    return { mistake: sentence.charAt(0).toLowerCase() + sentence.slice(1) };
  }
}
