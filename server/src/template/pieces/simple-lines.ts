import { deployableLength } from '../document.ts';
import { mostJoins } from '../yaml/read-yaml.ts';
import type { EntryFacts } from '../syntax.ts';
import { contentOf, goesOn, type LineContent } from './line-content.ts';
import { beforeSpaces, behindLine, behindSpaces, isQuoteAt, tagText } from './simple-values.ts';

/**
 * Recognises YAML that is written the way nearly all templates are: one key or item a line, with a value that is
 * plain, in quotes or in brackets, perhaps over several lines, or a block scalar. What is recognised is surely without
 * a mistake, stands by itself and uses no anchors, so that it need not be parsed to know that. All else is for the
 * parser to judge.
 */

/**
 * The values and the keys of most lines that have no comment. All of them are the other pattern's, too, but nothing
 * of them need be told apart, which is faster.
 */
const commonValue = String.raw`(?:${tagText} +)?(?:[\w./$](?:[^:#\t\r\n]|:(?=[^ \t\r\n]))*|'[^'\t\r\n]*'|"[^"\\\t\r\n]*")`;
const commonItem = new RegExp(commonValue, 'y');
const commonEntry = new RegExp(String.raw`[A-Za-z0-9_]\w*(?:::\w+)*:(?: +${commonValue})?`, 'y');

/** Deeper than templates are, and far from where a tree counts as too deep to walk. */
const deepest = 60;
const longestKey = 500;
/** A column that nothing is to the right of. */
const nowhere = 1_000_000_000;

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
    at = Math.max(end + 1, lines.behindLong);
  }
  const { facts } = lines;
  if (lines.hasJoins && !mayBeJoined(text.slice(start, at))) return undefined;
  return facts && { facts, end: Math.min(at, text.length) };
}

