import type { AttributePlace } from './anatomy.ts';

export type Quote = 'none' | 'single' | 'double';

/** The spaces in flow style. */
export interface FlowSpacing {
  readonly insideBraces: string;
  readonly insideBrackets: string;
  readonly beforeColon: string;
  readonly afterColon: string;
  readonly afterComma: string;
}

/** How something is written at one place. */
export interface Sample<T> {
  readonly value: T;
  readonly at: number;
}

/** How everything of a template is written, of which a style is made. */
export interface StyleSamples {
  readonly indentation: Sample<string>[];
  readonly sequenceOffset: Sample<number>[];
  readonly dash: Sample<number | 'alone'>[];
  readonly quotes: {
    readonly keys: Sample<Quote>[];
    readonly colonKeys: Sample<Quote>[];
    readonly pseudo: Sample<Quote>[];
    readonly types: Sample<Quote>[];
    readonly values: Sample<Quote>[];
    readonly subs: Sample<Quote>[];
    readonly needed: Sample<'single' | 'double'>[];
  };
  readonly plainColons: Sample<boolean>[];
  readonly calls: Sample<'short' | 'long'>[];
  readonly getAtt: Sample<'dotted' | 'list'>[];
  readonly inline: {
    readonly lists: Sample<boolean>[];
    readonly calls: Sample<boolean>[];
    readonly arguments: Sample<boolean>[];
    readonly items: Sample<boolean>[];
    readonly itemLists: Sample<boolean>[];
    readonly resources: Sample<boolean>[];
  };
  readonly hugging: Sample<boolean>[];
  readonly flow: { readonly [Name in keyof FlowSpacing]: Sample<string>[] };
  readonly typeFirst: Sample<boolean>[];
  readonly attributes: Sample<{ readonly name: string; readonly place: AttributePlace }>[];
}

/** The quote that the text of a scalar begins with. */
export function quoteAt(text: string, offset: number): Quote {
  const char = text[offset];
  if (char === '"') return 'double';
  return char === "'" ? 'single' : 'none';
}
