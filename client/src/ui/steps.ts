import type { Answer, Position } from './prompts.ts';

/** One question of several, which adds its answer to what the others gave. */
export interface Step<S> {
  /** Whether it has to be asked, given the answers so far. */
  readonly applies: (answers: S) => boolean;
  readonly ask: (answers: S, position: Position) => Promise<Answer<S>>;
}

/**
 * Asks one question after the other. From each there is a way back to the one before it, whose answers so far are kept.
 *
 * @param first the answers to begin with, such as those of the last time
 * @returns all answers; `back` where the user went back from the first question
 */
export async function runSteps<S>(steps: readonly Step<S>[], first: S): Promise<Answer<S>> {
  const asked: number[] = [];
  let answers = first;
  let index = nextStep(steps, answers, 0);
  while (index < steps.length) {
    const total = steps.filter(({ applies }) => applies(answers)).length;
    const answer = await steps[index]?.ask(answers, { step: asked.length + 1, total });
    if (answer === undefined || answer.kind === 'cancelled') return { kind: 'cancelled' };
    if (answer.kind === 'back') {
      const previous = asked.pop();
      if (previous === undefined) return answer;
      index = previous;
      continue;
    }
    asked.push(index);
    answers = answer.value;
    index = nextStep(steps, answers, index + 1);
  }
  return { kind: 'answer', value: answers };
}

function nextStep<S>(steps: readonly Step<S>[], answers: S, from: number): number {
  const index = steps.findIndex(({ applies }, candidate) => candidate >= from && applies(answers));
  return index < 0 ? steps.length : index;
}
