export type Shell = 'posix' | 'powershell';

/** One argument, as it has to stand in a command line. */
export function quoted(argument: string, shell: Shell): string {
  return shell === 'posix' ? quotedForPosix(argument) : quotedForPowerShell(argument);
}

/** @see https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html (2.2 Quoting) */
function quotedForPosix(argument: string): string {
  if (/^[\w@%+:,./-]+$/.test(argument)) return argument;
  return `'${argument.replaceAll("'", String.raw`'\''`)}'`;
}

/**
 * PowerShell takes the typographic quotes for plain ones, too.
 *
 * @see https://learn.microsoft.com/powershell/module/microsoft.powershell.core/about/about_quoting_rules
 */
function quotedForPowerShell(argument: string): string {
  if (/^[\w/][\w:./-]*$|^--?[a-z][a-z-]*$/.test(argument)) return argument;
  return `'${argument.replaceAll(/['‘’‚‛]/g, '$&$&')}'`;
}
