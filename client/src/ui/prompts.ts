/** What a flow asks its user. Behind it stands VS Code's quick input, or a test that answers. */
export interface Prompts {
  readonly pick: <T>(question: PickQuestion<T>) => Promise<Answer<T>>;
  readonly pickMany: <T>(question: PickQuestion<T>) => Promise<Answer<readonly T[]>>;
  readonly type: (question: TypeQuestion) => Promise<Answer<string>>;
  /** A dialog that has to be answered before anything else. Undefined where it was closed. */
  readonly confirm: <T>(question: ConfirmQuestion<T>) => Promise<T | undefined>;
}

export type Answer<T> =
  | { readonly kind: 'answer'; readonly value: T }
  /** Wants to answer the question before this one again. */
  | { readonly kind: 'back' }
  | { readonly kind: 'cancelled' };

export interface Position {
  /** From 1. */
  readonly step: number;
  readonly total: number;
}

interface Question {
  readonly title: string;
  /** Where the question is one of several. From the second on there is a way back. */
  readonly position?: Position | undefined;
  /** Where there is a way back although it is the first question. */
  readonly canGoBack?: boolean | undefined;
}

export interface Choice<T> {
  readonly label: string;
  readonly value: T;
  readonly description?: string | undefined;
  readonly detail?: string | undefined;
  /** The name of a codicon. */
  readonly icon?: string | undefined;
  /** The heading that it stands under, with those beside it that have the same. */
  readonly group?: string | undefined;
  /** Answered this way the last time. */
  readonly isChosen?: boolean | undefined;
}

export interface PickQuestion<T> extends Question {
  readonly placeholder: string;
  /** Those that take time show as busy until they are there; they must not reject. */
  readonly choices: readonly Choice<T>[] | Promise<readonly Choice<T>[]>;
  /** Of many: that choosing none is no answer. */
  readonly needsOne?: boolean | undefined;
}

export interface TypeQuestion extends Question {
  readonly prompt: string;
  readonly placeholder?: string | undefined;
  readonly value?: string | undefined;
  /** Shows dots instead of what is typed. */
  readonly isSecret?: boolean | undefined;
  /** What is wrong with a text, or undefined where nothing is. */
  readonly validate?: ((text: string) => string | undefined) | undefined;
}

export interface ConfirmQuestion<T> {
  readonly message: string;
  readonly detail: string;
  readonly isWarning: boolean;
  /** The first is the one that the Return key takes. */
  readonly answers: readonly { readonly label: string; readonly value: T }[];
}
