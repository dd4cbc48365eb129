import { newId } from '../src/common';
import { expectStatus, invalid, PASSWORD, problem, testApi, type Answer, type Person } from './support/api-client';
import { mailbox } from './support/mailbox';
import { HOUR, MINUTE } from './support/moved-clock';

const PUBLIC_URL = 'http://help.example';
const api = testApi({ env: { PUBLIC_URL } });
const { mailsTo, tokenFor } = mailbox(api, PUBLIC_URL);
const newEmail = (): string => `ines-${newId()}@example.com`;
const INVITATIONS = '/api/users/invitations';

interface Invited {
  id: string;
  email: string;
}

interface Result {
  user: Invited | null;
  error: { code: string } | null;
}

async function invite(admin: Person): Promise<Invited> {
  const email = newEmail();
  const answer = await admin.post('/api/users', { email, name: 'Ines', role: 'agent' });
  return { id: expectStatus(201, answer).body.id, email };
}

const accept = (token: string, more = {}): Promise<Answer> =>
  api.anyone.post('/api/auth/invitation/accept', { token, password: PASSWORD, ...more });

const actionsAbout = async (userId: string): Promise<unknown[]> =>
  (await api.rows('SELECT action FROM audit_entries WHERE objectId = ? ORDER BY id', [userId])).map(
    ({ action }) => action,
  );

describe('many invitations', () => {
  it('are sent to everybody who can be invited, and say of the others why not', async () => {
    const admin = await api.given.admin();
    const taken = await api.given.customer();
    const [first, last] = [newEmail(), newEmail()];
    const people = [
      { email: first, name: 'First', role: 'agent' },
      { email: 'nobody', name: 'Wrong', role: 'agent' },
      { email: taken.account.email.toUpperCase(), name: 'Taken', role: 'agent' },
      { email: newEmail(), name: 'Boss', role: 'boss' },
      { email: first, name: 'Again', role: 'customer' },
      { email: newEmail(), name: 'More', role: 'agent', password: 'x' },
      { email: last, name: 'Last', role: 'customer' },
    ];
    const { body } = expectStatus(200, await admin.post(INVITATIONS, { people }));
    expect((body.results as Result[]).map(({ user, error }) => [user?.email ?? null, error?.code ?? null])).toEqual([
      [first, null],
      [null, 'validation-failed'],
      [null, 'email-taken'],
      [null, 'validation-failed'],
      [null, 'email-taken'],
      [null, 'validation-failed'],
      [last, null],
    ]);
    expect(body.results[0].user).toMatchObject({ name: 'First', role: 'agent', invited: true });
    for (const email of [first, last]) expect(await mailsTo(email)).toHaveLength(1);
    expect((await accept(await tokenFor(last, 'invite'))).status).toBe(204);
    expect((await api.login(last)).status).toBe(200);
  });

  it('are sent once for one key', async () => {
    const admin = await api.given.admin();
    const email = newEmail();
    const body = { people: [{ email, name: 'Ines', role: 'agent' }] };
    const headers = { 'idempotency-key': newId() };
    const first = expectStatus(200, await admin.post(INVITATIONS, body, headers));
    const again = expectStatus(200, await admin.post(INVITATIONS, body, headers));
    expect(first.body.results[0].user.email).toBe(email);
    expect(again.body).toEqual(first.body);
    expect(await mailsTo(email)).toHaveLength(1);
  });

  it.each([[[]], ['x'], [undefined], [['x']], [[null]], [Array.from({ length: 101 }, () => ({}))]])(
    'are not sent for people: %j',
    async (people) => {
      const admin = await api.given.admin();
      expect(await admin.post(INVITATIONS, { people })).toMatchObject(invalid('people'));
    },
  );
});

