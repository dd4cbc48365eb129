import { access, mkdir, readdir, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DataSource } from 'typeorm';
import { OrphanedBytesSweeper } from '../src/attachments/orphaned-bytes.sweeper';
import { Settings } from '../src/config';
import { TABLES_OF_A_TICKET } from '../src/tickets/removal/ticket-eraser';
import { TicketPurge } from '../src/tickets/removal/ticket-purge';
import { schemaOf } from './database/support/schema';
import { expectStatus, problem, testApi } from './support/api-client';
import { form, pdf, png } from './support/files';
import { DAY, MINUTE } from './support/moved-clock';
import { until } from './support/until';

const api = testApi();
const input = { subject: 'Blank pages', description: 'See the picture.' };
const purge = () => api.part(TicketPurge).run();
const pathOf = (key: string): string => join(api.part(Settings).dataDir, 'files', key.slice(0, 2), key);
const exists = (key: string): Promise<boolean> =>
  access(pathOf(key)).then(
    () => true,
    () => false,
  );

/** As if it had been deleted so long ago. */
const age = (id: number, ms: number) => {
  const deletedAt = new Date(api.clock.now().getTime() - ms).toISOString().replace('T', ' ').replace('Z', '');
  return api.rows('UPDATE tickets SET deletedAt = ? WHERE number = ?', [deletedAt, id]);
};

/** A ticket in which everything has happened that leaves a row. */
async function fullTicket() {
  const [cora, ana, admin] = [await api.given.customer(), await api.given.agent(), await api.given.admin()];
  const picture = { bytes: await png(), name: 'a.png', type: 'image/png' };
  const { id } = expectStatus(201, await cora.post('/api/tickets', form(input, [picture]))).body;
  const path = `/api/tickets/${id}`;
  const tag = `p${id}`;
  expectStatus(200, await ana.patch(path, { tags: [tag] }));
  expectStatus(200, await ana.post(`${path}/claim`));
  const file = form({}, [{ bytes: pdf(), name: 'a.pdf', type: 'application/pdf' }], 'file');
  const { body: staged } = expectStatus(201, await ana.post(`${path}/attachments`, file));
  await api.given.message(ana, id, { attachmentIds: [staged.id] });
  await api.given.message(ana, id, { kind: 'note' });
  await api.given.message(cora, id);
  const draft = { clientMsgId: '01900000-0000-7000-8000-000000000000', body: 'Hel', baseSeq: 0 };
  expectStatus(200, await ana.put(`${path}/drafts/chat`, draft));
  const keys = (await api.rows('SELECT storageKey, thumbnailKey FROM attachments WHERE ticketNumber = ?', [id]))
    .flatMap(({ storageKey, thumbnailKey }) => [storageKey, thumbnailKey])
    .filter((key): key is string => typeof key === 'string');
  return { id, path, tag, keys, cora, ana, admin };
}

describe('a ticket that was deleted', () => {
  it('is kept for 30 days, and then gone with its words and files', async () => {
    const { id, path, tag, keys, cora, ana, admin } = await fullTicket();
    const { id: other } = await api.given.ticket({ by: cora });
    expectStatus(204, await cora.delete(path));
    await age(id, 30 * DAY - MINUTE);
    expect(await purge()).toBe(0);
    expectStatus(200, await admin.post(`${path}/restore`));
    expectStatus(204, await cora.delete(path));
    expect(keys).toHaveLength(3);
    for (const key of keys) expect(await exists(key)).toBe(true);

    await age(id, 30 * DAY + MINUTE);
    expect(await purge()).toBe(1);
    for (const table of [...TABLES_OF_A_TICKET, 'attachments'])
      expect([table, await api.rows(`SELECT 1 FROM ${table} WHERE ticketNumber = ?`, [id])]).toEqual([table, []]);
    expect(await api.rows('SELECT number FROM tickets WHERE number IN (?, ?)', [id, other])).toEqual([
      { number: other },
    ]);
    await until('the bytes are deleted', async () => !(await Promise.all(keys.map(exists))).includes(true));
    expect((await ana.get(`/api/tags?q=${tag}`)).body).toEqual([]);
    expect(await admin.post(`${path}/restore`)).toMatchObject(problem(404, 'not-found'));
    expect(await cora.get(path)).toMatchObject(problem(403, 'forbidden'));
    const audited = await api.rows(
      `SELECT action, actorId FROM audit_entries WHERE objectType = 'ticket' AND objectId = ? AND action LIKE 'ticket.%' ORDER BY id`,
      [String(id)],
    );
    expect(audited.at(-1)).toEqual({ action: 'ticket.purged', actorId: null });
    expect(audited.map(({ action }) => action)).toContain('ticket.deleted');
    expect(await purge()).toBe(0);
  });

  it('is purged by one of several nodes that try at once', async () => {
    const { id, path, cora } = await fullTicket();
    expectStatus(204, await cora.delete(path));
    await age(id, 31 * DAY);
    const counts = await Promise.all([purge(), purge(), purge()]);
    expect(counts.reduce((sum, count) => sum + count)).toBe(1);
    expect(await api.rows('SELECT number FROM tickets WHERE number = ?', [id])).toEqual([]);
  });

  it('leaves no table out', async () => {
    const schema = await schemaOf(api.part(DataSource));
    const pointing = Object.entries(schema)
      .filter(([, { foreignKeys }]) => foreignKeys.some(({ references }) => references.startsWith('tickets')))
      .map(([table]) => table);
    expect([...TABLES_OF_A_TICKET, 'attachments'].toSorted()).toEqual(pointing.toSorted());
  });
});

describe('bytes that no row names', () => {
  const sweep = (key: string) => api.part(OrphanedBytesSweeper).sweep(key.slice(0, 2));
  const orphan = async (key: string, ageMs: number): Promise<void> => {
    await mkdir(dirname(pathOf(key)), { recursive: true });
    await writeFile(pathOf(key), 'left behind');
    const at = new Date(api.clock.now().getTime() - ageMs);
    await utimes(pathOf(key), at, at);
  };

  it('are deleted after a day, because somebody died while storing them', async () => {
    const [old, young] = [`ab${'0'.repeat(30)}`, `ab${'1'.repeat(30)}`];
    await orphan(old, DAY + MINUTE);
    await orphan(young, DAY - MINUTE);
    expect(await sweep(old)).toBe(1);
    expect([await exists(old), await exists(young)]).toEqual([false, true]);
    expect(await sweep(old)).toBe(0);
  });

  it('are not those of files and thumbnails, however old', async () => {
    const { keys } = await fullTicket();
    api.clock.forward(2 * DAY);
    for (const key of keys) {
      await sweep(key);
      expect(await exists(key)).toBe(true);
    }
  });

  it('are nothing where nothing was ever stored', async () => {
    expect(await api.part(OrphanedBytesSweeper).sweep('zz')).toBe(0);
    expect(await readdir(join(api.part(Settings).dataDir, 'files'))).not.toContain('zz');
  });
});
