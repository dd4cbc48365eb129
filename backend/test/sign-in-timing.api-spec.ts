import { newId } from '../src/common';
import { testApi } from './support/api-client';

const TRIALS = 20;
const api = testApi();
const unknown = (): string => `nobody-${newId()}@example.com`;

/** Of the fast quarter: what else a busy machine does only makes answers slower. */
const lowerQuartile = (values: number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 4)];

async function timeOf(ask: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await ask();
  return performance.now() - started;
}

/** Asks in turns, so that both kinds meet the same weather; the fast ones are near each other, or within 30 ms. */
async function expectSameTime(known: () => Promise<unknown>, stranger: () => Promise<unknown>): Promise<void> {
  const times: { known: number[]; stranger: number[] } = { known: [], stranger: [] };
  await known();
  await stranger();
  for (let count = 0; count < TRIALS; count += 1) {
    times.known.push(await timeOf(known));
    times.stranger.push(await timeOf(stranger));
  }
  const [one, other] = [lowerQuartile(times.known), lowerQuartile(times.stranger)];
  expect(Math.abs(one - other)).toBeLessThan(Math.max(30, 0.2 * Math.max(one, other)));
}

describe('how long an answer takes', () => {
  it('does not tell at sign-in whether there is an account', async () => {
    const { email } = (await api.given.customer()).account;
    await expectSameTime(
      () => api.login(email, 'a wrong password'),
      () => api.login(unknown(), 'a wrong password'),
    );
    // Hashing takes most of it: an answer without it would be much faster.
    expect(await timeOf(() => api.login(unknown(), 'a wrong password'))).toBeGreaterThan(4);
  });

  it('does not tell when a password was forgotten', async () => {
    const people = await Promise.all(Array.from({ length: TRIALS + 1 }, () => api.given.customer()));
    await expectSameTime(
      () => api.anyone.post('/api/auth/password/forgot', { email: people.pop()?.account.email }),
      () => api.anyone.post('/api/auth/password/forgot', { email: unknown() }),
    );
  });
});
