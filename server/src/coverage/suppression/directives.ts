import { t } from '@vscode/l10n';
import type { FindingCode } from '../model.ts';
import { isFlowLogRule, isSuppressibleCode, suppressibleCodes, vpcCodes, type Tool } from './rules.ts';
import { isNearly, meant, nearestCode, unknownCode } from './spelling.ts';

/**
 * Where a comment has to stand to be about a VPC.
 * - `above`: on its own line, right above the line of the VPC's logical id.
 * - `beside-or-above`: there, at the end of that line, or between it and the resource's first line.
 * - `inside`: on any line of the VPC, its logical id's among them.
 * - `above-block`: right above the VPC or something that it is in.
 * - `file-start`: before anything else in the file.
 */
export type Placement = 'above' | 'beside-or-above' | 'inside' | 'above-block' | 'file-start';

/** What a comment asks a tool not to report. */
export interface Directive {
  readonly by: Tool;
  readonly rule: string;
  readonly reason?: string;
  readonly codes: ReadonlySet<FindingCode>;
  /** Whether it names a rule on flow logs, rather than to silence whatever there is. */
  readonly isSpecific: boolean;
  readonly placement: Placement;
  /** The day (YYYY-MM-DD) from which on it does not count any more. */
  readonly expires?: string;
}

export interface ReadDirectives {
  readonly directives: readonly Directive[];
  readonly misspellings: readonly MisspeltDirective[];
}

/** A comment that was surely meant as a directive, but is none. */
interface MisspeltDirective {
  readonly message: string;
  /** Set where it names no rule: only where it stands does it have to do with flow logs. */
  readonly placement?: Placement;
}

/** Whether a text can have a directive at all. */
export const directiveMarker =
  /flow-?_?log-?_?g|disable-next|checkov|bridgecrew|kics|trivy|tfsec|cfsec|CKV2_AWS_11|AWS_LOGGING_9|AWS-0178/i;

const nothing: ReadDirectives = { directives: [], misspellings: [] };

/** @param text What a comment says, without its `#`. */
export function readDirectives(text: string): ReadDirectives {
  for (const read of [readOwn, readKics, readCheckov, readTrivy]) {
    const found = read(text);
    if (found.directives.length > 0 || found.misspellings.length > 0) return found;
  }
  return readMisspelt(text);
}

const ownDirective = 'flow-log-guard-disable-next-line';

/** `flow-log-guard-disable-next-line CODE[, CODE] -- reason` */
function readOwn(text: string): ReadDirectives {
  const [word = '', second = ''] = text.split(/\s+/, 2);
  if (word !== ownDirective) {
    const wrong = [word, `${word} ${second}`].find(isMeantAsOwn);
    return wrong === undefined ? nothing : misspelt(meant(wrong, ownDirective));
  }
  const [named = '', reason] = text.slice(ownDirective.length).split(/\s--(?:\s|$)(.*)/s, 2);
  const words = named.split(/[\s,]+/).filter((part) => part !== '');
  const codes = words.filter(isSuppressibleCode);
  const unknown = words.find((part) => !isSuppressibleCode(part));
  return {
    directives: codes.map((code) => directive('flow-log-guard', code, 'above', reason, new Set([code]))),
    misspellings: [
      ...(unknown === undefined ? [] : [{ message: misplacedWord(unknown, codes.length > 0) }]),
      ...(words.length === 0 ? [{ message: namesNoCode() }] : []),
    ],
  };
}

function namesNoCode(): string {
  return t('{0} names no code; give it one, such as {1}', ownDirective, suppressibleCodes[0] ?? '');
}

function misplacedWord(word: string, isBehindCode: boolean): string {
  return isBehindCode && nearestCode(word) === undefined
    ? t('{0} is no code that can be suppressed; a reason stands behind --', word)
    : unknownCode(word);
}

/** Our name and a word for silencing: prose that mentions us does not begin so. */
function isMeantAsOwn(words: string): boolean {
  const letters = words.toLowerCase().replaceAll(/[^a-z]/g, '');
  const parts = /^(.{9,15}?)(?:disable|ignore|suppress|skip)(?:next)?(?:line)?$/.exec(letters);
  return isNearly(parts?.[1] ?? '', 'flow-log-guard') || isNearly(letters, ownDirective);
}

/**
 * `kics-scan ignore-line`, `ignore-block` and, at the start of the file, `ignore` or `disable=ID[,ID]`; newer
 * ones also `ignore-line=ID`. https://docs.kics.io/latest/running-kics
 */
