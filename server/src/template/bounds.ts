import type { SyntaxNode } from './syntax.ts';

/** Far deeper than any template; every walk over the tree can then recurse without a care for the stack. */
export const deepest = 300;

/** Nodes that aliases and merge keys may add. A few hundred are usual; an alias bomb adds billions. */
const mostRepeated = 500_000;

/**
 * Makes sure that a tree can be walked by recursion in reasonable time. Aliases make one node stand in many
 * places, so that a short text can stand for an endless one.
 *
 * @throws RangeError where it is nested too deeply or repeats itself too often.
 */
export function ensureBounded(root: SyntaxNode): void {
  measure(root, deepest, { sizes: new Map(), repeated: 0 });
}

/**
 * Makes sure that a YAML text can be parsed by recursion. A parser that reaches the end of the call stack may end the
 * process, which cannot be caught: V8 gives up where a regular expression is first used there.
 *
 * @throws RangeError where it is nested too deeply.
 */
export function ensureShallow(text: string): void {
  if (depthOfBrackets(text) > deepestText || depthOfLines(text) > deepestText) throw tooDeep();
}

/** More than any text has open at once, wherever it stands; the parser gets twice as far. */
const deepestText = 500;

function depthOfBrackets(text: string): number {
  let depth = 0;
  let most = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === 0x5b || code === 0x7b) depth += 1;
    else if (code === 0x5d || code === 0x7d) depth -= 1;
    if (depth > most) most = depth;
  }
  return most;
}

/** Each line that stands further to the right than the one before may be a level, and so may each mark before it. */
function depthOfLines(text: string): number {
  const columns: number[] = [];
  let most = 0;
  for (const [, spaces = '', marks = ''] of text.matchAll(/^( *)((?:[-?:][ \t]+)*)(?=[^ \r\n])/gm)) {
    while ((columns.at(-1) ?? -1) >= spaces.length) columns.pop();
    columns.push(spaces.length);
    for (const { index } of marks.matchAll(/[-?:]/g)) columns.push(spaces.length + index + 1);
    most = Math.max(most, columns.length);
  }
  return most;
}

interface Size {
  /** Nodes, each counted as often as it stands in the tree. */
  readonly nodes: number;
  readonly height: number;
}

interface Measurement {
  readonly sizes: Map<SyntaxNode, Size>;
  repeated: number;
}

function measure(node: SyntaxNode, room: number, measurement: Measurement): Size {
  if (node.kind === 'scalar') return { nodes: 1, height: 1 };
  const known = measurement.sizes.get(node);
  if (known !== undefined) {
    measurement.repeated += known.nodes;
    if (measurement.repeated > mostRepeated) throw new RangeError('The template repeats itself too often');
    if (known.height > room) throw tooDeep();
    return known;
  }
  if (room === 0) throw tooDeep();
  let nodes = 1;
  let height = 0;
  const children = node.kind === 'sequence' ? node.items : node.entries.map(({ value }) => value);
  for (const child of children) {
    const size = measure(child, room - 1, measurement);
    nodes += size.nodes;
    height = Math.max(height, size.height);
  }
  const size = { nodes, height: height + 1 };
  measurement.sizes.set(node, size);
  return size;
}

export function tooDeep(): RangeError {
  return new RangeError('The template is nested too deeply');
}
