import { newId } from '../src/common';
import { NoticeWriter } from '../src/notifications/notice-writer';
import { NOTICE_JOBS, NoticeJobs } from '../src/notifications/notice.jobs';
import { expectStatus, testApi, type Person } from './support/api-client';
import { until } from './support/until';
import { testSockets } from './sockets/support/device';

const api = testApi();
const sockets = testSockets(api);

const jobs = (): Promise<Record<string, unknown>[]> => api.rows('SELECT id FROM outbox WHERE kind = ?', [NOTICE_JOBS]);
const settled = (): Promise<unknown> => until('no notice waits', async () => !(await jobs()).length, 8_000);
const noticesOf = async (person: Person): Promise<{ type: string; text: string; reason: string }[]> =>
  expectStatus(200, await person.get('/api/notifications')).body;
const notices = async (ticketId: number): Promise<number> =>
  (await api.rows('SELECT id FROM notifications WHERE ticketNumber = ?', [ticketId])).length;

/** A ticket that so many agents follow. */
async function followed(count: number) {
  const cora = await api.given.customer();
  const { id } = await api.given.ticket({ by: cora });
  const followers: Person[] = [];
  for (let index = 0; index < count; index += 1) {
    const agent = await api.given.agent();
    expectStatus(204, await agent.put(`/api/tickets/${id}/followers/me`));
    followers.push(agent);
  }
  return { cora, id: id as number, followers };
}

afterEach(() => jest.restoreAllMocks());

