import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import express from 'express';
import request from 'supertest';
import { clientFiles, newNonce } from './client-files';

const NONCE = 'a-nonce';

/** A server that holds the built client alone, as the product does behind its routes. */
function serverFor(folder: string): express.Express {
  const server = express();
  server.use((_request, response, next) => {
    response.locals.cspNonce = NONCE;
    next();
  });
  for (const handler of clientFiles(folder)) server.use(handler);
  return server.use((_request, response) => void response.status(404).send('not the client'));
}

describe('the built client', () => {
  let folder: string;
  let server: express.Express;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'parley-client-'));
    mkdirSync(join(folder, 'assets'));
    writeFileSync(join(folder, 'index.html'), '<app-root ngCspNonce="__CSP_NONCE__" data-again="__CSP_NONCE__">');
    writeFileSync(join(folder, 'main-ABCD1234.js'), 'run()');
    writeFileSync(join(folder, 'favicon.svg'), '<svg/>');
    writeFileSync(join(folder, '.hidden'), 'secret');
    server = serverFor(folder);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each([
    '/',
    '/login',
    '/register',
    '/reset-password',
    '/reset-password?token=abc',
    '/invite',
    '/confirm-email',
    '/profile',
    '/profile/',
    '/notifications',
    '/tickets',
    '/tickets/new',
    '/tickets/1042',
    '/portal',
    '/portal/tickets/1042',
    '/agent',
    '/agent/tickets',
    '/admin',
    '/admin/users',
  ])('answers %s with its page', async (path) => {
    const { text } = await request(server).get(path).expect(200).expect('Content-Type', /html/);
    expect(text).toContain('<app-root');
  });

  it.each([
    '/nowhere',
    '/login/more',
    '/ticket',
    '/ticketsx',
    '/profile/other',
    '/index.html',
    '/wp-login.php',
    '/assets',
    '/main-00000000.js',
    '/%2e%2e/package.json',
    '/.hidden',
    '/healthy',
    '/apis',
  ])('answers %s with its friendly page and 404', async (path) => {
    const { text } = await request(server).get(path).expect(404).expect('Content-Type', /html/);
    expect(text).toContain('<app-root');
    expect(text).not.toContain('secret');
  });

  it.each(['/api', '/api/nowhere', '/socket.io', '/socket.io/?EIO=4', '/health/live', '/metrics'])(
    'leaves %s to the server',
    async (path) => {
      await request(server).get(path).expect(404, 'not the client');
    },
  );

  it.each(['post', 'put', 'delete', 'patch'] as const)('does not answer %s', async (method) => {
    await request(server)[method]('/tickets').expect(404, 'not the client');
  });

  it('puts a fresh nonce into every page, which nobody may keep', async () => {
    const { text } = await request(server).get('/login').expect('Cache-Control', 'no-store');
    expect(text).toBe(`<app-root ngCspNonce="${NONCE}" data-again="${NONCE}">`);
    expect(newNonce()).not.toBe(newNonce());
  });

  it('marks the styles and modules that its page fetches beside its scripts', async () => {
    const links = '<link rel="stylesheet" href="/s.css"><link rel="modulepreload" href="/m.js">';
    const marked = '<link rel="stylesheet" nonce="again" href="/s.css"><link rel="icon" href="/i.svg">';
    const other = mkdtempSync(join(tmpdir(), 'parley-client-'));
    writeFileSync(join(other, 'index.html'), links + marked);
    const { text } = await request(serverFor(other)).get('/').expect(200);
    rmSync(other, { recursive: true });
    expect(text).toBe(links.replace(/" href/g, `" nonce="${NONCE}" href`) + marked);
  });

  it('lets files with a hash in their name be kept for ever, and others be asked for again', async () => {
    await request(server)
      .get('/main-ABCD1234.js')
      .expect(200, 'run()')
      .expect('Cache-Control', /immutable/);
    await request(server).get('/favicon.svg').expect(200).expect('Cache-Control', 'no-cache');
  });

  it('tells its service worker which files are kept for a start without a network', async () => {
    const other = mkdtempSync(join(tmpdir(), 'parley-client-'));
    mkdirSync(join(other, 'icons'));
    const names = ['index.html', 'main-ABCD1234.js', 'main-ABCD1234.js.map', 'licenses.txt', 'icons/icon.svg'];
    for (const name of names) writeFileSync(join(other, name), '');
    writeFileSync(join(other, 'service-worker.js'), "const FILES = '__CLIENT_FILES__';");
    const { text } = await request(serverFor(other))
      .get('/service-worker.js')
      .expect(200)
      .expect('Content-Type', /javascript/)
      .expect('Cache-Control', 'no-cache');
    rmSync(other, { recursive: true });
    expect(text).toBe('const FILES = ["/icons/icon.svg","/main-ABCD1234.js"];');
  });

  it('has no service worker where none was built', async () => {
    await request(server).get('/service-worker.js').expect(404);
  });

  it('is absent without an error while it is not built', async () => {
    await request(serverFor(join(folder, 'not-built')))
      .get('/login')
      .expect(404, 'not the client');
  });

  it('sends scripts gzipped to browsers that take it, and plain to others', async () => {
    const packed = await request(server).get('/main-ABCD1234.js').set('Accept-Encoding', 'gzip').expect(200);
    expect(packed.headers).toMatchObject({ 'content-encoding': 'gzip', vary: 'Accept-Encoding' });
    expect(packed.headers['cache-control']).toContain('immutable');
    expect(packed.text).toBe('run()');
    const plain = await request(server).get('/main-ABCD1234.js').set('Accept-Encoding', 'identity').expect(200);
    expect(plain.headers).not.toHaveProperty('content-encoding');
    expect(plain.text).toBe('run()');
  });
});
