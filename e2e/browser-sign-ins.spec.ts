import { expect, test, type BrowserContext, type Page } from '@playwright/test';
import { closeAll, field, openTicket, somePeople, timeline, write } from './support/conversation';
import { signIn, signInOn } from './support/people';

const REFRESH = '/api/auth/refresh';
const SUBJECT = 'The printer beside the vault';

test.afterEach(({ browser }) => closeAll(browser));

async function tabs(context: BrowserContext, count: number, address: string): Promise<Page[]> {
  const pages = await Promise.all(Array.from({ length: count }, () => context.newPage()));
  for (const page of pages) {
    await page.goto(address);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  }
  return pages;
}

/** Makes the server refuse every access token it gave out until now, as if they had run out. */
async function letTokensRunOut(context: BrowserContext): Promise<{ refreshes: () => number }> {
  let refreshes = 0;
  const fresh = new Set<string>();
  context.on('response', async (response) => {
    if (!response.url().endsWith(REFRESH) || !response.ok()) return;
    refreshes += 1;
  });
  await context.route(`**${REFRESH}`, async (route) => {
    const response = await route.fetch();
    const { accessToken } = (await response.json()) as { accessToken: string };
    fresh.add(`Bearer ${accessToken}`);
    await route.fulfill({ response });
  });
  await context.route(
    (url) => url.pathname.startsWith('/api/') && !url.pathname.startsWith('/api/auth/'),
    (route, request) =>
      fresh.has(request.headers()['authorization'] ?? '')
        ? route.continue()
        : route.fulfill({ status: 401, json: { code: 'unauthenticated', status: 401, title: 'x', detail: 'x' } }),
  );
  return { refreshes: () => refreshes };
}

/** All that scripts of this origin can read again later, on whatever page. */
const kept = (page: Page): Promise<string> =>
  page.evaluate(async () => {
    const stores: unknown[] = [{ ...localStorage }, { ...sessionStorage }, await caches.keys()];
    for (const { name } of await indexedDB.databases()) {
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        const opening = indexedDB.open(name ?? '');
        opening.onsuccess = () => resolve(opening.result);
        opening.onerror = () => reject(opening.error ?? new Error('not opened'));
      });
      for (const store of Array.from(database.objectStoreNames))
        stores.push(
          await new Promise((resolve) => {
            const reading = database.transaction(store).objectStore(store).getAll();
            reading.onsuccess = () => resolve(reading.result);
          }),
        );
      database.close();
    }
    return JSON.stringify([stores, document.cookie]);
  });

async function signOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Account', exact: true }).click();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page).toHaveURL(/\/login/);
}

test('three tabs whose tokens ran out share a new one, and all go on', async ({ browser }) => {
  const { customer } = await somePeople();
  const context = await browser.newContext();
  await signInOn(context, customer);
  const pages = await tabs(context, 3, '/portal/tickets');
  const { refreshes } = await letTokensRunOut(context);
  await Promise.all(pages.map((page) => page.getByRole('link', { name: 'New ticket' }).first().click()));
  for (const page of pages) {
    await expect(page.getByLabel('Category')).toContainText('Technical');
    await expect(page.getByRole('dialog')).toHaveCount(0);
  }
  expect(refreshes()).toBe(1);
});

test('signing in and out in one tab does so in all of them', async ({ browser }) => {
  const { customer } = await somePeople();
  const context = await browser.newContext();
  const [first, second] = await tabs(context, 2, '/login?returnUrl=%2Fnotifications');
  await signIn(first, customer);
  await expect(second, 'without a reload, and where its own link led').toHaveURL(/\/notifications$/);
  await signOut(first);
  await expect(second).toHaveURL(/\/login/);
  await expect(second.getByText(customer.name)).toHaveCount(0);
});

