import type { EntryFacts } from '../syntax.ts';

/**
 * Recognises YAML that is written the way nearly all templates are: one key or item a line, with plain, quoted
 * or one-line flow values, or a block scalar. What is recognised is surely without a mistake, stands by itself
 * and uses no anchors, so that it need not be parsed to know that. All else is for the parser to judge.
 */

const doubleQuoted = String.raw`"(?:[^"\\]|\\(?:["\\/bfnrt0]|u[\da-fA-F]{4}))*"`;
const singleQuoted = String.raw`'(?:[^']|'')*'`;
const quoted = `${doubleQuoted}|${singleQuoted}`;
const tag = String.raw`![A-Za-z]\w*`;
const key = String.raw`[A-Za-z0-9_/][\w./-]*(?:::?[\w./-]+)*|"[^"\\]*"|'[^']*'`;
const plain = String.raw`(?:[A-Za-z0-9_./$+~(^;\\]|-(?=[\w.])|:(?=[:\w]))(?:[^:#]|:(?! |$)|(?<! )#)*`;
const plainInFlow = String.raw`(?:[A-Za-z0-9_./$]|-(?=\w))(?:[^ ,[\]{}"'#:]|:(?=[^ ,[\]{}"'#]))*`;

/** What stands behind the dashes of a line: key, tag, and the mark of a block scalar or a value. */
const lineContent = new RegExp(
  `^(?:(${key}) *:(?= |$) *)?(?:(${tag})(?= |$) *)?(?:([|>][-+]?)|(${quoted}|${plain}))?(?: +#.*| *)$`,
);

