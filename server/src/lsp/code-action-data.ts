import * as v from 'valibot';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Finding } from '../coverage/model.ts';

/** What a code action carries until it is resolved. */
const schema = v.object({
  uri: v.string(),
  /** Of the document that the action was made for. */
  version: v.number(),
  /** Undefined for all fixes of the file. */
  fix: v.optional(v.string()),
  finding: v.optional(
    v.object({ code: v.string(), start: v.number(), end: v.number(), message: v.string() }),
  ),
});

export type ActionData = v.InferOutput<typeof schema>;

export function toActionData(
  { uri, version }: TextDocument,
  chosen: { readonly fix?: string; readonly finding?: Finding },
): ActionData {
  const { fix, finding } = chosen;
  return {
    uri,
    version,
    ...(fix !== undefined && { fix }),
    ...(finding !== undefined && {
      finding: {
        code: finding.code,
        start: finding.span.start,
        end: finding.span.end,
        message: finding.message,
      },
    }),
  };
}

/** Reads what a client gave back; undefined where it is not ours. */
export function actionData(data: unknown): ActionData | undefined {
  const result = v.safeParse(schema, data);
  return result.success ? result.output : undefined;
}

/** Whether that is the finding for which the action was made. */
export function isAbout({ finding }: ActionData, { code, span, message }: Finding): boolean {
  return (
    finding?.code === code &&
    finding.start === span.start &&
    finding.end === span.end &&
    finding.message === message
  );
}