describe('an open invitation', () => {
  it('is found by that, with the time of its link, until it is accepted', async () => {
    const admin = await api.given.admin();
    const { id, email } = await invite(admin);
    const found = async (query: string): Promise<Answer['body']> =>
      expectStatus(200, await admin.get(`/api/users?q=${email}&${query}`)).body;
    expect(await found('invited=true')).toMatchObject([{ id, invited: true, invitedAt: expect.any(String) }]);
    expect(await found('invited=false')).toEqual([]);
    expectStatus(204, await accept(await tokenFor(email, 'invite')));
    expect(await found('invited=true')).toEqual([]);
    expect(await found('invited=false')).toMatchObject([{ id, invited: false, invitedAt: null, lastSeenAt: null }]);
    expectStatus(200, await api.login(email));
    expect(await found('')).toMatchObject([{ id, lastSeenAt: expect.any(String) }]);
  });

  it('is sent again with a new link, and the old one opens nothing any more', async () => {
    const admin = await api.given.admin();
    const { id, email } = await invite(admin);
    const old = await tokenFor(email, 'invite');
    api.clock.forward(80 * HOUR);
    const anew = await api.device(admin.account);
    const { body } = expectStatus(200, await anew.post(`/api/users/${id}/invitation`));
    expect(Math.abs(new Date(body.invitedAt).getTime() - api.clock.now().getTime())).toBeLessThan(MINUTE);
    const fresh = await tokenFor(email, 'invite');
    expect(fresh).not.toBe(old);
    expect(await accept(old)).toMatchObject(problem(400, 'invalid-token'));
    expect((await accept(fresh)).status).toBe(204);
    expect(await actionsAbout(id)).toContain('invitation.resent');
  });

  it('is sent again once a minute at most, also by two admins at once', async () => {
    const [one, two] = [await api.given.admin(), await api.given.admin()];
    const { id, email } = await invite(one);
    expect(await one.post(`/api/users/${id}/invitation`)).toMatchObject(problem(429, 'rate-limited'));
    api.clock.forward(2 * MINUTE);
    const answers = await Promise.all([one, two].map((admin) => admin.post(`/api/users/${id}/invitation`)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 429]);
    expect(await mailsTo(email)).toHaveLength(2);
  });

  it('can be withdrawn: the link opens nothing, the address is free, and nobody is listed', async () => {
    const admin = await api.given.admin();
    const { id, email } = await invite(admin);
    const token = await tokenFor(email, 'invite');
    expectStatus(204, await admin.delete(`/api/users/${id}/invitation`));
    expect(await accept(token)).toMatchObject(problem(400, 'invalid-token'));
    expect((await admin.get(`/api/users?q=${id}`)).body).toEqual([]);
    expect(await admin.delete(`/api/users/${id}/invitation`)).toMatchObject(problem(404, 'not-found'));
    expect(await actionsAbout(id)).toEqual(expect.arrayContaining(['user.invited', 'invitation.withdrawn']));
    expectStatus(201, await admin.post('/api/users', { email, name: 'Ines', role: 'agent' }));
  });

  it('is accepted in the language of the page, which the account keeps', async () => {
    const admin = await api.given.admin();
    const { email } = await invite(admin);
    expectStatus(204, await accept(await tokenFor(email, 'invite'), { language: 'de' }));
    expect((await api.login(email)).body.user).toMatchObject({ language: 'de' });
  });

  it('is over once it is accepted, or the person is switched off', async () => {
    const admin = await api.given.admin();
    const [accepted, off] = [await invite(admin), await invite(admin)];
    expectStatus(204, await accept(await tokenFor(accepted.email, 'invite')));
    expectStatus(200, await admin.patch(`/api/users/${off.id}`, { active: false }));
    for (const { id } of [accepted, off]) {
      expect(await admin.delete(`/api/users/${id}/invitation`)).toMatchObject(problem(409, 'no-open-invitation'));
      expect(await admin.post(`/api/users/${id}/invitation`)).toMatchObject(problem(409, 'no-open-invitation'));
    }
    expect((await api.login(accepted.email)).status).toBe(200);
  });

  it('is either accepted or withdrawn when both happen at once', async () => {
    const admin = await api.given.admin();
    for (let round = 0; round < 5; round += 1) {
      const { id, email } = await invite(admin);
      const token = await tokenFor(email, 'invite');
      const [accepted, withdrawn] = await Promise.all([accept(token), admin.delete(`/api/users/${id}/invitation`)]);
      const isIn = accepted.status === 204;
      expect([accepted.status, withdrawn.status]).toEqual(isIn ? [204, 409] : [400, 204]);
      expect((await api.login(email)).status).toBe(isIn ? 200 : 401);
    }
  });
});

describe('people as a table', () => {
  const lines = ({ body }: Answer<string>): string[] => body.trim().split('\r\n');

  it('are those of the filter, without formulas, and the export is in the log', async () => {
    const admin = await api.given.admin();
    const word = `Quill${newId().slice(-12)}`;
    const agent = await api.given.agent({ name: `=1+1 "${word}", Ana` });
    await api.given.customer({ name: `Cora ${word}` });
    const answer = expectStatus(200, await admin.get(`/api/users/export?q=${word}&role=agent`));
    expect(answer.headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(answer.headers['content-disposition']).toBe('attachment; filename="people.csv"');
    const [header, ...rows] = lines(answer);
    expect(header).toBe('id,name,e-mail,role,active,invited,created,invitation sent,last seen');
    expect(rows).toHaveLength(1);
    expect(rows[0]).toContain(`${agent.id},"'=1+1 ""${word}"", Ana",${agent.account.email},agent,yes,no,`);
    const { body } = await admin.get(`/api/audit?action=export.made&actor=${admin.id}`);
    expect(body).toMatchObject([{ data: { of: 'people', format: 'csv', filter: { role: ['agent'] } } }]);
    expect(JSON.stringify(body)).not.toContain(word);
  });

  it('are all there, however many pages they fill', async () => {
    const admin = await api.given.admin();
    const word = newId().slice(-12);
    for (let count = 0; count < 105; count += 1) await api.given.customer({ name: `${count} ${word}` });
    const rows = lines(expectStatus(200, await admin.get(`/api/users/export?q=${word}`))).slice(1);
    expect(new Set(rows.map((row) => row.split(',')[0])).size).toBe(105);
  });

  it('are not exported for a filter that is none', async () => {
    const admin = await api.given.admin();
    expect(await admin.get('/api/users/export?role=boss')).toMatchObject(invalid('role'));
    expect(await admin.get('/api/users/export?limit=5')).toMatchObject(invalid('limit'));
  });
});