/** The same up to a flow collection. */
const flowLead = new RegExp(`^(?:(${key}) *: +)?(?:(${tag}) +)?(?=[[{])`);
export const flowKey = /(?:[A-Za-z][\w.-]*(?:::?[\w.-]+)*|"[^"\\]*"): +/y;
export const flowTag = new RegExp(`${tag} +`, 'y');
export const flowScalar = new RegExp(`${quoted}|${plainInFlow}`, 'y');
const onlyComment = /^(?: +#.*| *)$/;
const deepestFlow = 8;

/** Where a flow collection ends that is written in one line; undefined where it is not a simple one. */
function flowEnd(text: string, start: number, depth = 0): number | undefined {
  if (depth > deepestFlow) return undefined;
  const isMapping = text[start] === '{';
  let at = behindSpaces(text, start + 1);
  while (text[at] !== (isMapping ? '}' : ']')) {
    const value = isMapping ? behind(flowKey, text, at) : at;
    if (value === undefined) return undefined;
    const untagged = behind(flowTag, text, value) ?? value;
    const isNested = text[untagged] === '[' || text[untagged] === '{';
    const end = isNested ? flowEnd(text, untagged, depth + 1) : behind(flowScalar, text, untagged);
    if (end === undefined) return undefined;
    at = behindSpaces(text, end);
    if (text[at] === ',') at = behindSpaces(text, at + 1);
    else if (text[at] !== (isMapping ? '}' : ']')) return undefined;
  }
  return at + 1;
}

function behind(pattern: RegExp, text: string, at: number): number | undefined {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : undefined;
}

function behindSpaces(text: string, start: number): number {
  let at = start;
  while (text.charCodeAt(at) === 32) at += 1;
  return at;
}

interface Content {
  readonly name: string | undefined;
  readonly tagged: string | undefined;
  readonly blockMark: string | undefined;
  readonly value: string | undefined;
}

/** What a line says from some column on; undefined where that is no simple line's. */
export function contentOf(text: string): Content | undefined {
  const found = lineContent.exec(text);
  if (found !== null) return { name: found[1], tagged: found[2], blockMark: found[3], value: found[4] };
  const lead = flowLead.exec(text);
  if (lead === null) return undefined;
  const start = lead[0].length;
  const end = flowEnd(text, start);
  if (end === undefined || !onlyComment.test(text.slice(end))) return undefined;
  return { name: lead[1], tagged: lead[2], blockMark: undefined, value: text.slice(start, end) };
}

/**
 * The values and the keys of most lines that have no comment. All of them are the other pattern's, too, but nothing
 * of them need be told apart, which is faster.
 */
const commonValue = String.raw`(?:${tag} +)?(?:[\w./$](?:[^:#\t\r\n]|:(?=[^ \t\r\n]))*|'[^'\t\r\n]*'|"[^"\\\t\r\n]*")`;
const commonItem = new RegExp(commonValue, 'y');
const commonEntry = new RegExp(String.raw`[A-Za-z0-9_]\w*(?:::\w+)*:(?: +${commonValue})?`, 'y');

/** Deeper than templates are, and far from where a tree counts as too deep to walk. */
const deepest = 60;
const longestKey = 500;

interface Collection {
  readonly isSequence: boolean;
  readonly indentation: number;
}

/** An entry of a mapping that is written in simple lines. */
interface SimpleEntry {
  readonly facts: EntryFacts;
  /** Where the next line begins that is neither blank nor a comment and stands no further to the right. */
  readonly end: number;
}

/**
 * Looks at one entry of a mapping, with all that belongs to it.
 *
 * @param start Where the line of its key begins in the text.
 * @param indentation Of its key.
 * @returns undefined where it is not written in simple lines
 */
export function recognise(text: string, start: number, indentation: number): SimpleEntry | undefined {
  const lines = new SimpleLines(indentation);
  let at = start;
  while (at < text.length) {
    const content = behindSpaces(text, at);
    if (at > start && content - at <= indentation && !isNothing(text, content)) {
      // What stands behind a tab may belong to the entry, or to the one behind it.
      if (text.charCodeAt(content) === 9) return undefined;
      if (content - at < indentation || !isItemAt(text, content)) break;
    }
    const lineFeed = text.indexOf('\n', content);
    const end = lineFeed < 0 ? text.length : lineFeed;
    const isCut = lineFeed > content && text.charCodeAt(lineFeed - 1) === 13;
    if (!lines.take(text, at, content, isCut ? end - 1 : end)) return undefined;
    at = end + 1;
  }
  const { facts } = lines;
  return facts && { facts, end: Math.min(at, text.length) };
}

/** Whether what stands there, behind the spaces of a line, is no content. */
export function isNothing(text: string, offset: number): boolean {
  let at = offset;
  let code = text.charCodeAt(at);
  while (code === 9 || code === 32) code = text.charCodeAt((at += 1));
  // The end of the text, line feed, number sign; a carriage return before a line feed.
  return Number.isNaN(code) || code === 10 || code === 35 || (code === 13 && text.charCodeAt(at + 1) === 10);
}

const item = /-(?=[ \t\r\n]|$)/y;

/** Whether an item of a sequence begins there, which may stand in the column of the key that it belongs to. */
export function isItemAt(text: string, offset: number): boolean {
  item.lastIndex = offset;
  return item.test(text);
}

/** The way through the lines of one entry. */
class SimpleLines {
  /** The collections that are open, outermost first; the outermost has the entry alone. */
  readonly #open: Collection[];
  /** Where the key or dash stands whose value has not begun yet. */
  #pending: { readonly indentation: number; readonly isKey: boolean; readonly hasTag: boolean } | undefined;
  /** Of the block scalar that the lines are in: where what it belongs to stands, and its own indentation. */
  #scalar: { readonly parent: number; indentation: number | undefined } | undefined;
  #hasKey = false;
  #isMapping = false;
  #isMetadata = false;
  #type: string | undefined;
  #condition: string | undefined;
  readonly #metadataKeys: string[] = [];
  /** The key one level below the entry's that the lines are in. */
  #member: string | undefined;

  constructor(indentation: number) {
    this.#open = [{ isSequence: false, indentation }];
  }

  get facts(): EntryFacts | undefined {
    if (!this.#hasKey) return undefined;
    return {
      isMapping: this.#isMapping,
      type: this.#type,
      condition: this.#condition,
      metadataKeys: this.#metadataKeys,
    };
  }

  /**
   * Returns whether the line from `start` to `end` is a simple one that fits those before.
   *
   * @param content Where its indentation ends.
   */
  take(text: string, start: number, content: number, end: number): boolean {
    const indentation = content - start;
    if (this.#scalar !== undefined) {
      if (content === end) return this.#scalar.indentation !== undefined || indentation === 0;
      if (indentation > this.#scalar.parent) {
        this.#scalar.indentation ??= indentation;
        return indentation >= this.#scalar.indentation;
      }
      this.#scalar = undefined;
    }
    if (content === end || text.charCodeAt(content) === 35) return true;
    let at = content;
    while (text.charCodeAt(at) === 45 && (at + 1 === end || text.charCodeAt(at + 1) === 32)) {
      const dash = at - start;
      if (!this.#enter(dash, true, at > content)) return false;
      this.#pending = { indentation: dash, isKey: false, hasTag: false };
      at = behindSpaces(text, at + 1);
    }
    if (at === end) return true;
    const isItem = at > content;
    if (isWhole(commonEntry, text, at, end)) return this.#takeCommon(text, at, end, at - start, isItem);
    if (isItem && isWhole(commonItem, text, at, end)) {
      this.#pending = undefined;
      return true;
    }
    const rest = text.slice(at, end);
    if (/[\t\r]/.test(rest)) return false;
    return this.#takeContent(rest, at - start, isItem);
  }

  /** What most lines are. */
  #takeCommon(text: string, start: number, end: number, column: number, isItem: boolean): boolean {
    if (!this.#enter(column, false, isItem)) return false;
    const hasValue = text.charCodeAt(end - 1) !== 58;
    const depth = this.#open.length;
    if (depth <= 2 || (depth === 3 && this.#member === 'Metadata')) {
      const keyEnd = hasValue ? text.indexOf(': ', start) : end - 1;
      const value = hasValue ? text.slice(behindSpaces(text, keyEnd + 1), end) : undefined;
      const tagged = value?.startsWith('!') === true ? value : undefined;
      if (!this.#note(text.slice(start, keyEnd), tagged, undefined, value)) return false;
    }
    this.#pending = hasValue ? undefined : { indentation: column, isKey: true, hasTag: false };
    return true;
  }

  #takeContent(written: string, column: number, isItem: boolean): boolean {
    const content = contentOf(written);
    if (content === undefined) return false;
    const { name, tagged, blockMark, value } = content;
    // A comment alone is what is left of an item.
    if (name === undefined && tagged === undefined && blockMark === undefined && value === undefined) {
      return isItem;
    }
    if (name === undefined && !isItem) return this.#takeLoneValue(column, tagged, blockMark, value);
    if (name !== undefined) {
      if (name.length > longestKey || !this.#enter(column, false, isItem)) return false;
      this.#pending = undefined;
      if (!this.#note(name, tagged, blockMark, value)) return false;
    }
    const parent = name === undefined ? this.#open.at(-1)!.indentation : column;
    if (blockMark !== undefined) this.#scalar = { parent, indentation: undefined };
    this.#pending =
      blockMark === undefined && value === undefined
        ? { indentation: parent, isKey: name !== undefined, hasTag: tagged !== undefined }
        : undefined;
    return true;
  }

  /** A value that stands in the line below its key. */
  #takeLoneValue(
    column: number,
    tagged: string | undefined,
    blockMark: string | undefined,
    value: string | undefined,
  ): boolean {
    const pending = this.#pending;
    this.#pending = undefined;
    if (pending === undefined || column <= pending.indentation) return false;
    if (tagged !== undefined && pending.hasTag) return false;
    // What tells facts must stand in lines of its own.
    const tellsFacts = this.#open.length === 1 || (this.#open.length === 2 && this.#member === 'Metadata');
    if (tellsFacts && (tagged !== undefined || value?.startsWith('{') === true)) return false;
    if (blockMark === undefined && value === undefined) this.#pending = { ...pending, hasTag: true };
    if (blockMark !== undefined) this.#scalar = { parent: pending.indentation, indentation: undefined };
    return true;
  }

  /** Goes to the collection of which a key or an item begins at that column. */
  #enter(column: number, isSequence: boolean, isBehindDash: boolean): boolean {
    const pending = this.#pending;
    this.#pending = undefined;
    if (pending !== undefined) {
      const isOnKeysColumn = isSequence && pending.isKey && !pending.hasTag && column === pending.indentation;
      if (column > pending.indentation || isOnKeysColumn) {
        if (this.#open.length === 1 && !isSequence) this.#isMapping = true;
        if (this.#open.length >= deepest) return false;
        this.#open.push({ isSequence, indentation: column });
        return true;
      }
    }
    if (isBehindDash) return false;
    for (let top = this.#open.at(-1); top !== undefined; top = this.#open.at(-1)) {
      if (top.indentation < column) return false;
      if (top.indentation === column && top.isSequence === isSequence) return true;
      // Items may stand as far to the left as the key that they belong to.
      if (top.indentation === column && isSequence) return false;
      this.#open.pop();
    }
    return false;
  }

  /** Returns false where a fact cannot be told from the line. */
  #note(
    written: string,
    tagged: string | undefined,
    blockMark: string | undefined,
    value: string | undefined,
  ): boolean {
    const depth = this.#open.length;
    const name = unquoted(written);
    if (depth === 1) {
      // There is one entry, and it is written without a tag.
      if (this.#hasKey) return false;
      this.#hasKey = true;
      this.#isMetadata = name === 'Metadata';
      return tagged === undefined && value?.startsWith('{') !== true;
    }
    if (depth === 3 && this.#member === 'Metadata' && this.#isMapping) {
      if (!this.#open[2]!.isSequence) this.#metadataKeys.push(name);
      return isText(written);
    }
    if (depth !== 2) return true;
    this.#member = name;
    if (this.#isMetadata) this.#metadataKeys.push(name);
    if (name === 'Metadata') return tagged === undefined && blockMark === undefined && value === undefined;
    if (name !== 'Type' && name !== 'Condition') return true;
    if (tagged !== undefined || value === undefined) return false;
    const text = unquoted(value.trimEnd());
    if (!/^[A-Za-z][\w:.@<>-]*$/.test(text) || !isText(value.trimEnd())) return false;
    if (name === 'Type') this.#type = text;
    else this.#condition = text;
    return true;
  }
}

/** Whether what stands there is what the pattern matches and nothing else, and short enough for a key. */
function isWhole(pattern: RegExp, text: string, start: number, end: number): boolean {
  pattern.lastIndex = start;
  return pattern.test(text) && pattern.lastIndex === end && end - start <= longestKey;
}

function unquoted(text: string): string {
  return text.startsWith('"') || text.startsWith("'") ? text.slice(1, -1) : text;
}

/** Whether something written is a text to YAML 1.1, and not a boolean or nothing. */
export function isText(written: string): boolean {
  return written.length > 5 || !/^(?:y|yes|n|no|true|false|on|off|null|~)$/i.test(written);
}
