import { expect, test, type Page } from '@playwright/test';
import {
  aCase,
  chooseKind,
  closeAll,
  expectStored,
  field,
  messages,
  openOn,
  openTicket,
  states,
  write,
} from './support/conversation';
import { findings, widthBeyondTheScreen } from './support/usable';
import { signInOn } from './support/people';

test.use({ serviceWorkers: 'allow' });

/** Whether the other side has looked meanwhile is chance. */
const ARRIVED = /Sent|Seen/;

test.afterEach(({ browser }) => closeAll(browser));

/** Resolves when the worker has all files of the client; from then on no network is needed to start. */
async function isReadyForOffline(page: Page): Promise<void> {
  await expect
    .poll(() => page.evaluate(() => navigator.serviceWorker.controller?.state), { timeout: 60_000 })
    .toBe('activated');
}

async function reloadOffline(page: Page): Promise<void> {
  await page.context().setOffline(true);
  await page.reload();
  await expect(page.getByText('Parley can not be reached')).toBeVisible();
}

/** The address and the type of everything that the service worker keeps. */
const keptFiles = (page: Page): Promise<string[]> =>
  page.evaluate(async () => {
    const all = await Promise.all(
      (await caches.keys()).map(async (name) => {
        const cache = await caches.open(name);
        return (await cache.keys()).map(({ url }) => new URL(url).pathname);
      }),
    );
    return all.flat();
  });

test('the client starts without a network, and a message that is written then arrives once', async ({ browser }) => {
  const { ticketId, customer, agent, customerDesk } = await aCase();
  const [page, agentPage] = await Promise.all([openOn(browser, customer, ticketId), openOn(browser, agent, ticketId)]);
  await isReadyForOffline(page);
  await reloadOffline(page);
  await field(page).fill('Written without a network.');
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await expect(page.getByRole('region', { name: 'Kept on this device' })).toContainText('Written without a network.');
  await expect(field(page)).toHaveValue('');
  await page.reload();
  await expect(page.getByRole('region', { name: 'Kept on this device' })).toContainText('waiting for connection');

  await page.context().setOffline(false);
  await expect(states(page)).toHaveText([ARRIVED], { timeout: 20_000 });
  await expect(messages(agentPage)).toHaveText(['Written without a network.']);
  await expectStored(customerDesk, ticketId, ['Written without a network.']);
});

test('a draft goes on where it was left: begun online, continued offline, finished online', async ({ browser }) => {
  const { ticketId, agent } = await aCase();
  const page = await openOn(browser, agent, ticketId);
  await isReadyForOffline(page);
  await chooseKind(page, 'Note');
  await write(page, 'Seen on site');
  await page.waitForTimeout(500); // it is kept 300 ms after the last key
  await reloadOffline(page);
  await expect(page.getByRole('radio', { name: 'Note' })).toBeChecked();
  await expect(field(page)).toHaveValue('Seen on site');
  await field(page).fill('Seen on site: cable torn.');
  await page.context().setOffline(false);
  await expect(page.getByRole('region', { name: 'Timeline' })).toBeVisible({ timeout: 20_000 });
  await expect(field(page)).toHaveValue('Seen on site: cable torn.');
});

test('nothing of a person is shown without a network after they signed out', async ({ browser }) => {
  const { ticketId, customer } = await aCase();
  const page = await openOn(browser, customer, ticketId);
  await isReadyForOffline(page);
  await chooseKind(page, 'Comment');
  await write(page, 'A secret draft');
  await page.waitForTimeout(500); // it is kept 300 ms after the last key
  await page.getByRole('button', { name: 'Account', exact: true }).click();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page).toHaveURL(/login/);
  await page.context().setOffline(true);
  await page.goto(`/portal/tickets/${ticketId}`);
  await expect(page.getByText('Parley can not be reached')).toBeVisible();
  await expect(page.getByText('A secret draft')).toHaveCount(0);
  await expect(page.getByText('Kept on this device')).toHaveCount(0);

  // Whoever comes back finds it.
  await page.context().setOffline(false);
  await signInOn(page.context(), customer);
  await page.goto(`/portal/tickets/${ticketId}`);
  await expect(field(page)).toHaveValue('A secret draft');
});

test('what is kept for a start without a network are files of the client, and no answers', async ({ browser }) => {
  const { ticketId, customer } = await aCase();
  const page = await openOn(browser, customer, ticketId);
  await isReadyForOffline(page);
  await page.goto('/notifications');
  await page.goto(`/portal/tickets/${ticketId}`);
  const kept = await keptFiles(page);
  expect(kept).toContain('/');
  expect(kept.filter((path) => /^\/main-\w+\.js$/.test(path))).toHaveLength(1);
  expect(kept.filter((path) => /^\/(?:api|socket\.io|health|metrics|portal|tickets)(?:\/|$)/.test(path))).toEqual([]);
});

test('the page without a network is usable by everybody', async ({ browser }) => {
  const { ticketId, agent } = await aCase();
  for (const colorScheme of ['light', 'dark'] as const) {
    const context = await browser.newContext({ colorScheme, viewport: { width: 360, height: 740 } });
    await signInOn(context, agent);
    const page = await context.newPage();
    await openTicket(page, ticketId);
    await isReadyForOffline(page);
    await reloadOffline(page);
    await field(page).fill('Kept.');
    expect.soft(await findings(page), colorScheme).toEqual([]);
    expect.soft(await widthBeyondTheScreen(page)).toBe(0);
    await context.close();
  }
});

test('the product can be installed: its manifest names icons that exist', async ({ page }) => {
  await page.goto('/login');
  const address = await page.locator('link[rel=manifest]').getAttribute('href');
  const manifest = (await (await page.request.get(address ?? '')).json()) as { icons: { src: string; type: string }[] };
  for (const { src, type } of manifest.icons) {
    const answer = await page.request.get(src);
    expect(answer.status(), src).toBe(200);
    expect(answer.headers()['content-type'], src).toBe(type);
  }
});
