import type { Diagnostic } from 'vscode-languageserver';

const offsetBasis = 0xcbf29ce484222325n;
const prime = 0x100000001b3n;

/**
 * Made of what is reported, so that an edit which changes no finding is answered with "unchanged". FNV-1a of 64
 * bits (RFC 9923): it runs in a browser, and nobody gains by a collision.
 */
export function resultIdOf(items: readonly Diagnostic[]): string {
  let hash = offsetBasis;
  for (const byte of new TextEncoder().encode(JSON.stringify(items))) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * prime);
  }
  return hash.toString(36);
}