describe('an event that concerns many people', () => {
  it('is told to five by the transaction, and to the others by a job, once each', async () => {
    const { cora, id, followers } = await followed(12);
    jest.spyOn(NoticeJobs.prototype, 'run').mockRejectedValueOnce(new Error('Not yet.'));
    await api.given.message(cora, id, { body: 'Hello?' });
    expect(await notices(id)).toBeLessThanOrEqual(5);
    await settled();
    for (const follower of followers)
      expect(await noticesOf(follower)).toMatchObject([
        { type: 'message.created', text: 'Hello?', reason: 'follower' },
      ]);
    expect(await noticesOf(cora)).toEqual([]);
  }, 30_000);

  it('is told once when the worker dies between telling some and noting that it did', async () => {
    const { cora, id, followers } = await followed(8);
    const tell = jest.spyOn(NoticeJobs.prototype, 'run');
    const { run } = NoticeJobs.prototype;
    tell.mockImplementationOnce(async function (this: NoticeJobs, payload) {
      await run.call(this, payload);
      throw new Error('Died before it could say so.');
    });
    await api.given.message(cora, id);
    await until('the job failed once', () => tell.mock.calls.length > 0);
    await api.rows(`UPDATE outbox SET runAfter = createdAt WHERE kind = '${NOTICE_JOBS}'`);
    await settled();
    expect(await notices(id)).toBe(followers.length);
  }, 30_000);

  it('is told once when two workers have the same job', async () => {
    const { cora, id, followers } = await followed(8);
    await api.given.message(cora, id);
    await settled();
    const [row] = await api.rows('SELECT cause, messageId FROM notifications WHERE ticketNumber = ?', [id]);
    await api.rows('DELETE FROM notifications WHERE ticketNumber = ?', [id]);
    const news = {
      event: 'message',
      type: 'message.created',
      ticketNumber: id,
      actorId: cora.id,
      to: null,
      isForStaff: false,
      mentioned: [],
      ...row,
    };
    const worker = api.part(NoticeJobs);
    await Promise.all([worker.run(news), worker.run(news), worker.run(news)]);
    expect(await notices(id)).toBe(followers.length);
  }, 30_000);

  it('survives that the process ends before anybody was told', async () => {
    const { id, cora, followers } = await followed(7);
    const told = jest.spyOn(NoticeWriter.prototype, 'tell').mockImplementation(() => Promise.resolve());
    jest.spyOn(NoticeJobs.prototype, 'run').mockRejectedValue(new Error('Ended.'));
    await api.given.message(cora, id);
    expect(await notices(id)).toBe(0);
    expect(told).toHaveBeenCalled();
    jest.restoreAllMocks();
    await api.rows(`UPDATE outbox SET runAfter = createdAt WHERE kind = '${NOTICE_JOBS}'`);
    await settled();
    expect(await notices(id)).toBe(followers.length);
  }, 30_000);

  it('is not told to whom has read it meanwhile, nor of what was taken back', async () => {
    const { cora, id, followers } = await followed(8);
    const hold = jest.spyOn(NoticeJobs.prototype, 'run').mockRejectedValue(new Error('Later.'));
    const said = await api.given.message(cora, id, { body: 'once' });
    const taken = await api.given.message(cora, id, { body: 'hunter2' });
    const early = (await api.rows('SELECT DISTINCT userId FROM notifications WHERE ticketNumber = ?', [id])).map(
      ({ userId }) => userId,
    );
    const [reader, other] = followers.filter(({ id: userId }) => !early.includes(userId));
    expectStatus(204, await reader.put(`/api/tickets/${id}/read`, { seq: said.seq }));
    expectStatus(200, await cora.delete(`/api/tickets/${id}/messages/${taken.id}`));
    hold.mockRestore();
    await api.rows(`UPDATE outbox SET runAfter = createdAt WHERE kind = '${NOTICE_JOBS}'`);
    await settled();
    expect(await noticesOf(reader)).toEqual([]);
    expect((await noticesOf(other)).map(({ text }) => text)).toEqual(['once']);
  }, 30_000);

  it('is told by the rights of the moment: to nobody who is no longer staff, and of no deleted ticket', async () => {
    const { cora, id, followers } = await followed(8);
    const admin = await api.given.admin();
    const hold = jest.spyOn(NoticeJobs.prototype, 'run').mockRejectedValue(new Error('Later.'));
    await api.given.message(cora, id);
    const early = (await api.rows('SELECT userId FROM notifications WHERE ticketNumber = ?', [id])).map(
      ({ userId }) => userId,
    );
    const [former, other] = followers.filter(({ id: userId }) => !early.includes(userId));
    expectStatus(200, await admin.patch(`/api/users/${former.id}`, { role: 'customer' }));
    const again = () => api.rows(`UPDATE outbox SET runAfter = createdAt WHERE kind = '${NOTICE_JOBS}'`);
    const deleted = await followed(8);
    await api.given.message(deleted.cora, deleted.id);
    const count = await notices(deleted.id);
    expectStatus(204, await deleted.cora.delete(`/api/tickets/${deleted.id}`));
    hold.mockRestore();
    await again();
    await settled();
    expect(await api.rows('SELECT id FROM notifications WHERE userId = ?', [former.id])).toEqual([]);
    expect(await noticesOf(other)).toHaveLength(1);
    expect(await notices(deleted.id)).toBe(count);
  }, 40_000);

  it('answers what staff were told before, once somebody finishes the ticket; customers keep their news', async () => {
    const { cora, id, followers } = await followed(7);
    const admin = await api.given.admin();
    await api.given.message(cora, id, { body: 'Hello?' });
    await api.given.message(admin, id, { body: 'Hello.' });
    await settled();
    expectStatus(200, await admin.put(`/api/tickets/${id}/status`, { status: 'resolved' }));
    await settled();
    const unread = async (person: Person): Promise<string[]> =>
      expectStatus(200, await person.get('/api/notifications?unread=true')).body.map(
        ({ type }: { type: string }) => type,
      );
    for (const follower of followers) expect(await unread(follower)).toEqual(['status.changed']);
    expect(await unread(cora)).toEqual(['status.changed', 'message.created']);
  }, 40_000);

  it('is delivered to all who are connected, within two seconds', async () => {
    const { cora, id, followers } = await followed(15);
    const devices = await Promise.all(followers.map((follower) => sockets.connect(follower)));
    const body = `Hello ${newId()}`;
    await api.given.message(cora, id, { body });
    for (const device of devices) await device.hears('notification', ({ text }) => text === body, 2_000);
    for (const device of devices)
      expect(device.heard('notification').filter(({ text }) => text === body)).toHaveLength(1);
  }, 40_000);
});
