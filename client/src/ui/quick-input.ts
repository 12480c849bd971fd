import {
  Disposable,
  l10n,
  QuickInputButtons,
  QuickPickItemKind,
  ThemeIcon,
  window,
  type MessageItem,
  type QuickInput,
  type QuickInputButton,
  type QuickPick,
  type QuickPickItem,
} from 'vscode';
import { longList, MOST_ITEMS } from './long-list.ts';
import type { Answer, Choice, ConfirmQuestion, PickQuestion, Prompts, TypeQuestion } from './prompts.ts';

interface ChoiceItem<T> extends QuickPickItem {
  readonly value: T;
}

/** Asks by VS Code's quick input and dialogs. */
export const quickInputPrompts: Prompts = {
  pick: (question) =>
    showPick(question, false, ([item]) => (item === undefined ? undefined : answer(item.value))),
  pickMany: (question) =>
    showPick(question, true, (items) => {
      if (question.needsOne === true && items.length === 0) return undefined;
      return answer(items.map(({ value }) => value));
    }),
  type: showInput,
  confirm: showDialog,
};

function answer<T>(value: T): Answer<T> {
  return { kind: 'answer', value };
}

function showPick<T, R>(
  question: PickQuestion<T>,
  many: boolean,
  read: (items: readonly ChoiceItem<T>[]) => Answer<R> | undefined,
): Promise<Answer<R>> {
  const pick = window.createQuickPick<ChoiceItem<T>>();
  pick.placeholder = question.placeholder;
  pick.matchOnDescription = true;
  pick.matchOnDetail = true;
  pick.canSelectMany = many;
  void fill(pick, question.choices, many);
  return untilAnswered(pick, question, (done) =>
    pick.onDidAccept(() => {
      const found = read(pick.selectedItems);
      if (found !== undefined) done(found);
    }),
  );
}

async function fill<T>(
  pick: QuickPick<ChoiceItem<T>>,
  choices: PickQuestion<T>['choices'],
  many: boolean,
): Promise<void> {
  pick.busy = true;
  const given = await choices;
  pick.busy = false;
  if (!many && given.length > MOST_ITEMS) {
    searchHere(pick, given);
    return;
  }
  const items = given.map(toItem);
  // A separator is an item without a value, which cannot be chosen.
  pick.items = items.flatMap((item, index) => {
    const group = given[index]?.group;
    if (group === undefined || group === given[index - 1]?.group) return [item];
    return [separator<T>(group), item];
  });
  const chosen = items.filter((_, index) => given[index]?.isChosen === true);
  if (many) pick.selectedItems = chosen;
  else pick.activeItems = chosen.slice(0, 1);
}

/** Answers what is typed from the whole list, and hands VS Code a part of it. */
function searchHere<T>(pick: QuickPick<ChoiceItem<T>>, choices: readonly Choice<T>[]): void {
  const search = longList(choices);
  const update = (): void => {
    const { shown, hidden } = search(pick.value);
    pick.items = [
      ...shown.map((choice) => ({ ...toItem(choice), alwaysShow: true })),
      ...(hidden === 0 ? [] : [separator<T>(l10n.t('{0} more', hidden))]),
    ];
  };
  // It goes when the list is disposed.
  pick.onDidChangeValue(update);
  update();
}

function separator<T>(label: string): ChoiceItem<T> {
  return { label, kind: QuickPickItemKind.Separator } as ChoiceItem<T>;
}

function toItem<T>({ label, value, description, detail, icon }: Choice<T>): ChoiceItem<T> {
  return {
    label,
    value,
    ...(description === undefined ? {} : { description }),
    ...(detail === undefined ? {} : { detail }),
    ...(icon === undefined ? {} : { iconPath: new ThemeIcon(icon) }),
  };
}

function showInput(question: TypeQuestion): Promise<Answer<string>> {
  const input = window.createInputBox();
  const { validate = () => undefined } = question;
  input.prompt = question.prompt;
  input.value = question.value ?? '';
  input.password = question.isSecret ?? false;
  if (question.placeholder !== undefined) input.placeholder = question.placeholder;
  // Nobody is told what is wrong before having typed.
  const judge = (): boolean => {
    input.validationMessage = validate(input.value.trim());
    return input.validationMessage === undefined;
  };
  return untilAnswered(input, question, (done) =>
    Disposable.from(
      input.onDidChangeValue(judge),
      input.onDidAccept(() => {
        if (judge()) done(answer(input.value.trim()));
      }),
    ),
  );
}

type Asking = QuickInput & {
  buttons: readonly QuickInputButton[];
  readonly onDidTriggerButton: (listener: (button: QuickInputButton) => unknown) => Disposable;
};

type Framed = Pick<TypeQuestion, 'title' | 'position' | 'canGoBack'>;

function untilAnswered<R>(
  input: Asking,
  { title, position, canGoBack = (position?.step ?? 1) > 1 }: Framed,
  listen: (done: (given: Answer<R>) => void) => Disposable,
): Promise<Answer<R>> {
  input.title = title;
  // A look into another window, for the ARN of a bucket say, must not lose the answers.
  input.ignoreFocusOut = true;
  if (position !== undefined) {
    input.step = position.step;
    input.totalSteps = position.total;
  }
  if (canGoBack) input.buttons = [QuickInputButtons.Back];
  return new Promise((resolve) => {
    const listeners = Disposable.from(
      listen(finish),
      input.onDidTriggerButton((button) => {
        if (button === QuickInputButtons.Back) finish({ kind: 'back' });
      }),
      input.onDidHide(() => finish({ kind: 'cancelled' })),
    );
    function finish(given: Answer<R>): void {
      // The answer comes first: hiding fires an event of its own.
      resolve(given);
      listeners.dispose();
      input.dispose();
    }
    input.show();
  });
}

async function showDialog<T>({
  message,
  detail,
  isWarning,
  answers,
}: ConfirmQuestion<T>): Promise<T | undefined> {
  const show = isWarning ? window.showWarningMessage : window.showInformationMessage;
  const items = answers.map(({ label, value }): MessageItem & { value: T } => ({ title: label, value }));
  return (await show(message, { modal: true, detail }, ...items))?.value;
}
