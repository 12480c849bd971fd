import { l10n, ThemeColor, ThemeIcon } from 'vscode';

/** What a VPC can look like, in the account and in templates alike. */
export type StateLook =
  'logged' | 'accept-only' | 'delivery-failed' | 'none' | 'conditional' | 'suppressed' | 'shared' | 'unknown';

interface Appearance {
  readonly codicon: string;
  readonly color: string;
  readonly word: () => string;
}

/** Each state has a shape of its own, because colour alone tells nothing to some and is gone in high contrast. */
const appearances: Readonly<Record<StateLook, Appearance>> = {
  // Not testing.iconPassed, which is as pale on a light background as it is on a dark one.
  logged: { codicon: 'pass', color: 'charts.green', word: () => l10n.t('logged') },
  'accept-only': {
    codicon: 'warning',
    color: 'problemsWarningIcon.foreground',
    word: () => l10n.t('accept only'),
  },
  'delivery-failed': {
    codicon: 'error',
    color: 'problemsErrorIcon.foreground',
    word: () => l10n.t('delivery failed'),
  },
  none: {
    codicon: 'circle-slash',
    color: 'problemsErrorIcon.foreground',
    word: () => l10n.t('no flow log'),
  },
  conditional: {
    codicon: 'color-mode',
    color: 'problemsWarningIcon.foreground',
    word: () => l10n.t('conditional'),
  },
  suppressed: { codicon: 'bell-slash', color: 'descriptionForeground', word: () => l10n.t('suppressed') },
  shared: { codicon: 'question', color: 'descriptionForeground', word: () => l10n.t('shared, unknown') },
  unknown: { codicon: 'question', color: 'descriptionForeground', word: () => l10n.t('unknown') },
};

export function stateIcon(look: StateLook): ThemeIcon {
  const { codicon, color } = appearances[look];
  return new ThemeIcon(codicon, new ThemeColor(color));
}

/** One or two words, in lower case, for a tree item's description. */
export function stateWord(look: StateLook): string {
  return appearances[look].word();
}
