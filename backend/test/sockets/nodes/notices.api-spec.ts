import { NoticeJobs } from '../../../src/notifications/notice.jobs';
import { expectStatus, type Person } from '../../support/api-client';
import { until } from '../../support/until';
import { describeWithRedis, twoNodes } from './support/two-nodes';

const FOLLOWERS = 12;

describeWithRedis('notices of two nodes', () => {
  const { one, two } = twoNodes();
  let cora: Person;
  let id: number;
  let followers: Person[];

  beforeEach(async () => {
    cora = await one.api.given.customer();
    id = (await one.api.given.ticket({ by: cora })).id as number;
    followers = [];
    for (let index = 0; index < FOLLOWERS; index += 1) {
      const agent = await one.api.given.agent();
      expectStatus(204, await agent.put(`/api/tickets/${id}/followers/me`));
      followers.push(agent);
    }
  }, 30_000);

  const settled = (): Promise<unknown> =>
    until(
      'no notice waits',
      async () => !(await one.api.rows(`SELECT id FROM outbox WHERE kind = 'notices'`)).length,
      15_000,
    );
  const perPerson = async (): Promise<number[]> => {
    const rows = await one.api.rows(
      'SELECT userId, COUNT(*) AS notices FROM notifications WHERE ticketNumber = ? GROUP BY userId',
      [id],
    );
    return rows.map(({ notices }) => Number(notices));
  };

  it('are made once each, and heard on both', async () => {
    const devices = await Promise.all(
      followers.map((follower, index) => [one, two][index % 2].sockets.connect(follower)),
    );
    for (let count = 0; count < 5; count += 1) await one.api.given.message(cora, id, { body: `Message ${count}.` });
    await settled();
    expect(await perPerson()).toEqual(followers.map(() => 5));
    for (const device of devices) {
      await until('all are heard', () => device.heard('notification').length >= 5, 5_000);
      const ids = device.heard('notification').map((notice) => notice.id);
      expect([ids.length, new Set(ids).size]).toEqual([5, 5]);
    }
  }, 60_000);

  it('are made once when both nodes took the same job for theirs', async () => {
    await one.api.given.message(cora, id);
    await settled();
    const [row] = await one.api.rows('SELECT cause, messageId FROM notifications WHERE ticketNumber = ?', [id]);
    await one.api.rows('DELETE FROM notifications WHERE ticketNumber = ?', [id]);
    const common = { event: 'message', type: 'message.created', ticketNumber: id, actorId: cora.id };
    const news = { ...common, to: null, isForStaff: false, mentioned: [], ...row };
    await Promise.all([one, two, one, two].map(({ api }) => api.part(NoticeJobs).run(news)));
    expect(await perPerson()).toEqual(followers.map(() => 1));
  }, 60_000);
});
