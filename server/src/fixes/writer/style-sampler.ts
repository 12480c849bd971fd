import { intrinsicCall } from '../../template/intrinsics.ts';
import type { Steps } from '../../template/steps.ts';
import { textOf, type Span, type SyntaxNode } from '../../template/syntax.ts';
import { isResourcePath, resourceAttributes } from './anatomy.ts';
import {
  collectionOf,
  isAlias,
  isShortCall,
  rootValue,
  shortArgument,
  type BlockCollection,
  type Collection,
  type FlowCollection,
  type Member,
  type WrittenValue,
} from './collections.ts';
import { memberSpan } from './extents.ts';
import { columnOf, indentationOf, isFirstOnLine, isSameLine } from './lines.ts';
import { needsQuotes } from './scalars.ts';
import type { Path, WrittenTemplate } from './written-template.ts';
import { quoteAt, type StyleSamples } from './style-samples.ts';

const valuesAStep = 500;

/** How everything of a template is written; aliases are passed over. */
export function* sampleStyle(template: WrittenTemplate): Steps<StyleSamples> {
  const samples: StyleSamples = {
    indentation: [],
    sequenceOffset: [],
    dash: [],
    quotes: { keys: [], colonKeys: [], pseudo: [], types: [], values: [], subs: [], needed: [] },
    plainColons: [],
    calls: [],
    getAtt: [],
    inline: { lists: [], calls: [], arguments: [], items: [], itemLists: [], resources: [] },
    hugging: [],
    flow: { insideBraces: [], insideBrackets: [], beforeColon: [], afterColon: [], afterComma: [] },
    typeFirst: [],
    attributes: [],
  };
  const sampler = new StyleSampler(template, samples);
  const ahead: Visit[] = [{ value: rootValue(template), path: [], holder: undefined }];
  let count = 0;
  for (let next = ahead.pop(); next !== undefined; next = ahead.pop()) {
    for (const visit of sampler.sample(next).toReversed()) ahead.push(visit);
    count += 1;
    if (count % valuesAStep === 0) yield;
  }
  return samples;
}

/** The collection that holds a value, and the value's member. */
interface Holder {
  readonly collection: Collection;
  readonly member: Member;
}

interface Visit {
  readonly value: WrittenValue;
  readonly path: Path;
  /** Undefined for the root and for the argument of a short form. */
  readonly holder: Holder | undefined;
}

class StyleSampler {
  readonly #template: WrittenTemplate;
  readonly #samples: StyleSamples;

  constructor(template: WrittenTemplate, samples: StyleSamples) {
    this.#template = template;
    this.#samples = samples;
  }

