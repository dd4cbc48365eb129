import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { INestApplicationContext } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { inBackground, loadDemo } from './background-app';
import { loadSettings, type Settings } from './config';
import { DemoService, FirstAdmin, UserCreation, type DemoAccount } from './operations';
import { UsersService } from './users';

const HOUR_MS = 3_600_000;

describe('work in the background', () => {
  let dataDir: string;
  let settings: Settings;

  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'parley-background-'));
    settings = loadSettings({
      DATA_DIR: dataDir,
      LOG_LEVEL: 'silent',
      ADMIN_EMAIL: 'root@example.org',
      ADMIN_PASSWORD: 'a good long password',
    });
  });

  afterEach(() => rmSync(dataDir, { recursive: true }));

  const inApp = <Result>(work: (app: INestApplicationContext) => Promise<Result>): Promise<Result> =>
    inBackground(settings, work);
  const countOf = async (app: INestApplicationContext, table: string): Promise<number> => {
    const [row] = await app.get(DataSource).query<{ count: number }[]>(`SELECT COUNT(*) AS count FROM ${table}`);
    return row.count;
  };

  it('tells the demo in the days before, and takes it away without a trace', async () => {
    const accounts = await loadDemo(settings);
    expect(accounts.map(({ role }) => role)).toEqual(['admin', 'agent', 'agent', 'customer', 'customer', 'customer']);
    const kept = JSON.parse(readFileSync(join(dataDir, 'demo-accounts.json'), 'utf8')) as DemoAccount[];
    expect(kept).toEqual(accounts);
    expect(readdirSync(join(dataDir, 'tmp'))).toEqual([]);
    await inApp(async (app) => {
      const tickets = await app
        .get(DataSource)
        .query<{ status: string; createdAt: string }[]>('SELECT status, createdAt FROM tickets ORDER BY number');
      expect(new Set(tickets.map(({ status }) => status))).toEqual(
        new Set(['open', 'in_progress', 'resolved', 'closed']),
      );
      const times = tickets.map(({ createdAt }) => Date.parse(`${createdAt}Z`));
      expect(times).toEqual(times.toSorted((a, b) => a - b));
      expect(times[0]).toBeLessThan(Date.now() - 100 * HOUR_MS);
    });
    await expect(loadDemo(settings)).rejects.toThrow('The demo data is there already');
    await inApp(async (app) => {
      await expect(app.get(DemoService, { strict: false }).remove()).resolves.toEqual({
        tickets: 14,
        people: 6,
        kept: [],
      });
      for (const table of ['users', 'tickets', 'messages', 'attachments', 'notifications'])
        expect(await countOf(app, table)).toBe(0);
    });
  }, 60_000);

  it('keeps people of the demo who had a part in real tickets, but lets nobody sign in as them', async () => {
    const accounts = await loadDemo(settings);
    await inApp(async (app) => {
      const users = app.get(UsersService, { strict: false });
      const jonas = await users.findByEmail(accounts[2].email);
      await app
        .get(UserCreation, { strict: false })
        .create({ email: 'real@example.org', name: 'Real', role: 'customer' });
      const real = await users.findByEmail('real@example.org');
      await app.get(DataSource).query('UPDATE tickets SET requesterId = ? WHERE assigneeId = ?', [real?.id, jonas?.id]);
      const { kept } = await app.get(DemoService, { strict: false }).remove();
      expect(kept).toContain('Jonas Weber');
      expect(await users.findByEmail(accounts[2].email)).toMatchObject({ active: false });
    });
  }, 60_000);

  it('makes the first admin once, and never a second one', async () => {
    await inApp(async (app) => {
      await app.get(FirstAdmin, { strict: false }).ensure();
      await app.get(FirstAdmin, { strict: false }).ensure();
      expect(await countOf(app, 'users')).toBe(1);
      const admin = await app.get(UsersService, { strict: false }).findByEmail('ROOT@example.org');
      expect(admin).toMatchObject({ role: 'admin', active: true });
    });
  });

  it('makes people on request, with a password of its own when none is given', async () => {
    await inApp(async (app) => {
      const people = app.get(UserCreation, { strict: false });
      const made = await people.create({ email: 'ana@example.org', name: 'Ana', role: 'agent' });
      expect(made.madePassword).toMatch(/^[a-z]{6}-[a-z]{6}-[a-z]{6}$/);
      await expect(people.create({ email: 'ANA@example.org', name: 'Ana', role: 'agent' })).rejects.toMatchObject({
        code: 'email-taken',
      });
      await expect(people.create({ email: 'nobody', name: ' ', role: 'boss' })).rejects.toMatchObject({
        code: 'validation-failed',
      });
      await expect(
        people.create({ email: 'b@example.org', name: 'B', role: 'agent', password: 'short' }),
      ).rejects.toMatchObject({ status: 400 });
    });
  });
});
