import { parseArgs } from 'node:util';
import type { Destination } from '../fixes/options.ts';

export type Format = 'text' | 'json';

/** What the user asks for. */
export type Request =
  | { readonly kind: 'check'; readonly paths: readonly string[]; readonly format: Format }
  | {
      readonly kind: 'fix';
      readonly paths: readonly string[];
      readonly dryRun: boolean;
      readonly destination: Destination | undefined;
    }
  | { readonly kind: 'help' }
  | { readonly kind: 'version' }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'mistake'; readonly message: string };

const options = {
  format: { type: 'string' },
  'dry-run': { type: 'boolean' },
  destination: { type: 'string' },
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
  if (command !== 'check' && command !== 'fix') {
    return { kind: 'mistake', message: `unknown command '${command}'` };
  }
  const foreign = Object.keys(values).find((name) => !optionsOf[command].includes(name));
  if (foreign !== undefined) return { kind: 'mistake', message: `${command} has no option '--${foreign}'` };
  const given = paths.length > 0 ? paths : ['.'];
  return command === 'check' ? readCheck(given, values.format) : readFix(given, values);
}

const optionsOf: Readonly<Record<'check' | 'fix', readonly string[]>> = {
  check: ['format'],
  fix: ['dry-run', 'destination'],
};

function readCheck(paths: readonly string[], format = 'text'): Request {
  return format === 'text' || format === 'json'
    ? { kind: 'check', paths, format }
    : { kind: 'mistake', message: `unknown format '${format}': it is text or json` };
}

function readFix(
  paths: readonly string[],
  values: { readonly 'dry-run'?: boolean | undefined; readonly destination?: string | undefined },
): Request {
  const { 'dry-run': dryRun = false, destination } = values;
  if (destination !== undefined && !isDestination(destination)) {
    return {
      kind: 'mistake',
      message: `unknown destination '${destination}': it is cloud-watch-logs, s3 or kinesis-data-firehose`,
    };
  }
  return { kind: 'fix', paths, dryRun, destination };
}

function isDestination(text: string): text is Destination {
  return ['cloud-watch-logs', 's3', 'kinesis-data-firehose'].includes(text);
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
