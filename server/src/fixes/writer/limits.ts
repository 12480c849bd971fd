import { t } from '@vscode/l10n';
import { refused, type Refused } from './written-template.ts';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html */
const mostResources = 500;
const mostBytes = 1024 * 1024;

/** A template as far as CloudFormation bounds it. */
export interface Size {
  readonly text: string;
  /** How many there are. */
  readonly resources: number;
}

/** Why a template must not grow so; undefined where CloudFormation takes it, or it does not grow. */
export function tooLarge(before: Size, after: Size): Refused | undefined {
  const { resources } = after;
  if (resources > mostResources && resources > before.resources) {
    return refused(
      t('The template would have {0} resources; CloudFormation takes {1}.', resources, mostResources),
    );
  }
  return after.text.length > before.text.length && utf8Length(after.text) > mostBytes
    ? refused(t('The template would be larger than the 1 MB that CloudFormation takes.'))
    : undefined;
}

function utf8Length(text: string): number {
  // Nearly all templates are ASCII, which is told much faster than counted.
  if (!/[\u0080-\uFFFF]/.test(text)) return text.length;
  let length = 0;
  for (const char of text) {
    const code = char.codePointAt(0)!;
    length += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return length;
}
