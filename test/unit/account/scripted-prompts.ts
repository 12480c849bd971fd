import type { Answer, Prompts } from '../../../client/src/ui/prompts.ts';

/** What a test answers: a choice or a button by its label, a text, or a way out. */
export type Reply =
  | { readonly pick: string }
  | { readonly check: readonly string[] }
  | { readonly type: string }
  | { readonly press: string }
  | 'back'
  | 'cancel';

/** Answers questions in turn, and keeps what was asked. A question without an answer fails the test. */
export class ScriptedPrompts implements Prompts {
  readonly #replies: Reply[];
  readonly asked: string[] = [];
  /** The steps of those that are one of several, such as `2/7`. */
  readonly positions: string[] = [];

  constructor(...replies: Reply[]) {
    this.#replies = replies;
  }

  get unused(): readonly Reply[] {
    return this.#replies;
  }

  pick: Prompts['pick'] = async (question) => {
    const reply = this.#next(question.placeholder, question.position);
    if (typeof reply === 'string') return wayOut(reply);
    const choices = await question.choices;
    const label = 'pick' in reply ? reply.pick : '';
    const choice = choices.find((each) => each.label === label);
    if (choice === undefined)
      throw new Error(
        `"${question.placeholder}" offers no "${label}", but ${choices.map((each) => each.label).join()}`,
      );
    return { kind: 'answer', value: choice.value };
  };

  pickMany: Prompts['pickMany'] = async (question) => {
    const reply = this.#next(question.placeholder, question.position);
    if (typeof reply === 'string') return wayOut(reply);
    const choices = await question.choices;
    const wanted =
      'check' in reply ? reply.check : choices.filter((each) => each.isChosen).map((each) => each.label);
    return {
      kind: 'answer',
      value: choices.filter(({ label }) => wanted.includes(label)).map(({ value }) => value),
    };
  };

  type: Prompts['type'] = async (question) => {
    const reply = this.#next(question.prompt, question.position);
    if (typeof reply === 'string') return wayOut(reply);
    const text = 'type' in reply ? reply.type : (question.value ?? '');
    const problem = question.validate?.(text);
    if (problem !== undefined) throw new Error(`"${text}" is refused: ${problem}`);
    return { kind: 'answer', value: text };
  };

  confirm: Prompts['confirm'] = async (question) => {
    const reply = this.#next(`${question.message}\n${question.detail}`, undefined);
    if (typeof reply === 'string') return undefined;
    const label = 'press' in reply ? reply.press : '';
    const answer = question.answers.find((each) => each.label === label);
    if (answer === undefined)
      throw new Error(`There is no "${label}", but ${question.answers.map((each) => each.label).join()}`);
    return answer.value;
  };

  #next(text: string, position: { readonly step: number; readonly total: number } | undefined): Reply {
    this.asked.push(text);
    if (position !== undefined) this.positions.push(`${position.step}/${position.total}`);
    const reply = this.#replies.shift();
    if (reply === undefined) throw new Error(`Nobody answers: ${text}`);
    return reply;
  }
}

function wayOut(reply: 'back' | 'cancel'): Answer<never> {
  return { kind: reply === 'back' ? 'back' : 'cancelled' };
}