function readKics(text: string): ReadDirectives {
  const parts = /^kics-scan\s+(\S+)\s*(.*)$/i.exec(text);
  if (parts === null) return nothing;
  const [, command = '', rest = ''] = parts;
  const [name = '', ids] = command.toLowerCase().split('=', 2);
  const placement = kicsPlacements.get(name);
  if (placement === undefined || (name === 'disable' && ids === undefined)) {
    const right = ['ignore-line', 'ignore-block'].find((known) => isNearly(name, known));
    return right === undefined
      ? nothing
      : misspelt(meant(`kics-scan ${command}`, `kics-scan ${right}`), 'above');
  }
  const rule = ids === undefined ? name : ids.split(',').find((id) => isFlowLogRule('kics', id));
  return rule === undefined ? nothing : one(directive('kics', rule, placement, rest));
}

const kicsPlacements: ReadonlyMap<string, Placement> = new Map([
  ['ignore-line', 'above'],
  ['ignore-block', 'above-block'],
  ['ignore', 'file-start'],
  ['disable', 'file-start'],
]);

/** `checkov:skip=ID:reason`. https://www.checkov.io/2.Basics/Suppressing%20and%20Skipping%20Policies.html */
function readCheckov(text: string): ReadDirectives {
  const parts = /(?:checkov|bridgecrew):skip= *([A-Z_\d]+)(?::(.+))?/.exec(text);
  const [, rule = '', reason] = parts ?? [];
  return isFlowLogRule('checkov', rule) ? one(directive('checkov', rule, 'inside', reason)) : nothing;
}

/**
 * `trivy:ignore:ID[:exp:YYYY-MM-DD]`, any number of them, among other words.
 * https://trivy.dev/latest/docs/scanner/misconfiguration/config/config/#skipping-detected-misconfigurations-by-inline-comments
 */
function readTrivy(text: string): ReadDirectives {
  const words = text.split(/\s+/);
  const last = words.findLastIndex((word) => trivyPrefix.test(word));
  const reason = words.slice(last + 1).join(' ');
  const directives = words
    .filter((word) => trivyPrefix.test(word))
    .flatMap((word): Directive[] => {
      const sections = word.split(':').slice(1);
      const rule = (sectionOf(sections, 'ignore') ?? '').replace(/\[.*/, '');
      if (rule !== '*' && !isFlowLogRule('trivy', rule)) return [];
      const expires = sectionOf(sections, 'exp');
      return [
        {
          ...directive('trivy', rule, 'beside-or-above', reason),
          ...(expires !== undefined && { expires }),
        },
      ];
    });
  return { directives, misspellings: [] };
}

const trivyPrefix = /^(?:trivy|tfsec|cfsec):ignore:/;

function sectionOf(sections: readonly string[], key: string): string | undefined {
  const index = sections.findIndex((section, position) => position % 2 === 0 && section === key);
  return index < 0 ? undefined : sections[index + 1];
}

const foreignTools = ['checkov', 'bridgecrew', 'trivy', 'tfsec', 'cfsec'];
const foreignVerbs = ['skip', 'ignore', 'disable', 'suppress'];

/** `checkov:ignore=CKV2_AWS_11`, `trivy:ignore=AVD-AWS-0178` and the like. */
function readMisspelt(text: string): ReadDirectives {
  const parts = /\b([a-z]{3,12}) ?[:=] ?([a-z]{3,12}) ?[:=] ?([\w-]+)/i.exec(text);
  const [wrong = '', tool = '', verb = '', id = ''] = parts ?? [];
  if (!foreignTools.some((known) => isNearly(tool, known))) return nothing;
  if (!foreignVerbs.some((known) => isNearly(verb, known))) return nothing;
  if (isFlowLogRule('checkov', id.toUpperCase())) {
    return misspelt(meant(wrong, `checkov:skip=${id.toUpperCase()}`));
  }
  return isFlowLogRule('trivy', id) ? misspelt(meant(wrong, `trivy:ignore:${id}`)) : nothing;
}

function misspelt(message: string, placement?: Placement): ReadDirectives {
  const misspelling = placement === undefined ? { message } : { message, placement };
  return { directives: [], misspellings: [misspelling] };
}

function one(found: Directive): ReadDirectives {
  return { directives: [found], misspellings: [] };
}

function directive(
  by: Tool,
  rule: string,
  placement: Placement,
  reason: string | undefined,
  codes: ReadonlySet<FindingCode> = vpcCodes,
): Directive {
  const text = reason?.replace(/^[\s:–—-]+/, '').trim() ?? '';
  return {
    by,
    rule,
    ...(text !== '' && { reason: text }),
    codes,
    isSpecific: isFlowLogRule(by, rule),
    placement,
  };
}
