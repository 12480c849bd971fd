import { EventEmitter, type Disposable } from 'vscode';
import { templatesRequest, type TemplateSummary } from '../../../server/src/protocol.ts';
import type { LanguageServer } from '../language/language-server.ts';

/** What is said within this time is asked for once, in milliseconds. */
const PAUSE_MS = 300;

type TemplateSource = Pick<LanguageServer, 'onDidChangeState' | 'onDidChangeTemplates' | 'request' | 'state'>;

/**
 * The templates of the workspace with their VPCs, as the server last told them. Nobody is asked before the first
 * {@link load}; from then on they follow the server.
 */
export class Templates implements Disposable {
  readonly #server: TemplateSource;
  readonly #change = new EventEmitter<void>();
  readonly #listeners: readonly Disposable[];
  #known: readonly TemplateSummary[] | undefined;
  #isWanted = false;
  #pause: ReturnType<typeof setTimeout> | undefined;

  readonly onDidChange = this.#change.event;

  constructor(server: TemplateSource) {
    this.#server = server;
    this.#listeners = [
      server.onDidChangeTemplates(() => this.#loadSoon()),
      // Another server knows nothing of what was asked of the one before it.
      server.onDidChangeState((state) => {
        if (state === 'running') this.#loadSoon();
      }),
    ];
  }

  /** Undefined before they have been loaded. */
  get all(): readonly TemplateSummary[] | undefined {
    return this.#known;
  }

  /** Never rejects: what the server could not tell stays as it was. */
  async load(): Promise<void> {
    this.#isWanted = true;
    try {
      const templates = await this.#server.request<TemplateSummary[]>(templatesRequest);
      if (templates !== undefined) this.#known = templates;
    } catch {
      // The client has logged it.
    }
    this.#change.fire();
  }

  dispose(): void {
    clearTimeout(this.#pause);
    for (const listener of this.#listeners) listener.dispose();
    this.#change.dispose();
  }

  #loadSoon(): void {
    if (!this.#isWanted) return;
    this.#pause ??= setTimeout(() => {
      this.#pause = undefined;
      if (this.#server.state === 'running') void this.load();
    }, PAUSE_MS);
  }
}
