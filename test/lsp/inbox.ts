/** Keeps what has arrived, in order, for a test that takes it one by one. */
export class Inbox<T> {
  readonly #unread: T[] = [];
  readonly #waiting: ((item: T) => void)[] = [];
  /** All that ever arrived, taken or not. */
  readonly all: T[] = [];

  put(item: T): void {
    this.all.push(item);
    const taker = this.#waiting.shift();
    if (taker === undefined) this.#unread.push(item);
    else taker(item);
  }

  /** The oldest that was not taken yet, as soon as there is one. */
  next(): Promise<T> {
    const item = this.#unread.shift();
    return item === undefined ? new Promise((resolve) => this.#waiting.push(resolve)) : Promise.resolve(item);
  }

  /** The oldest not taken yet of which that is true; the ones before it are passed over. */
  async nextWhere(isWanted: (item: T) => boolean): Promise<T> {
    for (;;) {
      const item = await this.next();
      if (isWanted(item)) return item;
    }
  }
}
