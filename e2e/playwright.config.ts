import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from '@playwright/test';

// Workers load this file too: what the first process decides is handed on in the environment.
process.env.E2E_PORT ??= String(20_000 + (process.pid % 10_000));
process.env.E2E_DATA_DIR ??= mkdtempSync(join(tmpdir(), 'parley-e2e-'));

// Not by the name `localhost`: a browser without a network still has that, and the socket stays open.
const origin = `http://127.0.0.1:${process.env.E2E_PORT}`;
const isRoot = process.getuid?.() === 0;

/** The story of the product in a real browser, against the built product with a database of its own. */
export default defineConfig({
  testDir: '.',
  testIgnore: 'chaos/**',
  outputDir: '../test-results/browser',
  forbidOnly: process.env.CI === 'true',
  fullyParallel: false,
  workers: 1,
  retries: 0,
  timeout: 90_000,
  expect: { timeout: 10_000 },
  use: {
    baseURL: origin,
    actionTimeout: 15_000,
    trace: { mode: 'retain-on-failure', screenshots: false }, // a film of every page costs more than the pages
    screenshot: 'only-on-failure',
    serviceWorkers: 'block', // each test is a new browser, which would keep all files of the client for later
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH,
      args: [
        '--disable-dev-shm-usage',
        '--disable-gpu',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        ...(isRoot ? ['--no-sandbox'] : []), // its sandbox cannot start as root
      ],
    },
  },
  projects: [
    { name: 'desktop', use: { viewport: { width: 1360, height: 860 } } },
    {
      name: 'phone',
      // What is sent, kept or run does not depend on the size of the screen, and the console's own ways are those of a desk.
      testIgnore: [
        'chaos/**',
        '{browser,delivery,keyboard}-*.spec.ts',
        '{commands,composer-offers,offline,self-test-mail,tags}.spec.ts',
        'tickets-!(customer).spec.ts',
      ],
      grepInvert: /, dark$/, // colours are the same on both, so once is enough
      use: { viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true },
    },
  ],
  webServer: {
    command: 'node ../dist/backend/main.js',
    url: `${origin}/health/ready`,
    timeout: 60_000,
    stdout: 'ignore',
    gracefulShutdown: { signal: 'SIGTERM', timeout: 10_000 },
    env: {
      PORT: process.env.E2E_PORT,
      DATA_DIR: process.env.E2E_DATA_DIR,
      DEMO: 'true',
      RATE_LIMIT_SCALE: '50',
      LOG_LEVEL: 'warn',
      NODE_ENV: 'development',
    },
  },
});
