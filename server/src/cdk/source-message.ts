import { t } from '@vscode/l10n';
import type { Finding } from '../coverage/model.ts';
import { nameInStack, namesOfGeneratedIds, type ConstructResource } from './constructs.ts';

/** More sentences or names than a reader takes in at one place. */
const mostSentences = 3;
const mostStacks = 5;

/**
 * What the templates' findings say, in the names of the code: `Main has no flow log (stack Network)`.
 *
 * @param group The findings that one line of code gets, each with its construct.
 * @param isStale Whether they are of an older text.
 */
export function sourceMessage(
  group: readonly { readonly finding: Pick<Finding, 'message'>; readonly construct: ConstructResource }[],
  isStale: boolean,
): string {
  const stacksBySentence = new Map<string, string[]>();
  for (const { finding, construct } of group) {
    const sentence = renamed(finding.message, construct);
    const stacks = stacksBySentence.get(sentence) ?? [];
    const { displayName } = construct.stack;
    if (!stacks.includes(displayName)) stacks.push(displayName);
    stacksBySentence.set(sentence, stacks);
  }
  const sentences = Array.from(stacksBySentence, ([sentence, stacks]) =>
    t(stacks.length > 1 ? '{0} (stacks {1})' : '{0} (stack {1})', sentence, listed(stacks)),
  );
  const left = sentences.length - mostSentences;
  const shown =
    left > 0 ? [...sentences.slice(0, mostSentences), t('and so on for {0} more', left)] : sentences;
  const message = shown.join('; ');
  return isStale ? t('{0}, at the last synthesis; the file has changed since', message) : message;
}

/** With the names of constructs in the place of logical ids, which nobody wrote. */
function renamed(message: string, construct: ConstructResource): string {
  const id = construct.logicalId.replaceAll(/\W/g, String.raw`\$&`);
  const own = new RegExp(String.raw`(?<![\w-])${id}(?![\w-])`);
  const names = namesOfGeneratedIds(construct.stack);
  return message
    .replace(own, () => nameInStack(construct))
    .replaceAll(/\b\w+[0-9A-F]{8}\b/g, (word) => names.get(word) ?? word);
}

function listed(names: readonly string[]): string {
  const left = names.length - mostStacks;
  const shown = left > 0 ? [...names.slice(0, mostStacks), t('{0} more', left)] : names;
  return shown.length > 1
    ? t('{0} and {1}', shown.slice(0, -1).join(', '), shown.at(-1) ?? '')
    : shown.join('');
}
