import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadSettings, type Settings } from './settings';
import { SettingsError } from './settings-error';

const KEYS = { AWS_ACCESS_KEY_ID: 'an-id', AWS_SECRET_ACCESS_KEY: 'a-key' };
const SECRET = 'q8Zr4Xw1bT7mN0cV5sK2pL9dF3gH6jYq';

describe('settings', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'parley-settings-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const load = (env: NodeJS.ProcessEnv = {}): Settings => loadSettings({ DATA_DIR: folder, ...env });
  const production = (env: NodeJS.ProcessEnv = {}): Settings =>
    load({ NODE_ENV: 'production', JWT_SECRET: SECRET, PUBLIC_URL: 'https://help.example.com', ...env });

  it('have a default each', () => {
    expect(load()).toMatchObject({
      port: 3000,
      host: '127.0.0.1',
      dataDir: folder,
      databaseUrl: undefined,
      redisUrl: undefined,
      publicUrl: 'http://localhost:3000',
      smtpUrl: undefined,
      mailFrom: 'Parley <no-reply@localhost>',
      admin: undefined,
      demo: true,
      production: false,
      trustProxy: undefined,
      rateLimitScale: 1,
      logLevel: 'info',
      files: { minImages: 0, maxImages: 3, imageMaxBytes: 4_194_304, maxPdfs: 2, pdfMaxBytes: 5_242_880 },
      storage: undefined,
      clamd: undefined,
      replicaUrls: [],
    });
  });

  it.each(['security@example.org', 'http://example.org/report', 'https://a.example\nContact: mailto:evil@example.org'])(
    'do not take %j for a contact that strangers can use',
    (contact) => {
      expect(() => load({ SECURITY_CONTACT: contact })).toThrow(/SECURITY_CONTACT/);
    },
  );

  it('take an empty text for unset', () => {
    expect(load({ PORT: '', DATABASE_URL: '', SMTP_URL: '', PUBLIC_URL: '', ADMIN_EMAIL: '' })).toMatchObject({
      port: 3000,
      databaseUrl: undefined,
      publicUrl: 'http://localhost:3000',
      admin: undefined,
    });
  });

  it.each([
    ['PORT', 'abc'],
    ['PORT', '65536'],
    ['PORT', '-1'],
    ['PORT', '3000.5'],
    ['DATABASE_URL', 'postgres://localhost/parley'],
    ['DATABASE_URL', 'mysql://localhost:3306'],
    ['REDIS_URL', 'localhost:6379'],
    ['SMTP_URL', 'mail.example.com:587'],
    ['PUBLIC_URL', 'help.example.com'],
    ['PUBLIC_URL', 'ftp://help.example.com'],
    ['EMAIL_CONFIRMATION', 'sometimes'],
    ['DEMO', 'perhaps'],
    ['RATE_LIMIT_SCALE', '0'],
    ['RATE_LIMIT_SCALE', 'much'],
    ['TICKET_MIN_IMAGES', '-1'],
    ['TICKET_MAX_IMAGES', '21'],
    ['IMAGE_MAX_BYTES', '0'],
    ['TICKET_MAX_PDFS', 'two'],
    ['PDF_MAX_BYTES', '1e6'],
    ['ADMIN_PASSWORD', 'short'],
    ['LOG_LEVEL', 'loud'],
  ])('name %s when it reads %j', (name, value) => {
    expect(() => load({ ADMIN_EMAIL: 'a@example.com', ADMIN_PASSWORD: 'long enough', [name]: value })).toThrow(
      expect.objectContaining({ message: expect.stringContaining(name) as string }),
    );
  });

  it('name all that are wrong at once', () => {
    const wrong = (): Settings => load({ PORT: 'abc', LOG_LEVEL: 'loud' });
    expect(wrong).toThrow(SettingsError);
    expect(wrong).toThrow(/PORT.*LOG_LEVEL/);
  });

  it.each([
    [{ ADMIN_EMAIL: 'a@example.com' }, 'ADMIN_EMAIL and ADMIN_PASSWORD'],
    [{ ADMIN_PASSWORD: 'long enough' }, 'ADMIN_EMAIL and ADMIN_PASSWORD'],
    [{ TICKET_MIN_IMAGES: '2', TICKET_MAX_IMAGES: '1' }, 'TICKET_MIN_IMAGES'],
    [{ STORAGE_URL: 's3://bucket' }, 'AWS_ACCESS_KEY_ID'],
    [{ STORAGE_URL: 's3://bucket', AWS_ACCESS_KEY_ID: 'id' }, 'AWS_SECRET_ACCESS_KEY'],
    [{ STORAGE_URL: 's3://key:word@bucket', ...KEYS }, 'STORAGE_URL must look like'],
    [{ STORAGE_URL: 's3://bucket/folder', ...KEYS }, 'STORAGE_URL must look like'],
    [{ STORAGE_URL: 's3://bucket?endpiont=http://s3', ...KEYS }, 'STORAGE_URL must look like'],
    [{ STORAGE_URL: 's3://bucket?endpoint=s3.example', ...KEYS }, 'no address'],
    [{ CLAMD_URL: 'http://scanner:3310' }, 'CLAMD_URL must look like'],
    [{ CLAMD_URL: 'clamd://scanner:99999' }, 'CLAMD_URL must look like'],
    [{ CLAMD_URL: 'scanner' }, 'CLAMD_URL must look like'],
    [{ ALLOWED_ORIGINS: 'https://a.example, nonsense' }, 'nonsense'],
  ])('refuse %j', (env, sentence) => {
    expect(() => load(env)).toThrow(sentence);
  });

  it('know the bucket for files, and who we are there', () => {
    const STORAGE_URL = 's3://files.example?endpoint=http://127.0.0.1:9000&region=eu-central-1';
    expect(load({ STORAGE_URL, ...KEYS }).storage).toEqual({
      bucket: 'files.example',
      endpoint: 'http://127.0.0.1:9000',
      region: 'eu-central-1',
      accessKeyId: 'an-id',
      secretAccessKey: 'a-key',
    });
    expect(load({ STORAGE_URL: 's3://files', ...KEYS }).storage).toMatchObject({
      endpoint: undefined,
      region: 'us-east-1',
    });
    expect(load(KEYS).storage).toBeUndefined();
  });

  it.each([
    ['clamd://scanner.example:3311', { host: 'scanner.example', port: 3311 }],
    ['clamd://scanner.example', { host: 'scanner.example', port: 3310 }],
    ['tcp://127.0.0.1:3310', { host: '127.0.0.1', port: 3310 }],
    ['clamd://[::1]:3310', { host: '::1', port: 3310 }],
    ['unix:///run/clamav/clamd.ctl', { path: '/run/clamav/clamd.ctl' }],
    ['unix:/run/clamav/clamd.ctl', { path: '/run/clamav/clamd.ctl' }],
    ['clamd:///run/clamav/clamd.ctl', { path: '/run/clamav/clamd.ctl' }],
    ['/run/clamav/clamd.ctl', { path: '/run/clamav/clamd.ctl' }],
  ])('find the scanner at %s', (CLAMD_URL, address) => {
    expect(load({ CLAMD_URL }).clamd).toEqual(address);
  });

  it('know where traces are collected', () => {
    expect(load().tracesTo).toBeUndefined();
    expect(load({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318' }).tracesTo).toBe('http://127.0.0.1:4318');
    expect(() => load({ OTEL_EXPORTER_OTLP_ENDPOINT: 'collector' })).toThrow(/OTEL_EXPORTER_OTLP_ENDPOINT/);
  });

  it('know the replicas of a MySQL database, and that the embedded one has none', () => {
    const DATABASE_URL = 'mysql://parley@db.example/parley';
    const DATABASE_REPLICA_URLS = 'mysql://parley@one.example/parley, mysql://parley@two.example:3307/parley,';
    expect(load({ DATABASE_URL }).replicaUrls).toEqual([]);
    expect(load({ DATABASE_URL, DATABASE_REPLICA_URLS }).replicaUrls).toEqual([
      'mysql://parley@one.example/parley',
      'mysql://parley@two.example:3307/parley',
    ]);
    expect(() => load({ DATABASE_URL, DATABASE_REPLICA_URLS: 'one.example' })).toThrow(/DATABASE_REPLICA_URLS/);
    expect(() => load({ DATABASE_REPLICA_URLS })).toThrow(/the embedded database has no replicas/);
  });

  it('know where the other nodes are found', () => {
    expect(load({ REDIS_URL: 'rediss://:word@redis.example:6380' })).toMatchObject({
      redisUrl: 'rediss://:word@redis.example:6380',
    });
  });

  it.each([
    ['true', true],
    ['1', true],
    ['false', false],
    ['0', false],
  ])('read DEMO=%s', (value, expected) => {
    expect(load({ DEMO: value }).demo).toBe(expected);
  });

  it('make the demo on an embedded database outside production only', () => {
    expect(load({ DATABASE_URL: 'mysql://root@127.0.0.1:3306/parley' }).demo).toBe(false);
    expect(production().demo).toBe(false);
  });

  it('cut the slash behind the public address', () => {
    expect(load({ PUBLIC_URL: 'https://help.example.com/' }).publicUrl).toBe('https://help.example.com');
  });

  it('say which data folder cannot be written', () => {
    const file = join(folder, 'a-file');
    writeFileSync(file, '');
    expect(() => load({ DATA_DIR: join(file, 'data') })).toThrow(/DATA_DIR/);
  });

  describe('the origins that may call', () => {
    it('are that of the public address and, while developing, this machine', () => {
      expect(load({ PUBLIC_URL: 'https://help.example.com/portal', PORT: '4000' }).allowedOrigins).toEqual([
        'https://help.example.com',
        'http://localhost:4000',
        'http://127.0.0.1:4000',
        'http://[::1]:4000',
      ]);
    });

    it('are that of the public address alone in production', () => {
      expect(production().allowedOrigins).toEqual(['https://help.example.com']);
    });

    it('are exactly those named', () => {
      expect(load({ ALLOWED_ORIGINS: 'https://a.example/, http://b.example:8080' }).allowedOrigins).toEqual([
        'https://a.example',
        'http://b.example:8080',
      ]);
    });
  });

  describe('the secret', () => {
    it('is made once and kept where only the owner can read it', () => {
      const first = load().jwtSecret;
      expect(Buffer.byteLength(first)).toBeGreaterThanOrEqual(32);
      expect(load().jwtSecret).toBe(first);
      expect(readFileSync(join(folder, 'jwt-secret'), 'utf8')).toBe(first);
      expect(statSync(join(folder, 'jwt-secret')).mode & 0o077).toBe(0);
    });

    it('differs from one installation to the next', () => {
      const first = load().jwtSecret;
      expect(load({ DATA_DIR: join(folder, 'other') }).jwtSecret).not.toBe(first);
    });

    it('must be given in production', () => {
      expect(() => production({ JWT_SECRET: undefined })).toThrow(/JWT_SECRET must be set in production/);
    });

    it.each([
      ['too short', 'q8Zr4Xw1bT7mN0cV'],
      ['a well-known word', 'change-me-change-me-change-me-change-me'],
      ['a word everybody uses', 'secretsecretsecretsecretsecretsecret'],
      ['a hint of an example', 'your-secret-key-goes-here-0123456789'],
      ['one letter many times', 'z'.repeat(40)],
      ['noughts', '0'.repeat(40)],
    ])('must not be %s there', (_what, secret) => {
      expect(() => production({ JWT_SECRET: secret })).toThrow(/JWT_SECRET/);
      expect(() => production({ JWT_SECRET: secret })).not.toThrow(new RegExp(secret));
    });

    it('is taken as given when it is good', () => {
      expect(production().jwtSecret).toBe(SECRET);
    });
  });
});
