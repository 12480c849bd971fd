import type { RelatedPlace, Severity } from '../coverage/model.ts';
import type { CheckedTemplate, CheckOutcome } from './check.ts';
import type { CheckError } from './load.ts';
import { isProjectFile } from '../workspace/project-file.ts';
import { printable, type Paint, type Style } from './terminal.ts';

const severityStyles: Readonly<Record<Severity, Style>> = {
  error: 'red',
  warning: 'yellow',
  information: 'blue',
  hint: 'dim',
};

/** The findings, grouped by file; empty where there are none. */
export function findingsText({ templates }: CheckOutcome, paint: Paint): string {
  const byFile = new Map(templates.map((template) => [template.file, template]));
  return templates
    .filter(({ findings }) => findings.length > 0)
    .map((template) => `${fileText(template, byFile, paint)}\n`)
    .join('');
}

function fileText(
  template: CheckedTemplate,
  byFile: ReadonlyMap<string, CheckedTemplate>,
  paint: Paint,
): string {
  const { file, findings } = template;
  const placeAt = (offset: number): string => placeIn(template, offset);
  const relatedPlace = (place: RelatedPlace): string => {
    if (place.file === undefined) return placeAt(place.span.start);
    const other = byFile.get(place.file);
    return printable(place.file) + (other ? `:${placeIn(other, place.span.start)}` : '');
  };
  const placeWidth = widest(findings.map(({ span }) => placeAt(span.start)));
  const severityWidth = widest(findings.map(({ severity }) => severity));
  const messageIndent = ' '.repeat(2 + placeWidth + 2 + severityWidth + 2);
  const lines = findings.flatMap(({ span, severity, message, code, related }) => [
    [
      '',
      paint('dim', placeAt(span.start).padStart(placeWidth)),
      paint(severityStyles[severity], severity.padEnd(severityWidth)),
      printable(message),
      paint('dim', code),
    ].join('  '),
    ...related.map(
      (place) => messageIndent + paint('dim', `${relatedPlace(place)}  ${printable(place.message)}`),
    ),
  ]);
  return [paint('bold', printable(file)), ...lines, ''].join('\n');
}

function placeIn({ positionAt }: CheckedTemplate, offset: number): string {
  const { line, column } = positionAt(offset);
  return `${line}:${column}`;
}

/** One line for each thing that could not be checked; empty where there are none. */
export function errorsText(errors: readonly CheckError[], paint: Paint): string {
  return errors
    .map(
      ({ file, message }) => `${paint('red', 'error')}  ${printable(file) || "''"}: ${printable(message)}\n`,
    )
    .join('');
}

/** The last line: how many of the VPCs are covered, and what was found. */
export function summaryText({ fileCount, ignoredCount, templates, errors }: CheckOutcome): string {
  const parts = [coverageText(fileCount, templates), ...findingCounts(templates)];
  const suppressed = templates.flatMap(({ vpcs }) => vpcs.filter((vpc) => vpc.suppressed)).length;
  if (suppressed > 0) parts.push(`${count(suppressed, 'VPC')} suppressed`);
  if (ignoredCount > 0) parts.push(`${count(ignoredCount, 'file')} ignored`);
  const inProjectFiles = errors.filter(({ file }) => isProjectFile(file)).length;
  if (inProjectFiles > 0) parts.push(`${count(inProjectFiles, 'error')} in project files`);
  const unchecked = new Set(errors.map(({ file }) => file).filter((file) => !isProjectFile(file))).size;
  if (unchecked > 0) parts.push(`${count(unchecked, 'path')} could not be fully checked`);
  return `${parts[0]}${parts.length > 1 ? `; ${parts.slice(1).join(', ')}` : ''}\n`;
}

function coverageText(fileCount: number, templates: readonly CheckedTemplate[]): string {
  if (templates.length === 0) return `No CloudFormation template in ${count(fileCount, 'file')}`;
  const vpcs = templates.flatMap((template) => template.vpcs);
  if (vpcs.length === 0) return `No VPC in ${count(templates.length, 'template')}`;
  const covered = vpcs.filter(({ verdict }) => verdict === 'covered').length;
  const have = vpcs.length === 1 ? 'has' : 'have';
  return `${covered} of ${count(vpcs.length, 'VPC')} in ${count(templates.length, 'template')} ${have} a flow log that counts`;
}

function findingCounts(templates: readonly CheckedTemplate[]): string[] {
  const findings = templates.flatMap((template) => template.findings);
  const labels = { error: 'error', warning: 'warning', information: 'note', hint: 'hint' } as const;
  return (['error', 'warning', 'information', 'hint'] as const).flatMap((severity) => {
    const amount = findings.filter((finding) => finding.severity === severity).length;
    return amount === 0 ? [] : [count(amount, labels[severity])];
  });
}

function count(amount: number, noun: string): string {
  return `${amount} ${noun}${amount === 1 ? '' : 's'}`;
}

// Not Math.max(...widths): a file may have more findings than a call can have arguments.
function widest(texts: readonly string[]): number {
  return texts.reduce((width, { length }) => Math.max(width, length), 0);
}
