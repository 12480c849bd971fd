import { openAccount, type Account, type OpenAccountOptions } from '../../client/src/aws/account.ts';

/** An account that must open; the test fails with the reason when it does not. */
export async function opened(options: OpenAccountOptions): Promise<Account> {
  const result = await openAccount(options);
  if (result.kind === 'failed') throw new Error(`${result.failure.kind}: ${result.failure.message}`);
  return result.account;
}
