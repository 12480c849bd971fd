/** No message is longer; AWS's own are shorter. */
const MAX_LENGTH = 600;

/**
 * What may be shown and logged of an error's message. Left out: access key ids, anything long enough to be a token, a
 * key or an encoded authorization message, and the canonical request that a failed signature is explained with.
 */
export function redact(message: string): string {
  const [withoutRequest = ''] = message.split(/\n\s*(?:The Canonical String|Deserialization error:)/);
  const short = withoutRequest
    .replace(/\s*Encoded authorization failure message: .*$/s, '')
    .replaceAll(/\b(?:A3T|AKIA|ASIA|ABIA|ACCA)[A-Z0-9]{12,}\b/g, '…')
    .replaceAll(/[A-Za-z0-9+/=]{40,}/g, (text) => (isMixed(text) ? '…' : text))
    .replaceAll(/[A-Za-z0-9+/=_%-]{40,}/g, (text) => (isMixed(text) && !isOfWords(text) ? '…' : text))
    .trim();
  return short.length > MAX_LENGTH ? `${short.slice(0, MAX_LENGTH)}…` : short;
}

/** As keys and tokens are, and names of buckets are not. A slash may stand anywhere in a secret access key. */
function isMixed(text: string): boolean {
  return /[A-Z]/.test(text) && /[a-z]/.test(text) && /\d/.test(text);
}

/** ARNs are long, too, but made of words. */
function isOfWords(text: string): boolean {
  return text.split(/[/_=-]/).every((word) => word.length < 24);
}
