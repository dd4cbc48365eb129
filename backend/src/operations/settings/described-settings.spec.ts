import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadSettings } from '../../config';
import { DESCRIBED_SETTINGS } from './described-settings';

const KEYS = { AWS_ACCESS_KEY_ID: 'the-key-id', AWS_SECRET_ACCESS_KEY: 'the-secret-key' };
const dataDir = mkdtempSync(join(tmpdir(), 'parley-settings-'));
afterAll(() => rmSync(dataDir, { recursive: true, force: true }));

function shown(env: NodeJS.ProcessEnv = {}): Record<string, string> {
  const settings = loadSettings({ DATA_DIR: dataDir, ...env });
  return Object.fromEntries(DESCRIBED_SETTINGS.map(({ name, value }) => [name, value(settings)]));
}

describe('the settings that admins see', () => {
  it('are in words', () => {
    expect(shown()).toMatchObject({
      PUBLIC_URL: 'http://localhost:3000',
      DATABASE_URL: 'embedded database in the data folder',
      REDIS_URL: 'one node',
      SMTP_URL: 'mails are kept, not sent',
      IMAGE_MAX_BYTES: '4 MB',
      CLAMD_URL: 'not set',
    });
  });

  it('hold no secret', () => {
    const all = shown({
      DATABASE_URL: 'mysql://parley:hunter2@db.example.com:3306/parley',
      REDIS_URL: 'redis://:hunter2@redis.example.com:6379/1',
      SMTP_URL: 'smtp://desk:hunter2@mail.example.com:587',
      STORAGE_URL: 's3://files?endpoint=https://s3.example.com',
      JWT_SECRET: 'hunter2-hunter2-hunter2-hunter2-hunter2',
      ADMIN_EMAIL: 'ada@example.com',
      ADMIN_PASSWORD: 'hunter2-hunter2',
      ...KEYS,
    });
    expect(JSON.stringify(all)).not.toMatch(/hunter2|the-key-id|the-secret-key/);
    expect(all).toMatchObject({
      DATABASE_URL: 'mysql://db.example.com:3306/parley',
      REDIS_URL: 'redis://redis.example.com:6379/1',
      SMTP_URL: 'smtp://mail.example.com:587',
      STORAGE_URL: 'bucket files',
    });
  });

  it('are named once each', () => {
    const names = DESCRIBED_SETTINGS.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });
});
