/** Something other than the AWS service has answered, such as the sign-in page of a network. */
class UnexpectedAnswer extends Error {
  override readonly name = 'UnexpectedAnswer';
  /** Read by the SDK's retries. */
  readonly $metadata: { readonly httpStatusCode: number };

  constructor(statusCode: number, what: string) {
    super(`The answer (HTTP ${statusCode}) was ${what} instead of the service's own format.`);
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
  throw new UnexpectedAnswer(
    statusCode,
    start === '' ? 'empty' : isHtml(start) ? 'a web page' : 'something else',
  );
}

function isHtml(start: string): boolean {
  return /^<(?:!doctype html|html|head|body)\b/i.test(start);
}