test('whoever signs in after somebody else sees and sends nothing of theirs, in no tab', async ({ browser }) => {
  const { customer, agent, customerDesk } = await somePeople();
  const ticketId = await customerDesk.openTicket(SUBJECT);
  const context = await browser.newContext();
  await signInOn(context, customer);
  const [first, second] = await tabs(context, 2, `/tickets/${ticketId}`);
  await write(first, 'Half a thought of Cora');
  await expect(first.getByText('Saved', { exact: true })).toBeVisible();
  await signOut(first);
  await expect(second).toHaveURL(/\/login/);
  const sent: string[] = [];
  context.on('request', (request) => sent.push(`${request.method()} ${request.url()} ${request.postData() ?? ''}`));
  await signIn(first, agent);
  for (const page of [first, second]) {
    await openTicket(page, ticketId);
    await expect(timeline(page)).toBeVisible();
    await expect(field(page)).toHaveValue('');
    await expect(page.getByText('Half a thought')).toHaveCount(0);
  }
  expect(sent.filter((request) => request.includes('Half a thought'))).toEqual([]);
  await signOut(first);
  await signIn(first, customer);
  await openTicket(first, ticketId);
  await expect(field(first), 'it waits for who wrote it').toHaveValue('Half a thought of Cora');
});

test('after signing out the way back shows nothing, and the browser has kept nothing', async ({ browser }) => {
  const { customer, customerDesk, agentDesk } = await somePeople();
  const ticketId = await customerDesk.openTicket(SUBJECT);
  await agentDesk.say(ticketId, 'Which vault is it?');
  const context = await browser.newContext();
  const tokens: string[] = [];
  context.on('response', async (response) => {
    if (!/\/auth\/(login|refresh)$/.test(response.url()) || !response.ok()) return;
    tokens.push(((await response.json()) as { accessToken: string }).accessToken);
  });
  const page = await context.newPage();
  await signIn(page, customer);
  await openTicket(page, ticketId);
  await expect(timeline(page)).toContainText('Which vault is it?');
  await page.goto('/profile');
  const secrets = (): string[] => [...tokens, SUBJECT, 'Which vault', customer.name, customer.email, customer.password];
  const cookie = (await context.cookies()).find(({ name }) => name.endsWith('parley_refresh'));
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: expect.stringMatching(/Lax|Strict/), path: '/api/auth' });
  const whileSignedIn = await kept(page);
  for (const secret of [...secrets(), cookie?.value ?? '?']) expect(whileSignedIn).not.toContain(secret);

  await signOut(page);
  const afterwards = await kept(page);
  for (const secret of secrets()) expect(afterwards).not.toContain(secret);
  expect(tokens.length).toBeGreaterThan(0);
  for (let steps = 0; steps < 4; steps++) {
    if ((await page.goBack({ waitUntil: 'load' })) === null) break;
    await expect(page.getByLabel('Password', { exact: true }).or(page.getByText('Sign in')).first()).toBeVisible();
    for (const text of [SUBJECT, customer.name, customer.email]) await expect(page.getByText(text)).toHaveCount(0);
    expect(await page.title()).not.toContain(SUBJECT);
  }
  expect((await context.cookies()).filter(({ name }) => name.endsWith('parley_refresh'))).toEqual([]);
});

test('pages may be kept by nobody, hashed files by everybody, and personal answers by nobody', async ({ request }) => {
  const caching = async (path: string): Promise<string | undefined> =>
    (await request.get(path)).headers()['cache-control'];
  const page = await (await request.get('/login')).text();
  const script = /src="(\/main-[A-Z0-9]{8}\.js)"/.exec(page)?.[1] ?? '/not-found';
  const style = /href="(\/styles-[A-Z0-9]{8}\.css)"/.exec(page)?.[1] ?? '/not-found';
  for (const path of ['/', '/login', '/portal/tickets', '/nowhere', '/api/me', '/api/nowhere'])
    expect(await caching(path), path).toBe('no-store');
  for (const path of [script, style]) expect(await caching(path), path).toBe('public, max-age=31536000, immutable');
  expect(await caching('/favicon.svg')).toBe('no-cache');
});
