import { DataSource } from 'typeorm';
import { newId } from '../../src/common';
import { UnitOfWork, type Transaction } from '../../src/database';
import { canonicalEmail, EmailTaken, User, UsersService } from '../../src/users';
import { expectStatus, testApi } from '../support/api-client';
import { ENGINE } from '../support/databases';
import { SECOND } from '../support/moved-clock';

describe(`what ${ENGINE} keeps`, () => {
  const api = testApi();
  const inUnit = <Result>(work: (tx: Transaction) => Promise<Result>): Promise<Result> =>
    api.part(UnitOfWork).run(work);
  const person = (email: string, name = 'Somebody'): Promise<User> =>
    inUnit((tx) =>
      api.part(UsersService).create(tx, { email, name, role: 'customer', passwordHash: null, confirmed: false }),
    );

  describe('of times', () => {
    it('is every millisecond, in UTC', async () => {
      const { id } = await person(`${newId()}@example.com`);
      const { manager } = api.part(DataSource);
      for (const at of ['2026-01-01T00:00:00.000Z', '2026-06-30T23:59:59.999Z', '2026-03-29T01:30:00.007Z']) {
        await manager.update(User, { id }, { createdAt: new Date(at) });
        const { createdAt } = await manager.findOneByOrFail(User, { id });
        expect(createdAt.toISOString()).toBe(at);
        await expect(manager.countBy(User, { id, createdAt: new Date(at) })).resolves.toBe(1);
      }
    });

    it('sorts moments a millisecond apart', async () => {
      const { manager } = api.part(DataSource);
      const start = Date.UTC(2026, 0, 1);
      const shuffled = [7, 1, 9, 0, 4];
      const people = await Promise.all(shuffled.map(() => person(`${newId()}@example.com`)));
      for (const [index, { id }] of people.entries())
        await manager.update(User, { id }, { createdAt: new Date(start + shuffled[index]) });
      const rows = await manager
        .createQueryBuilder(User, 'user')
        .whereInIds(people.map(({ id }) => id))
        .orderBy('user.createdAt')
        .getMany();
      expect(rows.map(({ createdAt }) => createdAt.getTime() - start)).toEqual(shuffled.toSorted());
    });
  });

  describe('of texts', () => {
    it.each([
      'Grüße, Zoë! 😀👩‍👧‍👦',
      `'"\\;-- %_ {{7*7}} \${7*7} <%= 7 %>`,
      ' kept  as typed ',
      `a${'\u0301'.repeat(1000)}`,
      '漢字 العربية \u202eabc',
      '\u{10FFFF}',
    ])('is %j, unchanged', async (text) => {
      const ticket = await api.given.ticket({ description: text });
      expect(ticket.description).toBe(text);
    });

    it('is one emoji and not the other', async () => {
      const { id } = await person(`${newId()}@example.com`, '😀 smiles');
      const { manager } = api.part(DataSource);
      await expect(manager.countBy(User, { id, name: '😀 smiles' })).resolves.toBe(1);
      await expect(manager.countBy(User, { id, name: '😁 smiles' })).resolves.toBe(0);
    });

    it('tells tags apart by every letter', async () => {
      const agent = await api.given.agent();
      const tags = ['vip', 'VIP', 'vîp', '😀', '😁'];
      const ticket = await api.given.ticket({ by: agent, tags });
      expect(ticket.tags.toSorted()).toEqual(tags.toSorted());
      for (const tag of tags) {
        const found = expectStatus(200, await agent.get(`/api/tickets?tag=${encodeURIComponent(tag)}`));
        expect(found.body.map(({ id }: { id: number }) => id)).toEqual([ticket.id]);
      }
      const none = expectStatus(200, await agent.get(`/api/tickets?tag=${encodeURIComponent('Vip')}`));
      expect(none.body).toEqual([]);
    });
  });

  describe('of addresses', () => {
    it('is one account for all spellings of the same one', async () => {
      const name = newId();
      await person(`Zoe.${name}@Example.com`);
      await expect(person(`zoe.${name}@example.COM`)).rejects.toThrow(EmailTaken);
      await expect(person(`ｚｏｅ.${name}@example.com`)).rejects.toThrow(EmailTaken);
      await expect(api.part(UsersService).findByEmail(`ZOE.${name}@example.com`)).resolves.toMatchObject({
        email: `Zoe.${name}@Example.com`,
        emailKey: `zoe.${name}@example.com`,
      });
    });

    it('is another account for another letter, accent or emoji', async () => {
      const name = newId();
      const addresses = ['zoe', 'zoë', 'zoe ', 'z.oe', '😀', '😁', 'ß', 'ss'].map(
        (local) => `${local}${name}@example.com`,
      );
      const people = await Promise.all(addresses.map((address) => person(address)));
      for (const [index, address] of addresses.entries()) {
        const found = await api.part(UsersService).findByEmail(address);
        expect(found).toMatchObject({ id: people[index].id, emailKey: canonicalEmail(address) });
      }
    });

    it('is one account when twenty register the same one at once', async () => {
      const email = `${newId()}@example.com`;
      const outcomes = await Promise.allSettled(Array.from({ length: 20 }, () => person(email)));
      const refused = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason as unknown] : []));
      expect(refused).toHaveLength(19);
      for (const reason of refused) expect(reason).toBeInstanceOf(EmailTaken);
    });
  });

  describe('of ticket numbers', () => {
    it('counts from 1001, and never gives one twice', async () => {
      const customer = await api.given.customer();
      const numbers = await Promise.all(
        Array.from({ length: 20 }, async () => Number((await api.given.ticket({ by: customer })).id)),
      );
      expect(Math.min(...numbers)).toBeGreaterThanOrEqual(1001);
      expect(new Set(numbers).size).toBe(20);
      const [{ first }] = await api.rows('SELECT MIN(number) AS first FROM tickets');
      expect(Number(first)).toBe(1001);
      const last = Math.max(...numbers);
      expectStatus(204, await customer.delete(`/api/tickets/${last}`));
      expect((await api.given.ticket({ by: customer })).id).toBeGreaterThan(last);
    });
  });

  it('is dated by the clock of the application, not by that of the database', async () => {
    const ticket = await api.given.ticket();
    const agent = await api.given.agent();
    api.clock.forward(90 * SECOND);
    const changed = expectStatus(200, await agent.put(`/api/tickets/${ticket.id}/priority`, { priority: 'high' }));
    expect(Date.parse(changed.body.updatedAt) - Date.parse(ticket.updatedAt)).toBeGreaterThanOrEqual(90 * SECOND);
  });
});
