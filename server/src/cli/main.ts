import { readFileSync } from 'node:fs';
import path from 'node:path';
import { readArguments, type Format } from './arguments.ts';
import { check, type CheckOutcome } from './check.ts';
import { fix, type FixRequest } from './fix.ts';
import { fixedText, leftText } from './fix-report.ts';
import { help } from './help.ts';
import { jsonReport } from './json-report.ts';
import { paintFor, printable } from './terminal.ts';
import { errorsText, findingsText, summaryText } from './text-report.ts';

const exitCodes = { clean: 0, found: 1, failed: 2 } as const;
type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

async function run(args: readonly string[]): Promise<ExitCode> {
  const request = readArguments(args);
  switch (request.kind) {
    case 'help':
      process.stdout.write(help);
      return exitCodes.clean;
    case 'version':
      process.stdout.write(`${version()}\n`);
      return exitCodes.clean;
    case 'nothing':
      // Not a success: a script whose variable came out empty has checked nothing.
      process.stderr.write(help);
      return exitCodes.failed;
    case 'mistake':
      process.stderr.write(
        `flow-log-guard: ${printable(request.message)}\nTry 'flow-log-guard --help' for what it takes.\n`,
      );
      return exitCodes.failed;
    case 'fix':
      return runFix(request);
    case 'check': {
      const outcome = await check(request.paths);
      print(outcome, request.format);
      return exitCodeOf(outcome);
    }
  }
}

async function runFix(request: FixRequest): Promise<ExitCode> {
  const outcome = await fix(request);
  // With a dry run the standard output is the diff alone, so that it can go to another program.
  process.stdout.write(request.dryRun ? outcome.fixed.map(({ diff }) => diff).join('') : fixedText(outcome));
  const paint = paintFor(process.stderr, process.env);
  process.stderr.write(leftText(outcome.left, paint) + errorsText(outcome.errors, paint));
  if (outcome.left.length > 0) return exitCodes.found;
  return outcome.errors.length > 0 ? exitCodes.failed : exitCodes.clean;
}

function print(outcome: CheckOutcome, format: Format): void {
  if (format === 'json') {
    process.stdout.write(jsonReport(outcome));
    return;
  }
  process.stdout.write(findingsText(outcome, paintFor(process.stdout, process.env)));
  process.stderr.write(errorsText(outcome.errors, paintFor(process.stderr, process.env)));
  process.stdout.write(summaryText(outcome));
}

function exitCodeOf({ templates, errors }: CheckOutcome): ExitCode {
  const found = templates.some(({ findings }) =>
    findings.some(({ severity }) => severity === 'error' || severity === 'warning'),
  );
  if (found) return exitCodes.found;
  return errors.length > 0 ? exitCodes.failed : exitCodes.clean;
}

function version(): string {
  const manifest = JSON.parse(readFileSync(path.join(__dirname, '..', 'package.json'), 'utf8')) as {
    readonly version: string;
  };
  return manifest.version;
}

for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    // The reader, such as `head`, has seen enough.
    if (error.code === 'EPIPE') return;
    process.stderr.write(`flow-log-guard: cannot write: ${error.message}\n`);
    process.exit(exitCodes.failed);
  });
}

async function main(): Promise<void> {
  // The exit code is set rather than process.exit called, which would cut off output still under way.
  try {
    process.exitCode = await run(process.argv.slice(2));
  } catch (error) {
    // A fault of the program's own must not end with Node's 1, which says that something was found.
    const detail = error instanceof Error ? error.stack : String(error);
    process.stderr.write(`flow-log-guard: internal error: ${detail}\n`);
    process.exitCode = exitCodes.failed;
  }
}

void main();
