import type { FlowLogSettings } from './flow-log-settings.ts';
import type { EnablingPlan } from './plan-enabling.ts';

export type Shell = 'posix' | 'powershell';

export interface CommandOptions {
  readonly shell: Shell;
  /** Undefined: none is named. */
  readonly profile?: string | undefined;
}

/**
 * `aws ec2 create-flow-logs …` for each call of a plan, one a line, quoted for the shell.
 *
 * @see https://docs.aws.amazon.com/cli/latest/reference/ec2/create-flow-logs.html
 */
export declare function createFlowLogsCommands(
  plan: Pick<EnablingPlan, 'batches'> & { readonly settings: FlowLogSettings },
  options: CommandOptions,
): string;
