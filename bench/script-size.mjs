/**
 * How much script, as sent by the server (gzipped), a customer's browser loads until the list of tickets can be used, beginning at the sign-in
 * page.
 *
 *   node bench/script-size.mjs [http://localhost:3000]
 *
 * Needs a running server with a built client, and a Chromium at CHROMIUM_PATH or /usr/bin/chromium. It registers a
 * customer of its own and opens one ticket.
 */
/* global document, MutationObserver -- inside functions that run in the page */
import { randomUUID } from 'node:crypto';
import { chromium } from '@playwright/test';

const BASE = process.argv[2] ?? 'http://localhost:3000';
const ARGUMENTS = ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu', '--disable-background-networking'];
const person = { email: `bench-${randomUUID()}@example.com`, password: randomUUID(), name: 'Bench' };

await post('/api/auth/register', person);
const { accessToken } = await post('/api/auth/login', { email: person.email, password: person.password });
await post('/api/tickets', { subject: 'Measured', description: 'Measured' }, accessToken);

const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
const browser = await chromium.launch({ executablePath, args: ARGUMENTS });
try {
  const page = await browser.newPage();
  await page.addInitScript(() => {
    new MutationObserver((_, observer) => {
      if (!document.querySelector('main a[href*="/tickets/1"]')) return;
      performance.mark('usable');
      observer.disconnect();
    }).observe(document, { subtree: true, childList: true });
  });
  await page.goto(`${BASE}/login`);
  await page.getByLabel('E-mail').fill(person.email);
  await page.getByLabel('Password', { exact: true }).fill(person.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('link', { name: /Measured/ }).waitFor();
  const scripts = await page.evaluate(() => {
    const usable = performance.getEntriesByName('usable')[0].startTime;
    const resources = performance.getEntriesByType('resource').filter(({ name }) => name.endsWith('.js'));
    return resources
      .filter(({ responseEnd }) => responseEnd <= usable)
      .map(({ name, encodedBodySize }) => ({ path: new URL(name).pathname, size: encodedBodySize }));
  });
  for (const { path, size } of scripts.sort((a, b) => b.size - a.size)) console.log(`${kilobytes(size)}  ${path}`);
  console.log(`${kilobytes(scripts.reduce((sum, { size }) => sum + size, 0))}  until the list can be used`);
} finally {
  await browser.close();
}

function kilobytes(bytes) {
  return `${(bytes / 1_024).toFixed(1).padStart(7)} KB`;
}

async function post(path, body, token) {
  const response = await fetch(BASE + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${path} answered ${response.status}`);
  return response.json();
}
