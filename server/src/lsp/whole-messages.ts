import { Writable } from 'node:stream';

/**
 * Passes on in one write what the library writes in two, the header of a message and its body: a client would be woken
 * by either.
 */
export class WholeMessages extends Writable {
  readonly #output: Writable;
  #waiting: Buffer[] = [];

  constructor(output: Writable) {
    super();
    this.#output = output;
    output.once('error', (error) => this.destroy(error));
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    // Nothing is behind a body; a header that none follows goes at the end of the turn.
    if (this.#waiting.push(chunk) > 1) this.passOn();
    else setImmediate(() => this.passOn());
    done();
  }

  override _final(done: () => void): void {
    this.passOn();
    done();
  }

  /** Writes what waits; to be called where the process ends before the turn does. */
  passOn(): void {
    if (this.#waiting.length === 0) return;
    this.#output.write(Buffer.concat(this.#waiting));
    this.#waiting = [];
  }
}
