import { expectStatus, PASSWORD, testApi } from './support/api-client';
import { form, png } from './support/files';
import { until } from './support/until';

const api = testApi();

const entriesAbout = (objectId: string | number): Promise<Record<string, unknown>[]> =>
  api.rows('SELECT action, actorId, address, data FROM audit_entries WHERE objectId = ? ORDER BY id', [
    String(objectId),
  ]);
const actionsAbout = async (objectId: string | number): Promise<unknown[]> =>
  (await entriesAbout(objectId)).map(({ action }) => action);

describe('the audit log', () => {
  it('tells who did what to a person, and from where', async () => {
    const [admin, cora] = [await api.given.admin(), await api.given.customer()];
    await api.login(cora.account.email, 'a wrong password');
    expectStatus(200, await api.login(cora.account.email));
    const change = { currentPassword: PASSWORD, newPassword: 'another good password' };
    expectStatus(204, await cora.post('/api/auth/password/change', change));
    expectStatus(200, await admin.patch(`/api/users/${cora.id}`, { role: 'agent' }));
    expectStatus(200, await admin.patch(`/api/users/${cora.id}`, { active: false }));
    expectStatus(200, await admin.patch(`/api/users/${cora.id}`, { active: true }));
    const entries = await entriesAbout(cora.id);
    expect(entries.map(({ action, actorId }) => [action, actorId])).toEqual([
      ['user.created', null],
      ['login.failed', null],
      ['login.succeeded', cora.id],
      ['password.changed', cora.id],
      ['user.role-changed', admin.id],
      ['user.disabled', admin.id],
      ['user.enabled', admin.id],
    ]);
    expect(entries.slice(1).every(({ address }) => /^(::ffff:)?127\.0\.0\.1$/.test(String(address)))).toBe(true);
  });

  it('tells what happened to a ticket and its messages', async () => {
    const [admin, agent] = [await api.given.admin(), await api.given.agent()];
    const { id } = await api.given.ticket();
    expectStatus(200, await agent.post(`/api/tickets/${id}/claim`));
    expectStatus(200, await agent.delete(`/api/tickets/${id}/assignee`));
    const said = await api.given.message(agent, id);
    expectStatus(200, await admin.delete(`/api/tickets/${id}/messages/${said.id}`));
    expectStatus(204, await admin.delete(`/api/tickets/${id}`));
    expectStatus(200, await admin.post(`/api/tickets/${id}/restore`));
    expect(await actionsAbout(id)).toEqual(['ticket.assigned', 'ticket.assigned', 'ticket.deleted', 'ticket.restored']);
    expect(await entriesAbout(said.id)).toMatchObject([{ action: 'message.removed', actorId: admin.id }]);
  });

  it('tells that something was refused, and no secret or text', async () => {
    const [cora, other] = [await api.given.customer(), await api.given.customer()];
    const secret = 'hunter2 is my password';
    const { id } = await api.given.ticket({ by: cora, subject: secret, description: secret });
    await api.given.message(cora, id, { body: secret });
    await cora.post(`/api/tickets/${id}/attachments`, form({}, [{ bytes: await png(), name: 'hunter2.png' }], 'file'));
    await api.login(cora.account.email, secret);
    await other.delete(`/api/tickets/${id}`);
    await until('the refusal is audited', async () => (await actionsAbout(id)).length);
    expect(await entriesAbout(id)).toMatchObject([{ action: 'access.denied', actorId: other.id }]);
    const everything = JSON.stringify(await api.rows('SELECT * FROM audit_entries'));
    for (const text of ['hunter2', cora.account.email, cora.signIn.accessToken, cora.signIn.refreshToken])
      expect(everything).not.toContain(text);
  });
});
