import { SharedQuestion } from './shared-question';

/** Questions that are answered by hand. */
function byHand(): { ask: () => Promise<number>; answers: ((answer: number | Error) => void)[] } {
  const answers: ((answer: number | Error) => void)[] = [];
  const ask = (): Promise<number> =>
    new Promise((resolve, reject) =>
      answers.push((answer) => (answer instanceof Error ? reject(answer) : resolve(answer))),
    );
  return { ask, answers };
}

const soon = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('a shared question', () => {
  it('is put once for all who ask before it is put', async () => {
    const { ask, answers } = byHand();
    const shared = new SharedQuestion(ask);
    const all = Promise.all([shared.answer(), shared.answer(), shared.answer()]);
    await soon();
    expect(answers).toHaveLength(1);
    answers[0](7);
    await expect(all).resolves.toEqual([7, 7, 7]);
  });

  it('is put anew for those who ask while it is under way, after it was answered', async () => {
    const { ask, answers } = byHand();
    const shared = new SharedQuestion(ask);
    const early = shared.answer();
    await soon();
    const late = Promise.all([shared.answer(), shared.answer()]);
    await soon();
    expect(answers).toHaveLength(1);
    answers[0](1);
    await expect(early).resolves.toBe(1);
    await soon();
    expect(answers).toHaveLength(2);
    answers[1](2);
    await expect(late).resolves.toEqual([2, 2]);
  });

  it('goes on after one that failed', async () => {
    const { ask, answers } = byHand();
    const shared = new SharedQuestion(ask);
    const early = shared.answer();
    await soon();
    const late = shared.answer();
    answers[0](new Error('away'));
    await expect(early).rejects.toThrow('away');
    await soon();
    answers[1](3);
    await expect(late).resolves.toBe(3);
  });
});
