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

/** A value in a flow collection that is written in one line. */
function flow(depth: number): string {
  const item = `(?:${tag} +)?(?:${quoted}|${plainInFlow}${depth === 0 ? '' : `|${flow(depth - 1)}`})`;
  const pair = String.raw`(?:[A-Za-z][\w.-]*(?:::?[\w.-]+)*|"[^"\\]*"): +${item}`;
  return String.raw`\[ *${listOf(item)} *\]|\{ *${listOf(pair)} *\}`;
}

function listOf(one: string): string {
  return `(?:${one}(?: *, *${one})*(?: *,)?)?`;
}

/** What stands behind the dashes of a line: key, tag, and the mark of a block scalar or a value. */
const lineContent = new RegExp(
  `^(?:(${key}) *:(?= |$) *)?(?:(${tag})(?= |$) *)?(?:([|>][-+]?)|(${quoted}|${plain}|${flow(3)}))?(?: +#.*| *)$`,
);

/** What most lines are, a key and perhaps a word; all of them are the other pattern's, too, but this is faster. */
const plainLine = /^([A-Za-z0-9_]\w*(?:::\w+)*):(?: +([A-Za-z0-9_./$][\w./-]*))?$/;

/** Deeper than templates are, and far from where a tree counts as too deep to walk. */
const deepest = 60;
const longestKey = 500;

interface Collection {
  readonly isSequence: boolean;
  readonly indentation: number;
}

/**
 * Looks at one entry of a mapping, with all that belongs to it.
 *
 * @param text From the beginning of the line of its key to the end of its last line.
 * @param indentation Of its key.
 * @returns undefined where it is not written in simple lines
 */
export function recognise(text: string, indentation: number): EntryFacts | undefined {
  const lines = new SimpleLines(indentation);
  for (let start = 0; start < text.length;) {
    const lineFeed = text.indexOf('\n', start);
    let end = lineFeed < 0 ? text.length : lineFeed;
    const next = end + 1;
    if (lineFeed > start && text.charCodeAt(lineFeed - 1) === 13) end -= 1;
    if (!lines.take(text.slice(start, end))) return undefined;
    start = next;
  }
  return lines.facts;
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

  /** Returns whether the line is a simple one that fits those before. */
  take(line: string): boolean {
    let indentation = 0;
    while (line.charCodeAt(indentation) === 32) indentation += 1;
    if (this.#scalar !== undefined) {
      if (indentation === line.length) return this.#scalar.indentation !== undefined || indentation === 0;
      if (indentation > this.#scalar.parent) {
        this.#scalar.indentation ??= indentation;
        return indentation >= this.#scalar.indentation;
      }
      this.#scalar = undefined;
    }
    if (indentation === line.length || line.charCodeAt(indentation) === 35) return true;
    if (line.includes('\t') || line.includes('\r')) return false;
    return this.#takeContent(line, indentation);
  }

  #takeContent(line: string, indentation: number): boolean {
    let column = indentation;
    let dashes = 0;
    while (line.charCodeAt(column) === 45 && (column + 1 === line.length || line[column + 1] === ' ')) {
      if (!this.#enter(column, true, dashes > 0)) return false;
      this.#pending = { indentation: column, isKey: false, hasTag: false };
      dashes += 1;
      column += 1;
      while (line.charCodeAt(column) === 32) column += 1;
    }
    if (column >= line.length) return true;
    const content = line.slice(column);
    const plainFound = plainLine.exec(content);
    const found = plainFound === null ? lineContent.exec(content) : undefined;
    if (found === null) return false;
    const [, name, tagged, blockMark, value] = found ?? [
      undefined,
      plainFound?.[1],
      undefined,
      undefined,
      plainFound?.[2],
    ];
    // A comment alone is what is left of an item.
    if (name === undefined && tagged === undefined && blockMark === undefined && value === undefined) {
      return dashes > 0;
    }
    if (name === undefined && dashes === 0) {
      return this.#takeLoneValue(indentation, tagged, blockMark, value);
    }
    if (name !== undefined) {
      if (name.length > longestKey || !this.#enter(column, false, dashes > 0)) return false;
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

function unquoted(text: string): string {
  return text.startsWith('"') || text.startsWith("'") ? text.slice(1, -1) : text;
}

/** Whether something written is a text to YAML 1.1, and not a boolean or nothing. */
export function isText(written: string): boolean {
  return !/^(?:y|yes|n|no|true|false|on|off|null|~)$/i.test(written);
}
