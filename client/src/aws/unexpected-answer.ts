import { t } from '@vscode/l10n';
/** Something other than the AWS service has answered, such as the sign-in page of a network. */
class UnexpectedAnswer extends Error {
  override readonly name = 'UnexpectedAnswer';
  /** Read by the SDK's retries. */
  readonly $metadata: { readonly httpStatusCode: number };

  constructor(statusCode: number, message: string) {
    super(message);
    this.$metadata = { httpStatusCode: statusCode };
  }
}

export type AnswerFormat = 'xml' | 'json';

/**
 * Throws unless a body looks like an answer in the service's format. The SDK takes HTML with status 200 for an answer in
 * which everything is left out: an account without VPCs.
 */
export function assertFormat(body: Uint8Array, statusCode: number, format: AnswerFormat): void {
  // A byte order mark counts as white space here.
  const start = Buffer.from(body.subarray(0, 512)).toString('utf8').trimStart();
  const isExpected = format === 'json' ? start.startsWith('{') : start.startsWith('<') && !isHtml(start);
  if (isExpected) return;
  // Errors may do without a body; the status then says it all.
  if (start === '' && statusCode >= 300) return;
  throw new UnexpectedAnswer(statusCode, complaintAbout(start, statusCode));
}

function complaintAbout(start: string, statusCode: number): string {
  if (start === '')
    return t("The answer (HTTP {0}) was empty instead of the service's own format.", statusCode);
  return isHtml(start)
    ? t("The answer (HTTP {0}) was a web page instead of the service's own format.", statusCode)
    : t("The answer (HTTP {0}) was something else instead of the service's own format.", statusCode);
}

function isHtml(start: string): boolean {
  return /^<(?:!doctype html|html|head|body)\b/i.test(start);
}
