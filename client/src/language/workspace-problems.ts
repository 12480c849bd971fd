import {
  CancellationTokenSource,
  Disposable,
  languages,
  Uri,
  workspace,
  type CancellationToken,
  type DiagnosticCollection,
  type Diagnostic,
} from 'vscode';
import {
  WorkspaceDiagnosticRequest,
  type WorkspaceDiagnosticReport,
  type WorkspaceDiagnosticReportPartialResult,
  type WorkspaceDocumentDiagnosticReport,
} from 'vscode-languageclient';
import type { LanguageServer } from './language-server.ts';

/** How long to wait after a failed request, in milliseconds. */
const RETRY_MS = 5000;

type ProblemSource = Pick<LanguageServer, 'onDidChangeState' | 'requestInParts' | 'toDiagnostics'>;

/** Who wants to know how far a check is. */
export interface CheckListeners {
  readonly reported: (files: number) => void;
  readonly percentage: (percentage: number) => void;
}

interface KnownFile {
  readonly resultId: string;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * The findings of files that are not open. From the first check on they are kept true, until the server ends; what
 * is open has its findings from the language client, and is left out here.
 */
export class WorkspaceProblems implements Disposable {
  readonly #server: ProblemSource;
  readonly #collection: DiagnosticCollection =
    languages.createDiagnosticCollection('flow-log-guard-workspace');
  readonly #known = new Map<string, KnownFile>();
  readonly #listeners: Disposable;
  #following: { stop(): void } | undefined;

  constructor(server: ProblemSource) {
    this.#server = server;
    this.#listeners = Disposable.from(
      workspace.onDidOpenTextDocument(({ uri }) => this.#show(uri.toString())),
      workspace.onDidCloseTextDocument(({ uri }) => this.#show(uri.toString())),
      server.onDidChangeState((state) => {
        if (state === 'stopped') this.#forget();
      }),
    );
  }

  /**
   * Checks all files once, showing findings as they arrive, and goes on in the background afterwards.
   *
   * @param on.reported told how many files have findings so far
   * @param on.percentage told how many of all files have been checked, from 0 to 100
   * @returns whether it came to its end
   */
  async check(token: CancellationToken, on: CheckListeners): Promise<boolean> {
    this.#following?.stop();
    this.#forget();
    const isDone = await this.#ask(token, on);
    if (isDone) this.#follow();
    return isDone;
  }

  dispose(): void {
    this.#following?.stop();
    this.#listeners.dispose();
    this.#collection.dispose();
  }

  #forget(): void {
    this.#following?.stop();
    this.#following = undefined;
    this.#known.clear();
    this.#collection.clear();
  }

  async #ask(token: CancellationToken, on?: CheckListeners): Promise<boolean> {
    const previousResultIds = Array.from(this.#known, ([uri, { resultId }]) => ({ uri, value: resultId }));
    const type = WorkspaceDiagnosticRequest.partialResult;
    const taken: Promise<void>[] = [];
    const onPart = ({ items }: WorkspaceDiagnosticReportPartialResult): void => {
      for (const item of items) taken.push(this.#take(item));
      on?.reported(this.#known.size);
    };
    const report = await this.#server.requestInParts<
      WorkspaceDiagnosticReport,
      WorkspaceDiagnosticReportPartialResult
    >(
      WorkspaceDiagnosticRequest.method,
      { previousResultIds },
      { type, onPart, onPercentage: on?.percentage },
      token,
    );
    if (report === undefined) return false;
    onPart(report);
    await Promise.all(taken);
    return true;
  }

  /** Asks again and again; the server answers when there is something new. */
  #follow(): void {
    const source = new CancellationTokenSource();
    this.#following = {
      stop: () => {
        source.cancel();
        source.dispose();
      },
    };
    const { token } = source;
    const loop = async (): Promise<void> => {
      while (!token.isCancellationRequested) {
        try {
          if (!(await this.#ask(token))) return;
        } catch {
          // Cancelled, or the server is restarting: its state tells.
          if (!token.isCancellationRequested) await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
        }
      }
    };
    void loop();
  }

  async #take(report: WorkspaceDocumentDiagnosticReport): Promise<void> {
    const key = Uri.parse(report.uri).toString();
    if (report.kind === 'unchanged') return;
    if (report.items.length === 0) this.#known.delete(key);
    else {
      const diagnostics = await this.#server.toDiagnostics(report.items);
      this.#known.set(key, { resultId: report.resultId ?? '', diagnostics });
    }
    this.#show(key);
  }

  #show(key: string): void {
    const uri = Uri.parse(key);
    const isOpen = workspace.textDocuments.some((document) => document.uri.toString() === key);
    const diagnostics = isOpen ? undefined : this.#known.get(key)?.diagnostics;
    this.#collection.set(uri, diagnostics);
  }
}
