import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileStoreOf } from '../../../src/attachments';
import { loadSettings, type Settings } from '../../../src/config';
import { openSnapshot, type DatabasePlace } from '../../../src/database';
import { makeBackup, restoreBackup, type Manifest } from '../../../src/operations';
import { digestOf } from '../../../src/operations/backup/lines-file';
import { aMessage, Api, expectStatus, type Person } from '../../support/api-client';
import { scratch, type Scratch } from '../../support/databases';
import { form, pdf, png } from '../../support/files';

/** The same on every machine that serves an installation. */
export const SECRET = randomBytes(32).toString('hex');

export const settingsOf = ({ dataDir, databaseUrl }: Scratch, env: Record<string, string> = {}): Settings =>
  loadSettings({
    NODE_ENV: 'test',
    LOG_LEVEL: 'silent',
    DEMO: 'false',
    DATA_DIR: dataDir,
    ...(databaseUrl && { DATABASE_URL: databaseUrl }),
    ...env,
  });

const quiet = (): void => undefined;
export const never = (): Promise<boolean> => Promise.resolve(false);
export const always = (): Promise<boolean> => Promise.resolve(true);

export async function backUp(from: Scratch, folder: string, env?: Record<string, string>): Promise<Manifest> {
  const settings = settingsOf(from, env);
  return makeBackup({ place: settings, store: await fileStoreOf(settings), product: '0.1.0-test' }, folder, quiet);
}

export async function restoreTo(
  to: Scratch,
  folder: string,
  { replaces = never, env }: { replaces?: () => Promise<boolean>; env?: Record<string, string> } = {},
): Promise<Manifest> {
  const settings = settingsOf(to, env);
  return restoreBackup({ place: settings, store: await fileStoreOf(settings) }, folder, replaces, quiet);
}

/** What each table holds, in a form that is the same on both engines. */
export async function digestsOf(place: DatabasePlace): Promise<Record<string, unknown>> {
  const snapshot = await openSnapshot(place);
  try {
    const digests: Record<string, unknown> = {};
    for (const table of snapshot.tables) digests[table.name] = await digestOf(snapshot.batches(table));
    return digests;
  } finally {
    await snapshot.close();
  }
}

/** Databases and folders of one test file, all gone in the end. */
export class Places {
  private readonly undo: (() => Promise<void>)[] = [];

  async database(engine?: 'mysql' | 'sqlite'): Promise<Scratch> {
    const made = await scratch(engine);
    this.undo.push(() => made.drop());
    return made;
  }

  /** A folder that is not there yet. */
  async folder(): Promise<string> {
    const parent = await mkdtemp(join(tmpdir(), 'parley-backup-'));
    this.undo.push(() => rm(parent, { recursive: true, force: true }));
    return join(parent, 'backup');
  }

  /** The product on a database that stays when it stops. */
  async product(database: Scratch, env: Record<string, string> = {}): Promise<Api> {
    const api = new Api({ database, env: { JWT_SECRET: SECRET, ...env } });
    await api.start();
    this.undo.unshift(() => api.stop());
    return api;
  }

  async cleanUp(): Promise<void> {
    for (const undo of this.undo.splice(0)) await undo();
  }
}

/** A desk with something of everything in it. */
export interface Desk {
  admin: Person;
  agent: Person;
  cora: Person;
  ticketId: number;
  deletedId: number;
  fileIds: string[];
}

export const EMOJI = 'Es brennt 🔥 – “sofort” \u2028 zweite Zeile\n\ttab \\ "quoted" 👩🏽‍💻 ';

export async function furnish(api: Api): Promise<Desk> {
  const [admin, agent, cora] = [
    await api.given.admin(),
    await api.given.agent({ name: 'Ágnes 🐝' }),
    await api.given.customer(),
  ];
  const files = [
    { bytes: await png({ width: 900, height: 600 }), name: 'Bildschirm 🖼.png', type: 'image/png' },
    { bytes: pdf({ size: 30_000 }), name: 'b.pdf', type: 'application/pdf' },
  ];
  const { body: ticket } = expectStatus(
    201,
    await cora.post('/api/tickets', form({ subject: 'Drucker 🖨️', description: EMOJI }, files)),
  );
  expectStatus(200, await agent.post(`/api/tickets/${ticket.id}/claim`));
  expectStatus(200, await agent.patch(`/api/tickets/${ticket.id}`, { tags: ['größe', 'drucker'] }));
  await api.given.message(cora, ticket.id, { body: EMOJI });
  await api.given.message(agent, ticket.id, { kind: 'note', body: 'Only we know.' });
  const { body: staged } = expectStatus(
    201,
    await cora.post(`/api/tickets/${ticket.id}/attachments`, form({}, [files[0]], 'file')),
  );
  const withFile = await api.given.message(cora, ticket.id, { attachmentIds: [staged.id] });
  const removed = await api.given.message(cora, ticket.id, { body: 'Never mind.' });
  expectStatus(200, await cora.delete(`/api/tickets/${ticket.id}/messages/${removed.id}`));
  const draft = { clientMsgId: aMessage().clientMsgId, body: 'Half a thought', baseSeq: 1 };
  expectStatus(200, await agent.put(`/api/tickets/${ticket.id}/drafts/chat`, draft));
  const deleted = await api.given.ticket({ by: cora, subject: 'To be deleted' });
  expectStatus(204, await cora.delete(`/api/tickets/${deleted.id}`));
  const fileIds = [...ticket.attachments, ...withFile.attachments].map(({ id }) => id as string);
  return { admin, agent, cora, ticketId: ticket.id, deletedId: deleted.id, fileIds };
}
