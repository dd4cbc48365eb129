import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { openTarget } from '../src/database';
import { examine, type NamedFinding } from '../src/operations';
import { AuditSealer } from '../src/audit';
import { form, png } from './support/files';
import { Api, expectStatus } from './support/api-client';
import { ENGINE, scratch, type Scratch } from './support/databases';

jest.setTimeout(60_000);

describe(`the doctor on ${ENGINE}`, () => {
  let database: Scratch;
  let api: Api;
  beforeAll(async () => {
    database = await scratch();
    api = new Api({ database });
    await api.start();
  }, 60_000);
  afterAll(async () => {
    await api.stop();
    await database.drop();
  });

  const look = (env: Record<string, string> = {}, { dataDir, databaseUrl } = database): Promise<NamedFinding[]> =>
    examine({ NODE_ENV: 'test', DATA_DIR: dataDir, ...(databaseUrl && { DATABASE_URL: databaseUrl }), ...env });
  const named = (findings: NamedFinding[], name: string): NamedFinding | undefined =>
    findings.find((finding) => finding.name === name);
  const failures = (findings: NamedFinding[]): string[] =>
    findings.filter(({ state }) => state === 'failed').map(({ name }) => name);

  it('finds nothing that does not work in a sound installation', async () => {
    await api.given.admin();
    await api.part(AuditSealer).run();
    const findings = await look();
    expect(failures(findings)).toEqual([]);
    expect(findings.map(({ name }) => name)).toEqual([
      ...['Program', 'Settings', 'Public address', 'Data folder', 'Files', 'Mail', 'Database', 'Tables', 'Clock'],
      ...['Administrators', 'Background work', 'Attachments', 'Audit log'],
    ]);
  });

  it('names a file that is missing', async () => {
    const cora = await api.given.customer();
    const picture = { bytes: await png({ width: 400, height: 300 }), name: 'a.png', type: 'image/png' };
    expectStatus(201, await cora.post('/api/tickets', form({ subject: 'a', description: 'b' }, [picture])));
    expect(named(await look(), 'Attachments')).toMatchObject({ state: 'ok' });
    const [{ storageKey }] = await api.rows('SELECT storageKey FROM attachments');
    const key = String(storageKey);
    await rm(join(database.dataDir, 'files', key.slice(0, 2), key));
    expect(named(await look(), 'Attachments')).toMatchObject({
      state: 'failed',
      found: expect.stringContaining(key),
      advice: expect.stringContaining('backup'),
    });
  });

  it('sees that the audit log was cut', async () => {
    await api.part(AuditSealer).run();
    expect(named(await look(), 'Audit log')).toMatchObject({ state: 'ok' });
    const [{ last }] = await api.rows('SELECT MAX(position) AS last FROM audit_seals');
    await api.rows('DELETE FROM audit_seals WHERE position = ?', [last]);
    expect(named(await look(), 'Audit log')).toMatchObject({ state: 'failed' });
  });

  it('sees that nobody can look after the desk', async () => {
    await api.rows(`UPDATE users SET active = 0 WHERE role = 'admin'`);
    expect(named(await look(), 'Administrators')).toMatchObject({
      state: 'failed',
      advice: expect.stringContaining('user:create'),
    });
  });

  it('sees steps of the schema that are missing or unknown, and looks no further then', async () => {
    const [{ name }] = await api.rows('SELECT name FROM migrations ORDER BY name DESC LIMIT 1');
    await api.rows('UPDATE migrations SET name = ? WHERE name = ?', ['FromTheFuture', name]);
    const newer = await look();
    expect(named(newer, 'Tables')).toMatchObject({ state: 'failed', found: expect.stringContaining('FromTheFuture') });
    expect(named(newer, 'Attachments')).toBeUndefined();
    await api.rows(`DELETE FROM migrations WHERE name = 'FromTheFuture'`);
    expect(named(await look(), 'Tables')).toMatchObject({
      state: 'failed',
      found: expect.stringContaining(String(name)),
    });
    await api.rows('INSERT INTO migrations (timestamp, name) VALUES (?, ?)', [4_000_000_000_000, name]);
    expect(named(await look(), 'Tables')).toMatchObject({ state: 'ok' });
  });

  it('sees a restore that was not finished', async () => {
    const other = await scratch();
    const target = await openTarget(other);
    await target.clear();
    await target.close();
    const [found] = (await look({}, other)).filter(({ name }) => name === 'Tables');
    expect(found).toMatchObject({ state: 'failed', advice: expect.stringContaining('restore') });
    await other.drop();
  });

  it('says in a sentence which setting is wrong', async () => {
    const findings = await look({ PORT: 'many' });
    expect(failures(findings)).toEqual(['Settings']);
    expect(named(findings, 'Settings')?.found).toContain('PORT');
  });

  it('wonders about settings that do not fit each other', async () => {
    const odd = await look({
      ...{ NODE_ENV: 'production', DEMO: 'true', PUBLIC_URL: 'https://desk.example.org' },
      JWT_SECRET: 'a text of enough letters to be taken for a secret',
    });
    expect(named(odd, 'Settings')).toMatchObject({
      state: 'warning',
      found: expect.stringMatching(/DEMO.*TRUST_PROXY/),
    });
    const alone = await look({ REDIS_URL: 'redis://127.0.0.1:1' });
    expect(failures(alone)).toEqual(expect.arrayContaining(['Settings', 'Redis']));
  });

  it('says that a database does not answer, and still looks at the rest', async () => {
    const findings = await look({ DATABASE_URL: 'mysql://root@127.0.0.1:1/parley' });
    expect(failures(findings)).toEqual(['Database']);
    expect(named(findings, 'Files')).toMatchObject({ state: 'ok' });
  });

  if (ENGINE === 'sqlite')
    it('makes no database where there is none', async () => {
      const empty = await scratch();
      const none = { state: 'warning', found: 'There is none yet.' };
      expect(named(await look({}, empty), 'Database')).toMatchObject(none);
      expect(named(await look({}, empty), 'Database')).toMatchObject(none);
      await empty.drop();
    });
});
