import { newId } from '../src/common';
import { expectStatus, PASSWORD, problem, testApi, type Answer } from './support/api-client';
import { mailbox } from './support/mailbox';

const PUBLIC_URL = 'http://help.example';
const api = testApi({ env: { RATE_LIMIT_SCALE: '1', PUBLIC_URL } });
const { tokenFor } = mailbox(api, PUBLIC_URL);

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

  it('is forgiven with a new password by mail, whoever guessed', async () => {
    const { email } = (await api.given.customer()).account;
    await guess(email, 10);
    expect((await api.login(email)).status).toBe(429);
    expectStatus(202, await api.anyone.post('/api/auth/password/forgot', { email }));
    const reset = { token: await tokenFor(email, 'reset-password'), password: 'a wholly new password' };
    expectStatus(204, await api.anyone.post('/api/auth/password/reset', reset));
    expectStatus(200, await api.login(email, reset.password));
  });

  it('is forgiven with a right password before it comes to that', async () => {
    const cora = await api.given.customer();
    for (let round = 0; round < 3; round += 1) {
      await guess(cora.account.email, 4);
      expectStatus(200, await api.login(cora.account.email));
    }
  });
});

describe('guessing from elsewhere', () => {
  const behindProxy = testApi({ env: { RATE_LIMIT_SCALE: '1', TRUST_PROXY: '127.0.0.1' } });
  const HOME = '203.0.113.7';

  const loginFrom = (address: string, email: string, password = PASSWORD): Promise<Answer> =>
    behindProxy.anyone.post('/api/auth/login', { email, password }, { 'x-forwarded-for': address });

  async function guessFromElsewhere(email: string, tries: number): Promise<number[]> {
    const statuses: number[] = [];
    for (let count = 0; count < tries; count += 1)
      statuses.push((await loginFrom(`198.51.100.${count}`, email, `guess number ${count}`)).status);
    return statuses;
  }

  it('cannot lock somebody out of where they have signed in before', async () => {
    const { email } = (await behindProxy.given.customer()).account;
    expectStatus(200, await loginFrom(HOME, email));
    expect((await guessFromElsewhere(email, 12)).slice(-2)).toEqual([429, 429]);
    expect((await loginFrom('198.51.100.200', email)).status).toBe(429);
    expectStatus(200, await loginFrom(HOME, email));
  });

  it('is slowed down there, too', async () => {
    const { email } = (await behindProxy.given.customer()).account;
    expectStatus(200, await loginFrom(HOME, email));
    const answers: Answer[] = [];
    for (let count = 0; count < 8; count += 1) answers.push(await loginFrom(HOME, email, `guess number ${count}`));
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 401, 401, 401, 429, 429]);
  });

  it('looks the same for an account that does not exist', async () => {
    const { email } = (await behindProxy.given.customer()).account;
    const unknown = `nobody-${newId()}@example.com`;
    expect(await guessFromElsewhere(unknown, 12)).toEqual(await guessFromElsewhere(email, 12));
  });

  it('is counted by the real peer where no proxy is trusted', async () => {
    const { email } = (await api.given.customer()).account;
    const answers: number[] = [];
    for (let count = 0; count < 80; count += 1) {
      const headers = { 'x-forwarded-for': `198.51.100.${count}` };
      const account = { email: `nobody-${newId()}@example.com`, password: 'a guess' };
      answers.push((await api.anyone.post('/api/auth/login', account, headers)).status);
    }
    expect(answers).toContain(429);
    expect((await api.login(email)).status).toBe(429);
  });
});

describe('the own password, asked for again', () => {
  const own = testApi({ env: { RATE_LIMIT_SCALE: '1' } });

  it('is not to be guessed by whoever sits at a borrowed screen', async () => {
    const cora = await own.given.customer();
    const answers: Answer[] = [];
    for (let count = 0; count < 8; count += 1)
      answers.push(await cora.delete('/api/me', { password: `guess ${count}` }));
    expect(answers.map(({ status }) => status)).toEqual([403, 403, 403, 403, 403, 403, 429, 429]);
    const change = { currentPassword: PASSWORD, newPassword: 'a wholly new password' };
    expect(await cora.post('/api/auth/password/change', change)).toMatchObject(problem(429, 'rate-limited'));
  });
});
