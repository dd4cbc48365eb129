import { newId } from '../src/common';
import { expectStatus, problem, testApi, type Answer } from './support/api-client';

const api = testApi({ env: { RATE_LIMIT_SCALE: '1' } });

async function guess(email: string, tries: number): Promise<Answer[]> {
  const answers: Answer[] = [];
  for (let count = 0; count < tries; count += 1) answers.push(await api.login(email, `guess number ${count}`));
  return answers;
}

describe('guessing a password', () => {
  it('is slowed down from the sixth to tenth try on, alike for known and unknown accounts', async () => {
    const cora = await api.given.customer();
    const unknown = `nobody-${newId()}@example.com`;
    const [known, nobody] = [await guess(cora.account.email, 12), await guess(unknown, 12)];
    const patternOf = (answers: Answer[]) => answers.map(({ status, body }) => `${status} ${body.code}`);
    expect(patternOf(nobody)).toEqual(patternOf(known));
    const refusedFrom = known.findIndex(({ status }) => status === 429);
    expect(refusedFrom).toBeGreaterThanOrEqual(5);
    expect(refusedFrom).toBeLessThan(10);
    for (const answer of known.slice(refusedFrom)) {
      expect(answer).toMatchObject(problem(429, 'rate-limited'));
      expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
    }
  });

  it('leaves the account’s own sign-ins alone, and other accounts', async () => {
    const [cora, other] = [await api.given.customer(), await api.given.customer()];
    await guess(cora.account.email, 10);
    expect((await api.login(cora.account.email)).status).toBe(429);
    expect((await cora.get('/api/me')).status).toBe(200);
    expectStatus(200, await api.anyone.post('/api/auth/refresh', undefined, cora.cookie));
    expectStatus(200, await api.login(other.account.email));
  });

  it('is forgiven with a right password before it comes to that', async () => {
    const cora = await api.given.customer();
    for (let round = 0; round < 3; round += 1) {
      await guess(cora.account.email, 4);
      expectStatus(200, await api.login(cora.account.email));
    }
  });
});