  /** Looks at one value; what stands in it is still to be visited. */
  sample({ value, path, holder }: Visit): readonly Visit[] {
    if (value.from >= value.to || isAlias(this.#template, value)) return [];
    if (value.node.kind === 'scalar') {
      this.#sampleScalar(value, path);
      if (holder?.collection.style === 'flow') this.#samplePlainColon(value);
      return [];
    }
    const argument = shortArgument(this.#template, value);
    if (argument !== undefined) {
      this.#sampleShortCall(value, argument);
      const name = intrinsicCall(value.node)?.name ?? '';
      return [{ value: argument, path: [...path, name], holder: undefined }];
    }
    const collection = collectionOf(this.#template, value);
    if (collection.kind === 'refused') return [];
    this.#sampleCollection(collection, path, holder);
    if (isResourcePath(path)) this.#sampleResource(collection);
    return [...collection.members.entries()].flatMap(([index, member]) =>
      member.value === undefined
        ? []
        : [{ value: member.value, path: [...path, member.name ?? index], holder: { collection, member } }],
    );
  }

  #sampleScalar({ node, from }: WrittenValue, path: Path): void {
    const { text, tokens } = this.#template;
    const value = textOf(node);
    if (value === undefined || tokens[from]?.kind !== 'scalar') return;
    const at = tokens[from].start;
    const quote = quoteAt(text, at);
    const { values, needed, subs, types, pseudo } = this.#samples.quotes;
    const name = path.at(-1);
    if (needsQuotes(value, 'block')) {
      if (quote !== 'none') needed.push({ value: quote, at });
    } else if (name === 'Type' && isResourcePath(path.slice(0, -1))) types.push({ value: quote, at });
    else if (name === 'Ref' && value.includes('::')) pseudo.push({ value: quote, at });
    else if (name === 'Fn::Sub') subs.push({ value: quote, at });
    else if (!path.some(isCallName)) values.push({ value: quote, at });
  }

  #samplePlainColon({ node, from }: WrittenValue): void {
    const { text, tokens } = this.#template;
    const at = tokens[from]!.start;
    if (textOf(node)?.includes(':') !== true) return;
    this.#samples.plainColons.push({ value: quoteAt(text, at) === 'none', at });
  }

  #sampleShortCall({ node, from }: WrittenValue, argument: WrittenValue): void {
    const name = intrinsicCall(node)?.name;
    if (name === undefined) return;
    const at = this.#template.tokens[from]!.start;
    this.#samples.calls.push({ value: 'short', at });
    this.#sampleArgument(name, argument, at);
  }

  #sampleArgument(name: string, argument: WrittenValue, at: number): void {
    const { inline, getAtt } = this.#samples;
    const isList = argument.node.kind === 'sequence';
    if (name === 'Fn::GetAtt') getAtt.push({ value: isList ? 'list' : 'dotted', at });
    if (isList) inline.arguments.push({ value: this.#isOnOneLine(argument), at });
  }

  #sampleCollection(collection: Collection, path: Path, holder: Holder | undefined): void {
    const { tokens } = this.#template;
    const first = collection.members[0];
    if (first === undefined) return;
    const at = tokens[first.from]!.start;
    if (collection.style === 'flow') this.#sampleFlow(collection, at);
    else if (collection.of === 'sequence') this.#sampleBlockSequence(collection, at, holder);
    else this.#sampleIndentation(collection, holder);
    if (collection.of === 'mapping') this.#sampleMapping(collection, at, holder);
    else if (!isCallName(path.at(-1) ?? '')) this.#sampleList(collection, at);
  }

  #sampleMapping(collection: Collection, at: number, holder: Holder | undefined): void {
    const { text, tokens, format } = this.#template;
    const { keys, colonKeys } = this.#samples.quotes;
    for (const { from, name } of collection.members) {
      if (name === undefined || name.includes('::')) continue;
      (name.includes(':') ? colonKeys : keys).push({ value: quoteAt(text, tokens[from]!.start), at });
    }
    const [member] = collection.members;
    const name = intrinsicCall(collection.node)?.name;
    if (name !== undefined && name !== 'Condition' && !/^Fn::(?:ForEach::|Transform$)/.test(name)) {
      const argument = member?.value;
      if (argument === undefined) return;
      // A short form cannot be the argument of another.
      if (format === 'yaml' && !isShortCall(this.#template, argument.node)) {
        this.#samples.calls.push({ value: 'long', at });
      }
      this.#sampleArgument(name, argument, at);
      if (isSimple(this.#template, argument)) {
        this.#samples.inline.calls.push({ value: this.#isInOneLine(collection), at });
      }
    } else if (holder?.collection.of === 'sequence') {
      const isInline = this.#isInOneLine(collection);
      // Of one that is too long for a line nothing can be learnt.
      if (isInline || isSmall(collection.node)) this.#samples.inline.items.push({ value: isInline, at });
    }
  }

  #sampleList(collection: Collection, at: number): void {
    const { inline, hugging } = this.#samples;
    const { node, members, style } = collection;
    const isInline = this.#isInOneLine(collection);
    const isPlain = members.every(({ value }) => value !== undefined && isScalarLike(this.#template, value));
    if (isPlain) inline.lists.push({ value: isInline, at });
    else if (items(node).every(isSmall)) inline.itemLists.push({ value: isInline, at });
    if (style === 'flow' && !isInline && items(node)[0]?.kind === 'mapping') {
      const isHugged = isSameLine(this.#template.text, collection.open.start, at);
      hugging.push({ value: isHugged, at });
    }
  }

  #sampleFlow({ members, open, close, of }: FlowCollection, at: number): void {
    const { text, tokens } = this.#template;
    const { flow } = this.#samples;
    const isOneLine = isSameLine(text, open.start, close.end);
    if (isOneLine) {
      const inside = text.slice(open.end, at);
      (of === 'mapping' ? flow.insideBraces : flow.insideBrackets).push({ value: inside, at });
    } else this.#sampleFlowIndentation(open, at);
    for (const { from, to, value } of members) {
      const next = tokens[to + 1];
      if (tokens[to]?.kind === 'comma' && next !== undefined && isOneLine && next.kind !== 'close') {
        flow.afterComma.push({ value: text.slice(tokens[to].end, next.start), at });
      }
      if (of !== 'mapping' || value === undefined || value.from >= value.to) continue;
      const [key, colon, first] = [tokens[from]!, tokens[from + 1]!, tokens[value.from]!];
      flow.beforeColon.push({ value: text.slice(key.end, colon.start), at });
      const after = text.slice(colon.end, first.start);
      if (!after.includes('\n')) flow.afterColon.push({ value: after, at });
    }
  }

  #sampleFlowIndentation(open: Span, at: number): void {
    const { text } = this.#template;
    if (!isFirstOnLine(text, at)) return;
    const [outer, inner] = [indentationOf(text, open.start), indentationOf(text, at)];
    if (inner.length > outer.length && inner.startsWith(outer)) {
      this.#samples.indentation.push({ value: inner.slice(outer.length), at });
    }
  }

  /** Of a mapping under a key. */
  #sampleIndentation({ column, members }: BlockCollection, holder: Holder | undefined): void {
    if (holder?.collection.style !== 'block' || holder.collection.of !== 'mapping') return;
    const at = this.#template.tokens[members[0]!.from]!.start;
    const step = column - holder.collection.column;
    if (step > 0) this.#samples.indentation.push({ value: ' '.repeat(step), at });
  }

  #sampleBlockSequence({ column, members }: BlockCollection, at: number, holder: Holder | undefined): void {
    const { text, tokens } = this.#template;
    if (holder?.collection.style === 'block' && holder.collection.of === 'mapping') {
      this.#samples.sequenceOffset.push({ value: column - holder.collection.column, at });
    }
    for (const { from, to } of members) {
      const content = from + 1 < to ? tokens[from + 1] : undefined;
      if (content === undefined || content.kind === 'tag') continue;
      const isSame = isSameLine(text, tokens[from]!.start, content.start);
      this.#samples.dash.push({ value: isSame ? columnOf(text, content.start) - column : 'alone', at });
    }
  }

