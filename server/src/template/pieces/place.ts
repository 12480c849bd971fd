import type { Span, SpanMaker } from '../syntax.ts';

/** Where a piece stands now. */
export interface Place {
  offset: number;
}

/** A span inside a piece, which moves with it. */
export class PlacedSpan implements Span {
  readonly #place: Place;
  readonly #start: number;
  readonly #end: number;

  constructor(place: Place, start: number, end: number) {
    this.#place = place;
    this.#start = start;
    this.#end = end;
  }

  get start(): number {
    return this.#place.offset + this.#start;
  }

  get end(): number {
    return this.#place.offset + this.#end;
  }
}

/** The spans of what stands in a piece. */
export function placedAt(place: Place): SpanMaker {
  return (start, end) => new PlacedSpan(place, start, end);
}
