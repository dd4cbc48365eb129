/* global document -- inside functions that run in the page */
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ALL_PARTS } from '../lib/build.mjs';
import { at } from '../lib/checkout.mjs';
import { exitWith, Failure } from '../lib/failure.mjs';
import { findChromium } from '../lib/find-chromium.mjs';
import { prepare } from '../lib/prepare.mjs';
import { FORMS, SCREENS } from '../lib/screens.mjs';
import { productEnvironment } from '../lib/settings-names.mjs';

const FOLDER = 'docs/screens';
const START_WITHIN_MS = 60_000;
const COLOURS = 96;

/**
 * `npm run screens`: a picture of every main page and state in the forms of FORMS, from sample data, into docs/screens.
 * `--only agent-ticket,profile` takes those alone, `--form phone` one form alone.
 */
export const run = (args) =>
  exitWith(async () => {
    const { values } = parseArgs({ args, options: { only: { type: 'string' }, form: { type: 'string' } } });
    const names = values.only?.split(',');
    const screens = SCREENS.filter(({ name }) => !names || names.includes(name));
    if (screens.length === 0) throw new Failure(`There are: ${SCREENS.map(({ name }) => name).join(', ')}.`);
    const forms = FORMS.filter(({ name }) => !values.form || values.form === name);
    const executablePath = findChromium();
    if (!executablePath) throw new Failure('No Chromium or Chrome was found; CHROMIUM_PATH names one.');
    await prepare(ALL_PARTS);
    mkdirSync(at(FOLDER), { recursive: true });
    const desk = await startDesk();
    try {
      await takeAll(desk, executablePath, screens, forms);
    } finally {
      await desk.stop();
    }
    return 0;
  });

/** The built product with sample data, for as long as the pictures take. */
async function startDesk() {
  const folder = mkdtempSync(join(tmpdir(), 'parley-screens-'));
  const port = await freePort();
  const origin = `http://127.0.0.1:${port}`;
  const own = { PORT: String(port), DATA_DIR: folder, DEMO: 'true', RATE_LIMIT_SCALE: '50', LOG_LEVEL: 'error' };
  const server = spawn(process.execPath, [at('dist/backend/main.js')], {
    cwd: folder,
    stdio: 'ignore',
    env: productEnvironment({ NODE_ENV: 'development', ...own }),
  });
  const stop = async () => {
    if (server.exitCode === null && server.kill()) await once(server, 'exit');
    rmSync(folder, { recursive: true, force: true });
  };
  const until = Date.now() + START_WITHIN_MS;
  while (!(await isReady(origin))) {
    if (server.exitCode !== null || Date.now() > until) {
      await stop();
      throw new Failure('The product did not start.');
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  const accounts = JSON.parse(readFileSync(join(folder, 'demo-accounts.json'), 'utf8'));
  return { origin, accounts, stop };
}

async function freePort() {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address();
  probe.close();
  await once(probe, 'close');
  return port;
}

const isReady = (origin) =>
  fetch(`${origin}/health/ready`).then(
    ({ ok }) => ok,
    () => false,
  );

async function takeAll(desk, executablePath, screens, forms) {
  const { chromium } = await import('@playwright/test');
  const args = ['--disable-dev-shm-usage', '--disable-gpu', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])];
  const browser = await chromium.launch({ executablePath, args });
  try {
    for (const form of forms)
      for (const who of new Set(screens.map((screen) => screen.who))) {
        const own = screens.filter((screen) => screen.who === who && (screen.forms ?? [form.name]).includes(form.name));
        if (own.length) await takeFor(browser, desk, form, who, own);
      }
  } finally {
    await browser.close();
  }
}

async function takeFor(browser, desk, form, who, screens) {
  const context = await browser.newContext({
    baseURL: desk.origin,
    viewport: form.viewport,
    colorScheme: form.colorScheme,
    reducedMotion: 'reduce',
    serviceWorkers: 'block',
    timezoneId: 'Europe/Berlin',
    locale: 'en-GB',
    ...(form.touch && { isMobile: true, hasTouch: true }),
  });
  if (who !== 'visitor') await signIn(context, await accountOf(desk, who), form.density);
  for (const screen of screens) {
    const page = await context.newPage();
    await page.goto(screen.path);
    if (form.textScale) await page.evaluate(enlarge, form.textScale);
    await settled(page);
    await screen.act?.(page);
    await settled(page);
    await keep(await page.screenshot({ animations: 'disabled', caret: 'hide' }), `${screen.name}.${form.name}.png`);
    await page.close();
  }
  await context.close();
}

/** As a browser does whose reader wants larger text. Runs in the page. */
function enlarge(scale) {
  document.documentElement.style.fontSize = `${scale * 100}%`;
}

/** Somebody with this role; a newcomer is a customer who has nothing yet. */
async function accountOf({ origin, accounts }, who) {
  const known = accounts.find(({ role }) => role === who);
  if (known) return known;
  const account = { name: 'Nora Newcomer', email: `${randomUUID()}@example.com`, password: `heron-${randomUUID()}` };
  const headers = { 'content-type': 'application/json' };
  await fetch(`${origin}/api/auth/register`, { method: 'POST', headers, body: JSON.stringify(account) });
  return account;
}

async function signIn({ request }, { email, password }, density) {
  const answer = await request.post('/api/auth/login', { data: { email, password } });
  if (!answer.ok()) throw new Failure(`Signing in answered ${answer.status()}.`);
  const { accessToken } = await answer.json();
  const headers = { authorization: `Bearer ${accessToken}` };
  await request.patch('/api/me', { headers, data: { preferences: { density } } });
}

/** The page stands: no skeleton, all pictures there, and nothing on its way. */
async function settled(page) {
  await page.getByRole('heading', { level: 1 }).first().waitFor({ state: 'attached' });
  await page.waitForFunction(() => !document.querySelector('app-skeleton'));
  await page.waitForFunction(() => [...document.images].every(({ complete }) => complete));
  await page.waitForTimeout(600);
}

async function keep(picture, name) {
  const { default: sharp } = await import('sharp');
  const small = sharp(picture).png({ palette: true, colours: COLOURS, effort: 10 });
  await small.toFile(at(join(FOLDER, name)));
  console.log(`${FOLDER}/${name}`);
}
