import { newId } from '../../src/common';
import { migrateRestored, openSnapshot, openTarget, type CopiedTable, type DatabasePlace } from '../../src/database';
import { Api, expectStatus } from '../support/api-client';
import { inconsistencies } from '../support/consistency';
import { ENGINE, scratch, type Scratch } from '../support/databases';
import { until } from '../support/until';

jest.setTimeout(60_000);

const FIRST = ['Foundation1795200000000'];
const AT = '2025-03-30 01:59:59.123';

/** Rows as the first version stored them. */
function firstRows(): Record<string, Record<string, string | number | null>[]> {
  const [cora, ana, messageId, noteId] = [newId(), newId(), newId(), newId()];
  const person = (id: string, name: string, role: string) => ({
    ...{ id, email: `${role}@example.com`, emailKey: `${role}@example.com`, name, role, active: 1 },
    ...{ passwordHash: null, preferences: '{}', confirmedAt: AT, anonymisedAt: null, createdAt: AT },
  });
  const event = (
    staffSeq: number,
    publicSeq: number | null,
    type: string,
    actorId: string,
    message: string | null,
  ) => ({
    ...{ ticketNumber: 1001, staffSeq, publicSeq, id: newId(), type, actorId, at: AT, messageId: message, data: '{}' },
  });
  const message = (id: string, staffSeq: number, publicSeq: number | null, kind: string, authorId: string) => ({
    ...{ id, ticketNumber: 1001, staffSeq, publicSeq, kind, body: 'Zeppelin 🛩 über alles', authorId },
    ...{ clientMsgId: newId(), payloadHash: 'a'.repeat(64), createdAt: AT, editedAt: null, removedAt: null },
  });
  const participant = (userId: string, holds: number) => ({
    ...{ userId, ticketNumber: 1001, holds, follows: 0, wrote: 1, readStaffSeq: 3, readPublicSeq: 2, unread: 0 },
  });
  const last = (authorId: string) => ({ At: AT, AuthorId: authorId, Excerpt: 'Zeppelin' });
  const prefixed = (prefix: string, values: Record<string, string>) =>
    Object.fromEntries(Object.entries(values).map(([name, value]) => [prefix + name, value]));
  return {
    users: [person(cora, 'Cora', 'customer'), person(ana, 'Ágnes', 'agent')],
    tickets: [
      {
        ...{ number: 1001, requesterId: cora, assigneeId: ana, categoryId: null, subject: 'Printer', description: '' },
        ...{ status: 'in_progress', statusRank: 1, priority: 'high', priorityRank: 2, tags: '["größe"]' },
        ...{ version: 2, publicVersion: 2, createdAt: AT, updatedAt: AT, publicUpdatedAt: AT, needsReply: 0 },
        ...{ firstRespondedAt: null, resolvedAt: null, closedAt: null, deletedAt: null },
        ...{ ...prefixed('lastMessage', last(ana)), ...prefixed('publicLastMessage', last(cora)) },
      },
    ],
    ticket_tags: [{ tag: 'größe', ticketNumber: 1001 }],
    conversations: [{ ticketNumber: 1001, staffSeq: 3, publicSeq: 2, stream: newId() }],
    messages: [message(messageId, 2, 2, 'chat', cora), message(noteId, 3, null, 'note', ana)],
    timeline_events: [
      event(1, 1, 'ticket.created', cora, null),
      event(2, 2, 'message.created', cora, messageId),
      event(3, null, 'message.created', ana, noteId),
    ],
    participants: [participant(cora, 0), participant(ana, 1)],
    audit_entries: [
      {
        ...{ id: newId(), at: AT, actorId: ana, address: '192.0.2.1', action: 'ticket.assigned', objectType: 'ticket' },
        ...{ objectId: '1001', data: '{}', sealedIn: null },
      },
    ],
  };
}

/** The rows of the first version's tables, without what later ones added to them. */
async function contentOf(place: DatabasePlace, shapes?: readonly CopiedTable[]): Promise<Record<string, unknown[]>> {
  const snapshot = await openSnapshot(place);
  try {
    const content: Record<string, unknown[]> = {};
    for (const { name, columns, key } of shapes ?? snapshot.tables) {
      const table = snapshot.tables.find((one) => one.name === name);
      if (!table) throw new Error(`${name} is gone.`);
      content[name] = [];
      for await (const batch of snapshot.batches({ ...table, columns, key })) content[name].push(...batch);
    }
    return content;
  } finally {
    await snapshot.close();
  }
}

describe(`an installation of the first version on ${ENGINE}`, () => {
  let database: Scratch;
  beforeAll(async () => {
    database = await scratch();
  });
  afterAll(() => database.drop());

  it('keeps every row through all steps since, and is served by this version', async () => {
    await migrateRestored(database, FIRST);
    const target = await openTarget(database);
    for (const [table, rows] of Object.entries(firstRows()))
      for (const row of rows) {
        const names = Object.keys(row);
        const places = names.map(() => '?').join(', ');
        await target.run(`INSERT INTO ${table} (${names.join(', ')}) VALUES (${places})`, Object.values(row) as never);
      }
    await target.close();
    const shapes = await tablesOf(database);
    const before = await contentOf(database);
    await migrateRestored(database);
    expect(await contentOf(database, shapes)).toEqual(before);

    const api = new Api({ database });
    await api.start();
    try {
      const agent = await api.given.agent();
      const ticket = expectStatus(200, await agent.get('/api/tickets/1001')).body;
      expect(ticket).toMatchObject({ subject: 'Printer', status: 'in_progress', tags: ['größe'] });
      const { body } = expectStatus(200, await agent.get('/api/tickets/1001/messages'));
      expect(body.map(({ kind }: { kind: string }) => kind)).toEqual(['chat', 'note']);
      await until(
        'old words are found',
        async () => (await agent.get('/api/tickets?q=Zeppelin')).body.length === 1,
        15_000,
      );
      expect(await inconsistencies((sql) => api.rows(sql))).toEqual({});
      expect((await api.given.ticket()).id).toBe(1002);
    } finally {
      await api.stop();
    }
  });
});

async function tablesOf(place: DatabasePlace): Promise<readonly CopiedTable[]> {
  const snapshot = await openSnapshot(place);
  await snapshot.close();
  return snapshot.tables;
}
