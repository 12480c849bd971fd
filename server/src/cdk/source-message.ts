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
  const sentences = Array.from(
    stacksBySentence,
    ([sentence, stacks]) => `${sentence} (${stacks.length > 1 ? 'stacks' : 'stack'} ${listed(stacks)})`,
  );
  const left = sentences.length - mostSentences;
  const shown = left > 0 ? [...sentences.slice(0, mostSentences), `and so on for ${left} more`] : sentences;
  const note = isStale ? ', at the last synthesis; the file has changed since' : '';
  return `${shown.join('; ')}${note}`;
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
  const shown = left > 0 ? [...names.slice(0, mostStacks), `${left} more`] : names;
  return shown.length > 1 ? `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}` : shown.join('');
}
