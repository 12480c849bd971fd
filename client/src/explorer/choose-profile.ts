import { l10n } from 'vscode';
import type { Aws } from '../aws/load.ts';
import type { CredentialKind, Profile, Profiles } from '../aws/profiles.ts';
import type { Choice, Prompts } from '../ui/prompts.ts';
import type { AccountSession } from './account-session.ts';
import type { AccountView } from './account-view.ts';
import { signInWithSso } from './sso-terminal.ts';

type Chosen =
  | { readonly kind: 'profile'; readonly name: string | undefined }
  | { readonly kind: 'sso-session'; readonly name: string };

export interface ChoosingParts {
  readonly session: Pick<AccountSession, 'profile' | 'open'>;
  readonly prompts: Pick<Prompts, 'pick'>;
  readonly view: Pick<AccountView, 'focus'>;
  readonly loadAws: () => Promise<Pick<Aws, 'listProfiles'>>;
}

/** Lets the user choose a profile, remembers it for this workspace, and reads its account. */
export async function chooseProfile(parts: ChoosingParts): Promise<void> {
  const { session, prompts, view, loadAws } = parts;
  const profiles = loadAws().then(({ listProfiles }) => listProfiles());
  const picked = await prompts.pick<Chosen>({
    title: l10n.t('AWS Profile'),
    placeholder: l10n.t('Whose VPCs are to be shown?'),
    choices: profiles.then(
      (found) => choicesOf(found, session.profile),
      () => [defaultChoice()],
    ),
  });
  if (picked.kind !== 'answer') return;
  if (picked.value.kind === 'sso-session') {
    signInWithSso(picked.value, () => void chooseProfile(parts));
    return;
  }
  await view.focus();
  await session.open(picked.value.name);
}

const defaultChoice = (): Choice<Chosen> => ({
  label: l10n.t('Default credentials'),
  description: l10n.t('environment, AWS_PROFILE or the profile default'),
  value: { kind: 'profile', name: undefined },
  icon: 'account',
});

function choicesOf({ profiles, ssoSessions }: Profiles, current: string | undefined): Choice<Chosen>[] {
  return [
    ...profiles.map((profile): Choice<Chosen> => ({
      label: profile.name,
      description: describe(profile),
      value: { kind: 'profile', name: profile.name },
      icon: profile.isDemo ? 'beaker' : 'account',
      group: l10n.t('Profiles'),
      isChosen: profile.name === current,
    })),
    { ...defaultChoice(), group: l10n.t('Without a profile') },
    ...ssoSessions.map(({ name, startUrl }): Choice<Chosen> => ({
      label: l10n.t('Sign in to {0}', name),
      description: startUrl,
      value: { kind: 'sso-session', name },
      icon: 'sign-in',
      group: l10n.t('SSO sessions'),
    })),
  ];
}

function describe({ kind, region, accountId, asksForMfa, isDemo }: Profile): string {
  return [
    isDemo ? l10n.t('demo') : kindInWords(kind),
    ...(asksForMfa ? [l10n.t('MFA')] : []),
    ...(accountId === undefined ? [] : [accountId]),
    ...(region === undefined ? [] : [region]),
  ].join(' · ');
}

function kindInWords(kind: CredentialKind): string {
  switch (kind) {
    case 'sso':
      return l10n.t('SSO');
    case 'assume-role':
      return l10n.t('assumed role');
    case 'web-identity':
      return l10n.t('web identity');
    case 'process':
      return l10n.t('credential process');
    case 'static':
      return l10n.t('access key');
    case 'login':
      return l10n.t('login session');
    case 'other':
      return l10n.t('profile');
  }
}
