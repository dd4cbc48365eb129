import { databaseNow } from '../../../src/database';
import { DigestWorker } from '../../../src/notifications/mails/digest.worker';
import { ENGINE } from '../../support/databases';
import { Postman } from '../../support/postman';
import { until } from '../../support/until';
import { describeWithRedis, twoNodes } from './support/two-nodes';

describeWithRedis('mails of two nodes', () => {
  const postman = new Postman();
  const env = { SMTP_URL: '' };
  beforeAll(async () => {
    env.SMTP_URL = await postman.listen();
  });
  const { one, two } = twoNodes({ env });
  afterAll(() => postman.close());

  const settled = (): Promise<unknown> =>
    until(
      'nothing waits',
      async () => !(await one.api.rows(`SELECT id FROM outbox WHERE kind IN ('ticket.mail', 'mail.send')`)).length,
      20_000,
    );
  const chat = async () => {
    const [cora, ana] = [await one.api.given.customer(), await one.api.given.agent()];
    const id = (await one.api.given.ticket({ by: cora })).id as number;
    await settled();
    postman.delivered.length = 0;
    return { cora, ana, id };
  };

  it('are sent once each, whichever node does it', async () => {
    const { cora, ana, id } = await chat();
    for (let count = 0; count < 30; count += 1)
      await one.api.given.message(ana, id, { kind: 'comment', body: `Comment ${count}.` });
    await settled();
    const names = postman.to(cora.account.email).map(({ headers }) => /^Message-ID: .*$/im.exec(headers)?.[0]);
    expect(names).toHaveLength(30);
    expect(new Set(names).size).toBe(30);
  }, 40_000);

  it('are one for what was said while somebody was away, though both look at once', async () => {
    const { cora, ana, id } = await chat();
    await one.api.given.message(ana, id, { body: 'Hello?' });
    await one.api.rows(`UPDATE mail_digests SET dueAt = ${databaseNow(ENGINE, -1)} WHERE ticketNumber = ?`, [id]);
    await Promise.all([one, two, one, two].map(({ api }) => api.part(DigestWorker).turn()));
    await settled();
    expect(postman.to(cora.account.email)).toHaveLength(1);
  });

  it('know on one node who is connected to the other', async () => {
    const { cora, ana, id } = await chat();
    await two.sockets.connect(cora);
    await until('she is online here', async () => (await ana.get(`/api/tickets/${id}`)).body.requester.online, 10_000);
    await one.api.given.message(ana, id, { body: 'Hello?' });
    await one.api.rows(`UPDATE mail_digests SET dueAt = ${databaseNow(ENGINE, -1)} WHERE ticketNumber = ?`, [id]);
    await one.api.part(DigestWorker).turn();
    await settled();
    expect(postman.to(cora.account.email)).toEqual([]);
    two.sockets.closeAll();
  });

  it('take a message of both nodes for one burst', async () => {
    const { cora, ana, id } = await chat();
    const there = await two.api.device(ana.account);
    await Promise.all([one.api.given.message(ana, id, {}), two.api.given.message(there, id, {})]);
    expect(await one.api.rows('SELECT fromSeq FROM mail_digests WHERE userId = ?', [cora.id])).toHaveLength(1);
  });
});
