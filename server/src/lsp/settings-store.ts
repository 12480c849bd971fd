import { defaultSettings, parseSettings, pushedSection, type Settings } from './settings.ts';

/** Where settings come from: the client is asked for each document, or it told us once for all. */
export type SettingsSource =
  | { readonly kind: 'asked'; readonly ask: (uri: string) => Promise<unknown> }
  | { readonly kind: 'told'; readonly initially: unknown };

/** Holds the settings of the open documents; each document's are asked for once, until they change. */
export class SettingsStore {
  readonly #source: SettingsSource;
  readonly #warn: (message: string) => void;
  readonly #asked = new Map<string, Promise<Settings>>();
  readonly #warned = new Set<string>();
  #told = defaultSettings;

  constructor(source: SettingsSource, warn: (message: string) => void) {
    this.#source = source;
    this.#warn = warn;
    if (source.kind === 'told') this.#told = this.#parse(pushedSection(source.initially));
  }

  /** The settings that hold for a document. Never rejects: where the client fails, the defaults hold. */
  of(uri: string): Promise<Settings> {
    if (this.#source.kind === 'told') return Promise.resolve(this.#told);
    let settings = this.#asked.get(uri);
    if (settings === undefined) {
      settings = this.#ask(this.#source.ask, uri);
      this.#asked.set(uri, settings);
    }
    return settings;
  }

  /** To be called when a document is closed. */
  forget(uri: string): void {
    this.#asked.delete(uri);
  }

  /**
   * Takes in `workspace/didChangeConfiguration`.
   *
   * @returns whether the settings of any document that has asked for them have become others
   */
  async change(payload: unknown): Promise<boolean> {
    this.#warned.clear();
    if (this.#source.kind === 'told') {
      const before = this.#told;
      this.#told = this.#parse(pushedSection(payload));
      return !equal(before, this.#told);
    }
    const before = [...this.#asked];
    this.#asked.clear();
    const changes = before.map(async ([uri, settings]) => !equal(await settings, await this.of(uri)));
    return (await Promise.all(changes)).includes(true);
  }

  async #ask(ask: (uri: string) => Promise<unknown>, uri: string): Promise<Settings> {
    try {
      return this.#parse(await ask(uri));
    } catch (error) {
      this.#warnOnce(`The client did not tell its settings, the defaults are used: ${String(error)}`);
      return defaultSettings;
    }
  }

  #parse(section: unknown): Settings {
    const { settings, problems } = parseSettings(section);
    for (const problem of problems) this.#warnOnce(problem);
    return settings;
  }

  #warnOnce(message: string): void {
    if (this.#warned.has(message)) return;
    this.#warned.add(message);
    this.#warn(message);
  }
}

function equal(a: Settings, b: Settings): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