/** Whether the parser makes lines of a piece one where it must: it is not too long, and that hides no comment. */
function mayBeJoined(piece: string): boolean {
  return piece.length <= deployableLength && !piece.includes('#');
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
  /** Where what a plain text belongs to stands: lines further to the right go on with it. */
  #parentOfText = nowhere;
  /** Where the line begins that follows the last value over several lines that has an end of its own. */
  #behindLong = 0;
  /** How many texts there are that the parser must make one line of. */
  #joins = 0;
  #hasKey = false;
  #isMapping = false;
  /** Whether the entry has a tag, so that its value is a mapping of one call. */
  #isCall = false;
  #isMetadata = false;
  #type: string | undefined;
  #condition: string | undefined;
  readonly #metadataKeys: string[] = [];
  /** The key one level below the entry's that the lines are in. */
  #member: string | undefined;

  constructor(indentation: number) {
    this.#open = [{ isSequence: false, indentation }];
  }

  get behindLong(): number {
    return this.#behindLong;
  }

  get hasJoins(): boolean {
    return this.#joins > 0;
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
   * Returns whether the line from `start` to `end` is a simple one that fits those before, with the further ones that its
   * value is in.
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
    if (content === end) return true;
    if (indentation > this.#parentOfText && goesOn(text, content, end)) return true;
    this.#parentOfText = nowhere;
    if (text.charCodeAt(content) === 35) return true;
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
      if (!isQuoteAt(text, end - 1)) this.#parentOfText = this.#pending!.indentation;
      this.#pending = undefined;
      return true;
    }
    return this.#takeContent(text, at, end, at - start, isItem);
  }

  /** What most lines are. */
  #takeCommon(text: string, start: number, end: number, column: number, isItem: boolean): boolean {
    if (!this.#enter(column, false, isItem)) return false;
    const hasValue = text.charCodeAt(end - 1) !== 58;
    if (hasValue && !isQuoteAt(text, end - 1)) this.#parentOfText = column;
    const depth = this.#open.length;
    if (depth <= 2 || (depth === 3 && this.#member === 'Metadata')) {
      const keyEnd = hasValue ? text.indexOf(': ', start) : end - 1;
      const value = hasValue
        ? text.slice(behindSpaces(text, keyEnd + 1), beforeSpaces(text, end))
        : undefined;
      const tagged = value?.startsWith('!') === true ? value.slice(0, value.indexOf(' ')) : undefined;
      if (!this.#note(text.slice(start, keyEnd), tagged, undefined, value)) return false;
    }
    this.#pending = hasValue ? undefined : { indentation: column, isKey: true, hasTag: false };
    return true;
  }

  #takeContent(text: string, start: number, end: number, column: number, isItem: boolean): boolean {
    const parentOfValue = this.#pending?.indentation ?? column;
    const outermost = this.#open[0]!.indentation;
    const content = contentOf(text, start, end, { column, parent: parentOfValue, outermost });
    if (content === undefined || (content.isOutdented && !this.#mayJoin())) return false;
    const { key, tag: tagged, blockMark, value } = content;
    // A comment alone is what is left of an item.
    if (key === undefined && tagged === undefined && blockMark === undefined && value === undefined) {
      return isItem;
    }
    if (content.end > end) this.#behindLong = behindLine(text, content.end);
    const parent = key === undefined ? parentOfValue : column;
    if (content.isOpen) this.#parentOfText = parent;
    if (key === undefined && !isItem) return this.#takeLoneValue(column, content);
    if (key !== undefined) {
      if (key.length > longestKey || !this.#enter(column, false, isItem)) return false;
      this.#pending = undefined;
      if (!this.#note(key, tagged, blockMark, value)) return false;
    }
    if (blockMark !== undefined) this.#scalar = { parent, indentation: undefined };
    this.#pending =
      blockMark === undefined && value === undefined
        ? { indentation: parent, isKey: key !== undefined, hasTag: tagged !== undefined }
        : undefined;
    return true;
  }

  /** Whether the parser takes another text of which some lines stand too far to the left. */
  #mayJoin(): boolean {
    this.#joins += 1;
    return this.#joins <= mostJoins;
  }

  /** A value that stands in the line below its key. */
  #takeLoneValue(column: number, { tag: tagged, blockMark, value }: LineContent): boolean {
    const pending = this.#pending;
    this.#pending = undefined;
    if (pending === undefined || column <= pending.indentation) return false;
    if (tagged !== undefined && pending.hasTag) return false;
    // What tells facts must stand in lines of its own.
    if (this.#open.length === 1 && !this.#noteValue(tagged, value)) return false;
    const isMetadata = this.#open.length === 2 && this.#member === 'Metadata';
    if (isMetadata && (tagged !== undefined || value?.startsWith('{') === true)) return false;
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
      return this.#noteValue(tagged, value);
    }
    if (this.#isCall) return true;
    if (depth === 3 && this.#member === 'Metadata' && this.#isMapping) {
      if (!this.#open[2]!.isSequence) this.#metadataKeys.push(name);
      return isText(written);
    }
    if (depth !== 2) return true;
    this.#member = name;
    if (this.#isMetadata) {
      this.#metadataKeys.push(name);
      if (!isText(written)) return false;
    }
    if (name === 'Metadata') return tagged === undefined && blockMark === undefined && value === undefined;
    if (name !== 'Type' && name !== 'Condition') return true;
    if (tagged !== undefined || value === undefined) return false;
    const text = unquoted(value);
    if (!/^[A-Za-z][\w:.@<>-]*$/.test(text) || !isText(value)) return false;
    if (name === 'Type') this.#type = text;
    else this.#condition = text;
    this.#parentOfText = nowhere;
    return true;
  }

  /** The value of the entry itself. Returns false where a fact cannot be told from it. */
  #noteValue(tagged: string | undefined, value: string | undefined): boolean {
    if (tagged === undefined) return this.#isCall || value?.startsWith('{') !== true;
    this.#isCall = true;
    this.#isMapping = true;
    return tagged !== '!Condition' && !this.#isMetadata;
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
