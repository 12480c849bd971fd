import { t } from '@vscode/l10n';
import type { Failure } from './model.ts';
import { redact } from './redact.ts';

type FailureKind = Failure['kind'];

/** By AWS's error codes; those of several services that mean the same. */
const kindOfCode: Readonly<Record<string, FailureKind>> = {
  UnauthorizedOperation: 'denied',
  AccessDenied: 'denied',
  AccessDeniedException: 'denied',
  Forbidden: 'denied',
  ForbiddenException: 'denied',
  OptInRequired: 'not-opted-in',
  RegionDisabledException: 'not-opted-in',
  RequestLimitExceeded: 'throttled',
  Throttling: 'throttled',
  ThrottlingException: 'throttled',
  ThrottledException: 'throttled',
  TooManyRequestsException: 'throttled',
  SlowDown: 'throttled',
  ExpiredToken: 'credentials-expired',
  ExpiredTokenException: 'credentials-expired',
  RequestExpired: 'credentials-expired',
  TokenRefreshRequired: 'credentials-expired',
  AuthFailure: 'credentials-invalid',
  InvalidClientTokenId: 'credentials-invalid',
  InvalidAccessKeyId: 'credentials-invalid',
  UnrecognizedClientException: 'credentials-invalid',
  SignatureDoesNotMatch: 'credentials-invalid',
  InvalidSignatureException: 'credentials-invalid',
  MissingAuthenticationToken: 'credentials-invalid',
  UnexpectedAnswer: 'unexpected-answer',
  SyntaxError: 'unexpected-answer',
  TimeoutError: 'timeout',
};

const networkCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EPIPE',
  'EPROTO',
  'HPE_INVALID_CONSTANT',
]);

export interface FailedCall {
  /** As in the API: `DescribeVpcs`. */
  readonly operation?: string;
  /**
   * The permission that the call needs, where it needs exactly one. Left out for calls that also need others, which AWS
   * may mean without saying so.
   */
  readonly permission?: string;
}

/** What a failed call comes to. An abort is none: who has the signal asks it first. */
export function failureOf(error: unknown, call: FailedCall): Failure {
  const code = codeOf(error);
  const text = error instanceof Error ? error.message : String(error);
  const kind = kindOf(error, code, text);
  return {
    kind,
    operation: call.operation,
    code,
    message: messageOf(kind, code, text),
    permission: kind === 'denied' ? (namedPermission(text) ?? call.permission) : undefined,
  };
}

/** What a failed search for credentials comes to. */
export function credentialFailure(error: unknown): Failure {
  const text = error instanceof Error ? error.message : String(error);
  const code = codeOf(error);
  const kind = credentialKind(error, code, text);
  const message = text.startsWith('Command failed')
    ? // What it was called with, and what it printed, may hold secrets.
      t('The credential_process of the profile failed.')
    : messageOf(kind, code, text);
  return { kind, operation: undefined, code, message, permission: undefined };
}

function credentialKind(error: unknown, code: string | undefined, text: string): FailureKind {
  if (/MultiFactorAuthentication failed/i.test(text)) return 'mfa-refused';
  if (/multi-?factor|\bMFA\b/i.test(text)) return 'mfa-needed';
  if (code === 'UnauthorizedException' || /\bexpired\b|aws sso login|refresh this SSO session/i.test(text))
    return 'credentials-expired';
  if (code === 'CredentialsProviderError' || code === 'TokenProviderError') return 'credentials-missing';
  const kind = kindOf(error, code, text);
  return kind === 'other' ? 'credentials-missing' : kind;
}

function kindOf(error: unknown, code: string | undefined, text: string): FailureKind {
  // Before the name, as the SDK calls a connection that was reset a TimeoutError.
  if (causes(error).some(isOfNetwork)) return 'network';
  const known = code === undefined ? undefined : kindOfCode[code];
  if (known !== undefined) return known;
  if (code === 'CredentialsProviderError' || code === 'TokenProviderError' || code === 'MfaCodeNeeded')
    return credentialKindOfProvider(text);
  return statusOf(error) === 403 ? 'denied' : 'other';
}

function isOfNetwork({ code = '' }: ErrorLike): boolean {
  // Certificates have many codes of their own: CERT_HAS_EXPIRED, UNABLE_TO_VERIFY_LEAF_SIGNATURE…
  return networkCodes.has(code) || /^(?:ERR_TLS|CERT|UNABLE|SELF_SIGNED|DEPTH_ZERO)_/.test(code);
}

/** The credentials were good, and could not be renewed. */
function credentialKindOfProvider(text: string): FailureKind {
  if (/multi-?factor|\bMFA\b/i.test(text)) return 'mfa-needed';
  return /\bexpired\b|aws sso login/i.test(text) ? 'credentials-expired' : 'credentials-missing';
}

interface ErrorLike {
  readonly name?: string;
  readonly code?: string;
  readonly Code?: string;
  readonly cause?: unknown;
  readonly $metadata?: { readonly httpStatusCode?: number };
}

function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const { name, code, Code } = error as ErrorLike;
  if (Code !== undefined) return Code;
  return name === undefined || name === 'Error' || name === 'AggregateError' ? code : name;
}

function statusOf(error: unknown): number | undefined {
  return error instanceof Error ? (error as ErrorLike).$metadata?.httpStatusCode : undefined;
}

function causes(error: unknown): ErrorLike[] {
  const found: ErrorLike[] = [];
  let current: unknown = error;
  while (current instanceof Error && found.length < 5) {
    found.push(current);
    if (current instanceof AggregateError) found.push(...(current.errors as ErrorLike[]));
    current = current.cause;
  }
  return found;
}

function messageOf(kind: FailureKind, code: string | undefined, text: string): string {
  if (code === 'MfaCodeNeeded') return t('The profile needs a multi-factor authentication (MFA) code.');
  if (code === 'SyntaxError') return t('The answer could not be read.');
  // Node leaves the message of several refused addresses empty.
  if (text === '' && kind === 'network') return t('No connection ({0}).', code ?? t('unknown'));
  return redact(text === '' ? (code ?? t('Unknown error')) : text);
}

/** `… is not authorized to perform: iam:PassRole on resource …` */
function namedPermission(text: string): string | undefined {
  return /not authorized to perform:?\s+([a-z0-9-]+:[A-Za-z0-9]+)/.exec(text)?.[1];
}
