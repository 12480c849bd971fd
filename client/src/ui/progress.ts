import { ProgressLocation, window } from 'vscode';

interface ProgressTask<T> {
  readonly title: string;
  readonly run: (signal: AbortSignal, report: (message: string, fraction: number) => void) => Promise<T>;
}

/** Runs a task with a notification that tells how far it is and lets the user cancel it. */
export type ShowProgress = <T>(task: ProgressTask<T>) => Promise<T>;

export const showProgress: ShowProgress = async ({ title, run }) =>
  window.withProgress(
    { location: ProgressLocation.Notification, title, cancellable: true },
    async (progress, token) => {
      const cancellation = new AbortController();
      const listener = token.onCancellationRequested(() => cancellation.abort());
      let reported = 0;
      try {
        return await run(cancellation.signal, (message, fraction) => {
          const percent = Math.floor(fraction * 100);
          progress.report({ message, increment: Math.max(0, percent - reported) });
          reported = Math.max(reported, percent);
        });
      } finally {
        listener.dispose();
      }
    },
  );