  #sampleResource(collection: Collection): void {
    const names = collection.members.map(({ name }) => name);
    const at =
      collection.members[0] === undefined ? 0 : memberSpan(this.#template, collection.members[0]).start;
    this.#samples.inline.resources.push({ value: this.#isInOneLine(collection), at });
    const [type, properties] = [names.indexOf('Type'), names.indexOf('Properties')];
    if (type < 0 || properties < 0) return;
    this.#samples.typeFirst.push({ value: type < properties, at });
    for (const { name } of resourceAttributes) {
      const index = names.indexOf(name);
      if (index < 0) continue;
      const isAfter = [type, properties].filter((other) => index > other).length;
      const place = (['first', 'middle', 'last'] as const)[isAfter]!;
      this.#samples.attributes.push({ value: { name, place }, at });
    }
  }

  #isOnOneLine(value: WrittenValue): boolean {
    const collection = collectionOf(this.#template, value);
    return collection.kind === 'collection' && this.#isInOneLine(collection);
  }

  /** Within brackets or braces on a single line. */
  #isInOneLine(collection: Collection): boolean {
    const { text } = this.#template;
    return collection.style === 'flow' && isSameLine(text, collection.open.start, collection.close.end);
  }
}

function isCallName(step: string | number): boolean {
  return typeof step === 'string' && (step === 'Ref' || step.startsWith('Fn::'));
}

/** A scalar, or a short call of one. */
function isScalarLike(template: WrittenTemplate, value: WrittenValue): boolean {
  return (shortArgument(template, value) ?? value).node.kind === 'scalar';
}

/** An argument that leaves room for its call on one line: a scalar or a list of such. */
function isSimple(template: WrittenTemplate, value: WrittenValue): boolean {
  const { node } = value;
  if (node.kind === 'sequence') return node.items.every((item) => item.kind === 'scalar');
  return isScalarLike(template, value);
}

function items(node: SyntaxNode): readonly SyntaxNode[] {
  return node.kind === 'sequence' ? node.items : [];
}

/** A mapping whose values are little more than words: scalars, or calls of such. */
function isSmall(node: SyntaxNode): boolean {
  return (
    node.kind === 'mapping' &&
    node.entries.every(
      ({ value }) => value.kind === 'scalar' || intrinsicCall(value)?.argument.kind === 'scalar',
    )
  );
}
