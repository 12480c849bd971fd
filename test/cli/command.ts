import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import {
  chmodSync,
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';

const projectFolder = path.resolve(import.meta.dirname, '../..');
export const bundle = path.join(projectFolder, 'dist/cli.cjs');

/** Builds the bundles unless the command line's is newer than all it is made of. */
export function buildIfOutdated(): void {
  const sources = ['server/src', 'client/src', 'scripts'].flatMap((folder) =>
    readdirSync(path.join(projectFolder, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(?:ts|mjs)$/.test(name))
      .map((name) => path.join(projectFolder, folder, name)),
  );
  const newest = Math.max(
    ...[...sources, path.join(projectFolder, 'esbuild.mjs')].map((file) => statSync(file).mtimeMs),
  );
  const built = statSync(bundle, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (built > newest) return;
  const result = spawnSync(process.execPath, ['esbuild.mjs'], { cwd: projectFolder, encoding: 'utf8' });
  if (result.status !== 0) throw new Error(`The build failed:\n${result.stdout}${result.stderr}`);
}

/** A folder with those files, gone after the test. */
export function folderWith(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'flow-log-guard-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  chmodSync(folder, 0o755);
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
  return folder;
}

interface RunOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly user?: number | undefined;
  /** Another copy of the program. */
  readonly program?: string;
  /** A file for the standard output. */
  readonly output?: string;
}

interface RunResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the built program to its end, as a script would: no terminal, no colour settings. */
export function run(args: readonly string[], options: RunOptions = {}): Promise<RunResult> {
  const child = start(args, options);
  let stdout = '';
  let stderr = '';
  child.stdout?.setEncoding('utf8').on('data', (chunk: string) => (stdout += chunk));
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => (stderr += chunk));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
}

export function start(
  args: readonly string[],
  { cwd, env, user, program = bundle, output }: RunOptions = {},
): ChildProcess {
  const outputFile = output === undefined ? undefined : openSync(output, 'w');
  const child = spawn(process.execPath, [program, ...args], {
    cwd: cwd ?? projectFolder,
    env: { PATH: process.env['PATH'], ...env },
    stdio: ['ignore', outputFile ?? 'pipe', 'pipe'],
    ...(user !== undefined && { uid: user, gid: user }),
  });
  if (outputFile !== undefined) closeSync(outputFile);
  return child;
}

/** The report that `check --format json` prints; the shape is checked by a test of its own. */
export interface Report {
  readonly version: number;
  readonly vpcs: readonly { readonly file: string; readonly logicalId: string; readonly verdict: string }[];
  readonly findings: readonly { readonly file: string; readonly code: string }[];
  readonly errors: readonly { readonly file: string; readonly message: string }[];
}

/** Runs `check --format json` in a folder. */
export async function checkJson(
  cwd: string,
  paths: readonly string[] = [],
  options: RunOptions = {},
): Promise<{ readonly code: number | null; readonly report: Report; readonly stderr: string }> {
  const { code, stdout, stderr } = await run(['check', '--format', 'json', ...paths], { cwd, ...options });
  return { code, report: JSON.parse(stdout) as Report, stderr };
}

/** A template with one VPC that has no flow log. */
export const bareVpc = 'Resources:\n  Vpc:\n    Type: AWS::EC2::VPC\n';

/** The same with a flow log that records that traffic. */
export function vpcRecording(trafficType: 'ACCEPT' | 'REJECT' | 'ALL'): string {
  return `${bareVpc}  FlowLog:
    Type: AWS::EC2::FlowLog
    Properties:
      ResourceId: !Ref Vpc
      ResourceType: VPC
      TrafficType: ${trafficType}
      LogDestinationType: s3
      LogDestination: arn:aws:s3:::example-flow-logs
`;
}
