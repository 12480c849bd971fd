import type { CompletionContext } from './context.ts';

interface Line {
  /** The column of the first character that is no space. */
  readonly indent: number;
  /** The column of the key: behind the dashes, where the line is the first of an item. */
  readonly column: number;
  readonly key: string | undefined;
  readonly value: string;
}

const linePattern = /^( *)((?:- +)*)(?:["']?([\w$.:{}-]+?)["']?:(?=\s|$)(.*))?/;

/**
 * Where the cursor is in a YAML text, by indentation: what is being typed is most often no YAML yet. Looks at the
 * lines of the section around the cursor alone.
 *
 * @returns undefined in comments, flow collections and continued lines.
 */
export function yamlContext(text: string, offset: number): CompletionContext | undefined {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const before = text.slice(lineStart, offset);
  if (/^\s*#|\s#/.test(before) || before.includes('\t')) return undefined;
  const ending = text.indexOf('\n', offset);
  const after = text.slice(offset, ending < 0 ? text.length : ending).replace(/\r$/, '');
  const above = text.slice(0, lineStart).split('\n').slice(0, -1);
  const below = ending < 0 ? [] : text.slice(ending + 1).split('\n');

  const asKey = /^( *(?:- +)*)(["']?[\w:.$-]*)$/.exec(before);
  if (asKey !== null && !/^["']?[\w:.-]*["']?:\s+\S/.test(after)) {
    const [, lead = '', word = ''] = asKey;
    const rest = /^[\w:.-]*?["']?(?=:(?:\s|$)|\s|$)/.exec(after)?.[0] ?? '';
    return {
      ...surroundings(lead.length, dashColumn(lead), above, below),
      format: 'yaml',
      key: undefined,
      before: word,
      span: { start: offset - word.length, end: offset + rest.length },
      hasColon: after.slice(rest.length).startsWith(':'),
    };
  }
  const asValue = /^( *(?:- +)*)["']?([\w:.$-]+?)["']?:\s+(.*)$/.exec(before);
  const valueBefore = asValue?.[3] ?? before.trimStart();
  if (/^[[{]/.test(valueBefore)) return undefined;
  // Neither a key nor behind one: a line of a value that began above.
  const lead = asValue?.[1] ?? /^ */.exec(before)?.[0] ?? '';
  const around = surroundings(lead.length, dashColumn(lead), above, below);
  const key = asValue?.[2] ?? around.path.at(-1);
  if (key === undefined) return undefined;
  return {
    ...around,
    path: asValue === null ? around.path.slice(0, -1) : around.path,
    format: 'yaml',
    key,
    before: valueBefore,
    span: { start: offset - valueBefore.length, end: offset + after.replace(/\s+(?:#.*)?$/, '').length },
    hasColon: true,
  };
}

/** The column from which on a parent's key would be too deep; that of the first dash, where there is one. */
function dashColumn(lead: string): number {
  const dash = lead.indexOf('-');
  return dash < 0 ? lead.length : dash + 1;
}

function surroundings(
  column: number,
  limit: number,
  above: readonly string[],
  below: readonly string[],
): Pick<CompletionContext, 'path' | 'siblings' | 'resourceType'> {
  const siblings = new Set<string>();
  const path: string[] = [];
  let resourceType: string | undefined;
  // Of the level of the cursor, then of each level above it.
  let level = column;
  let deepest = limit;
  let sees: (line: Line) => void = ({ key }) => {
    if (key !== undefined) siblings.add(key);
  };
  const noteType = ({ key, value }: Line): void => {
    if (key === 'Type') resourceType ??= value.trim().replaceAll(/^["']|["']$/g, '');
  };
  const lookBelow = (start: readonly string[]): void => {
    for (const line of parsed(start)) {
      if (line.column < level || line.indent < level) break;
      if (line.column === level) sees(line);
    }
  };
  lookBelow(below);
  for (let index = above.length - 1; index >= 0 && deepest > 0; index -= 1) {
    const line = parse(above[index] ?? '');
    if (line === undefined) continue;
    if (line.column === level && deepest === level) {
      sees(line);
      if (line.indent < line.column) deepest = line.indent + 1;
    } else if (line.column < deepest && line.key !== undefined) {
      path.unshift(line.key);
      level = line.column;
      deepest = line.indent < line.column ? line.indent + 1 : level;
      sees = line.key === 'Properties' ? noteType : () => undefined;
      if (line.key === 'Properties') lookBelow([...above.slice(index + 1), ...below]);
    }
  }
  return { path, siblings, resourceType: resourceType ?? undefined };
}

function* parsed(lines: readonly string[]): Generator<Line> {
  for (const text of lines) {
    const line = parse(text);
    if (line !== undefined) yield line;
  }
}

/** Undefined for what is blank or a comment. */
function parse(text: string): Line | undefined {
  if (/^\s*(?:#|$|---)/.test(text)) return undefined;
  const [, indent = '', dashes = '', key, value = ''] = linePattern.exec(text) ?? [];
  return { indent: indent.length, column: indent.length + dashes.length, key, value };
}
