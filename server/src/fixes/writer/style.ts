import { toEnd, type Steps } from '../../template/steps.ts';
import type { Span } from '../../template/syntax.ts';
import { resourceAttributes } from './anatomy.ts';
import { sampleStyle } from './style-sampler.ts';
import type { FlowSpacing, Quote, Sample, StyleSamples } from './style-samples.ts';
import type { WrittenTemplate } from './written-template.ts';

/** How a template's author writes, as far as a new part of it has to follow. */
export interface Style {
  readonly lineEnd: '\n' | '\r\n';
  /** One level: spaces, or a tab in JSON. */
  readonly indentation: string;
  /** Of a list under a key in YAML: columns from the key to the dash. */
  readonly sequenceOffset: number;
  /** Columns from a dash to what follows it; `alone` where that begins on the next line. */
  readonly dash: number | 'alone';
  readonly quotes: {
    readonly keys: Quote;
    /** Of keys such as `aws:SourceArn`. */
    readonly colonKeys: Quote;
    /** Of names such as `AWS::Region`. */
    readonly pseudo: Quote;
    /** Of resource types. */
    readonly types: Quote;
    /** Of strings that need none. */
    readonly values: Quote;
    /** Of the string of `Fn::Sub` where it needs none. */
    readonly subs: Quote;
    /** Where they are needed. */
    readonly needed: 'single' | 'double';
  };
  /** Whether strings such as `s3:PutObject` stand without quotes in flow style. */
  readonly plainColons: boolean;
  /** `!Ref X` or `Ref: X`. */
  readonly calls: 'short' | 'long';
  /** `!GetAtt A.B` or `!GetAtt [A, B]`. */
  readonly getAtt: 'dotted' | 'list';
  /** What stands on one line between brackets or braces, where that is possible. */
  readonly inline: {
    /** Lists of plain values. */
    readonly lists: boolean;
    /** Calls in their long form, such as `{"Ref": "X"}`. */
    readonly calls: boolean;
    /** Lists of arguments, such as that of `Fn::Join`. */
    readonly arguments: boolean;
    /** Small mappings that are items of a list, such as tags. */
    readonly items: boolean;
    /** Lists of such. */
    readonly itemLists: boolean;
    /** Whole resources. */
    readonly resources: boolean;
  };
  /** Whether the brackets of a list over lines stand right at the braces of its items: `[{` and `}]`. */
  readonly hugging: boolean;
  readonly flow: FlowSpacing;
  readonly attributeOrder: readonly string[];
}

/**
 * One line shows how far it is indented, but whether an author puts quotes around strings shows in a few; with
 * fewer near by, all of the template count.
 */
const fewestForHabit = 3;

const samplesOf = new WeakMap<WrittenTemplate, StyleSamples>();

/** Does in steps what {@link styleNear} would else do at one go when it is first asked. */
export function* learnStyle(template: WrittenTemplate): Steps<StyleSamples> {
  const samples = samplesOf.get(template) ?? (yield* sampleStyle(template));
  samplesOf.set(template, samples);
  return samples;
}

/**
 * The style of a template: that of the text near by where it shows, else that of the whole, else the one that
 * the documentation of CloudFormation uses.
 */
export function styleNear(template: WrittenTemplate, near: Span): Style {
  const samples = toEnd(learnStyle(template));
  const prevailing = <T>(from: readonly Sample<T>[], fallback: T, fewest = 1): T => {
    const nearest = from.filter(({ at }) => at >= near.start && at < near.end);
    return mostFrequent(nearest.length < fewest ? from : nearest) ?? fallback;
  };
  const habit = <T>(from: readonly Sample<T>[], fallback: T): T => prevailing(from, fallback, fewestForHabit);
  const isJson = template.format === 'json';
  const needed = habit(samples.quotes.needed, 'single');
  const values = habit(samples.quotes.values, 'none');
  const inlineCalls = prevailing(samples.inline.calls, isJson);
  const keys = habit(samples.quotes.keys, 'none');
  const indentation = prevailing(samples.indentation, '  ');
  const calls = habit(samples.calls, 'short');
  return {
    lineEnd: lineEndNear(template.text, near.start),
    indentation,
    sequenceOffset: prevailing(samples.sequenceOffset, indentation.length),
    dash: prevailing(samples.dash, 2),
    quotes: {
      keys,
      colonKeys: habit(samples.quotes.colonKeys, keys),
      pseudo: habit(samples.quotes.pseudo, 'none'),
      types: habit(samples.quotes.types, values),
      values,
      subs: habit(samples.quotes.subs, needed),
      needed,
    },
    plainColons: prevailing(samples.plainColons, false),
    calls,
    getAtt: habit(samples.getAtt, calls === 'short' ? 'dotted' : 'list'),
    inline: {
      lists: prevailing(samples.inline.lists, isJson && inlineCalls),
      calls: inlineCalls,
      arguments: prevailing(samples.inline.arguments, !isJson || inlineCalls),
      items: prevailing(samples.inline.items, false),
      itemLists: prevailing(samples.inline.itemLists, false),
      resources: prevailing(samples.inline.resources, false),
    },
    hugging: prevailing(samples.hugging, false),
    flow: {
      insideBraces: prevailing(samples.flow.insideBraces, isJson ? ' ' : ''),
      insideBrackets: prevailing(samples.flow.insideBrackets, ''),
      beforeColon: prevailing(samples.flow.beforeColon, ''),
      afterColon: prevailing(samples.flow.afterColon, ' '),
      afterComma: prevailing(samples.flow.afterComma, ' '),
    },
    attributeOrder: attributeOrder(samples),
  };
}

/** The first of those that stand most often. */
function mostFrequent<T>(samples: readonly Sample<T>[]): T | undefined {
  const counts = new Map<T, number>();
  for (const { value } of samples) counts.set(value, (counts.get(value) ?? 0) + 1);
  const most = Math.max(...counts.values());
  return [...counts].find(([, count]) => count === most)?.[0];
}

/** Where the line ends are mixed, that of the line counts. */
function lineEndNear(text: string, offset: number): '\n' | '\r\n' {
  const next = text.indexOf('\n', offset);
  const end = next < 0 ? text.lastIndexOf('\n') : next;
  return end > 0 && text[end - 1] === '\r' ? '\r\n' : '\n';
}

/** The attributes of a resource in the order in which this template's author writes them. */
function attributeOrder({ attributes, typeFirst }: StyleSamples): string[] {
  const placed = (place: 'first' | 'middle' | 'last'): string[] =>
    resourceAttributes
      .filter(({ name, place: customary }) => {
        const seen = attributes.filter(({ value }) => value.name === name);
        const places = seen.map(({ value, at }) => ({ value: value.place, at }));
        return (mostFrequent(places) ?? customary) === place;
      })
      .map(({ name }) => name);
  const [head, tail] = mostFrequent(typeFirst) === false ? ['Properties', 'Type'] : ['Type', 'Properties'];
  return [...placed('first'), head, ...placed('middle'), tail, ...placed('last')];
}
