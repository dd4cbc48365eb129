import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, type BrowserContext, type Page } from '@playwright/test';
import { aCase, chooseKind, closeAll, field, openTicket, pressSend, timeline, type Case } from './support/conversation';
import { sharedOrigin } from './support/desk';
import { aDocument, aScreenshot } from './support/files';
import { demoAccount, signInOn } from './support/people';
import { Watch } from './support/watch';

/** An address for every route of the client, as its route files name it, by who walks there. */
const ROUTES = {
  stranger: {
    login: '/login?returnUrl=%2Fportal%2Ftickets%2F1001',
    register: '/register',
    'reset-password': '/reset-password',
    'confirm-email': '/confirm-email',
    invite: '/invite',
    unsubscribe: '/unsubscribe',
    '**': '/nowhere',
  },
  customer: {
    portal: '/portal',
    tickets: '/portal/tickets?tab=done',
    'tickets/:ticketId': '/portal/tickets/999999',
    'tickets/:id': '/tickets/999999',
    profile: '/profile',
    notifications: '/notifications',
    'tickets/new': '/tickets/new',
  },
  agent: { agent: '/agent', ':ticketId': '/agent/tickets/999999', 'tickets/new': '/agent/tickets/new' },
  admin: {
    admin: '/admin',
    people: '/admin/people',
    categories: '/admin/categories',
    tags: '/admin/tags?q=p',
    'canned-replies': '/admin/canned-replies',
    mails: '/admin/mails',
    audit: '/admin/audit?action=user.created',
    settings: '/admin/settings',
    'self-test': '/admin/self-test',
  },
};
const TOKEN = 'a-token-that-was-never-given-out-to-anybody';

test.afterEach(({ browser }) => closeAll(browser));

/** Opens everything on the page that opens a menu or a panel, one of each name, and closes it again. */
async function openWhatOpens(page: Page, known: Set<string>): Promise<void> {
  await expect(page.locator('app-skeleton')).toHaveCount(0);
  const openers = page.locator('[aria-haspopup="menu"]:visible, app-disclosure > button:visible, summary:visible');
  for (const opener of await openers.elementHandles()) {
    const name = await opener.evaluate((element) => {
      const { ariaLabel, tagName, className } = element as HTMLElement;
      return ariaLabel ?? `${tagName} ${className}`;
    });
    if (known.has(name) || !(await opener.isVisible())) continue;
    known.add(name);
    await opener.dispatchEvent('click');
    if ((await opener.getAttribute('aria-haspopup')) === 'menu') await closeMenu(page);
    else await opener.dispatchEvent('click');
  }
}

/** Escape with nothing open would leave the page itself. */
async function closeMenu(page: Page): Promise<void> {
  await expect(page.getByRole('menu')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('menu')).toHaveCount(0);
}

async function walk(page: Page, addresses: readonly string[]): Promise<void> {
  const opened = new Set<string>();
  for (const address of addresses)
    await test.step(address, async () => {
      await page.goto(address);
      await expect(page.getByRole('heading', { level: 1 }).first()).toBeAttached();
      await openWhatOpens(page, opened);
    });
}

/** What a person does to a file that lies beside the browser. */
async function drop(page: Page, onto: string, name: string): Promise<void> {
  const { buffer } = await aScreenshot(name, '#2563a8');
  const files = await page.evaluateHandle(
    ([data, filename]) => {
      const transfer = new DataTransfer();
      const bytes = Uint8Array.from(atob(data), (character) => character.charCodeAt(0));
      transfer.items.add(new File([bytes], filename, { type: 'image/png' }));
      return transfer;
    },
    [buffer.toString('base64'), name] as const,
  );
  for (const type of ['dragenter', 'dragover', 'drop'])
    await page.locator(onto).first().dispatchEvent(type, { dataTransfer: files });
}

async function watched(context: BrowserContext): Promise<{ watch: Watch; page: Page }> {
  const watch = await Watch.over(context, sharedOrigin());
  return { watch, page: await context.newPage() };
}

async function useConversation(page: Page): Promise<void> {
  await drop(page, 'app-composer', 'dropped.png');
  await page.locator('app-composer input[type=file]').setInputFiles([aDocument('manual.pdf')]);
  await field(page).fill('**Bold**, `code`, and https://example.org/a?b=c');
  await pressSend(page);
  await expect(timeline(page).getByRole('link', { name: 'https://example.org/a?b=c' })).toBeVisible();
  await page.getByRole('button', { name: 'Open picture dropped.png' }).click({ timeout: 20_000 });
  await page.getByRole('button', { name: 'Show in full size' }).click();
  await page.getByRole('button', { name: 'Close', exact: true }).click();
  await page.getByRole('button', { name: 'Download manual.pdf' }).click();
}

test('no page that a stranger sees does anything its policy forbids', async ({ browser }) => {
  const { watch, page } = await watched(await browser.newContext());
  const linked = ['/reset-password', '/confirm-email', '/invite'].map((path) => `${path}?token=${TOKEN}`);
  await walk(page, ['/', '/portal', ...linked, ...Object.values(ROUTES.stranger), '/login']);
  await page.getByLabel('E-mail').fill('nobody@example.org');
  await page.getByLabel('Password', { exact: true }).fill('not a password of anybody');
  await page.getByRole('button', { name: 'Show characters' }).click();
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByText('E-mail and password do not fit together.')).toBeVisible();
  watch.expectNothing();
});

test('no page of a customer does anything its policy forbids', async ({ browser }) => {
  const { customer, agentDesk, ticketId } = await aCase();
  await agentDesk.say(ticketId, 'Which printer is it?');
  const context = await browser.newContext();
  await signInOn(context, customer);
  const { watch, page } = await watched(context);
  await walk(page, ['/', '/agent/tickets', '/portal/tickets?q=printer', ...Object.values(ROUTES.customer)]);
  await drop(page, 'app-file-picker .zone', 'screen.png');
  await expect(page.getByText('screen.png')).toBeVisible();
  await page.getByLabel('Subject').fill('Something that is given up again');
  await openTicket(page, ticketId);
  await openWhatOpens(page, new Set());
  await useConversation(page);
  await page.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('button', { name: 'Edit', exact: true }).click();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('button', { name: 'Account', exact: true }).click();
  await page
    .getByRole('radio', { name: 'Dark' })
    .or(page.getByText('Dark', { exact: true }))
    .first()
    .click();
  watch.expectNothing();
});

async function useLists(page: Page, { ticketId }: Case): Promise<void> {
  await walk(page, ['/agent/tickets?view=all&status=open', ...Object.values(ROUTES.agent), '/profile']);
  await page.goto('/agent/tickets?view=all&priority=medium');
  await page.getByRole('button', { name: 'Save as…' }).click();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('combobox', { name: 'Search tickets' }).fill('printer status:');
  await expect(page.getByRole('option').first()).toBeVisible();
  await page.keyboard.press('Escape');
  await page.goto('/agent/tickets?view=mine');
  // A list that is loaded anew just then forgets what was chosen.
  await expect(async () => {
    await page.getByRole('checkbox', { name: `Select #${ticketId}` }).setChecked(true, { force: true });
    await expect(page.getByText('1 selected')).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await openWhatOpens(page, new Set());
}

test('no page of staff does anything its policy forbids', async ({ browser }) => {
  const own = await aCase();
  await own.customerDesk.say(own.ticketId, 'The grey one.');
  const context = await browser.newContext();
  await signInOn(context, own.agent);
  const { watch, page } = await watched(context);
  await useLists(page, own);
  await openTicket(page, own.ticketId);
  await openWhatOpens(page, new Set());
  await page.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Edit subject and description' }).click();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await chooseKind(page, 'Comment');
  await useConversation(page);
  watch.expectNothing();
});

test('no page of an admin, and nothing in the description of the API, does anything its policy forbids', async ({
  browser,
}) => {
  const context = await browser.newContext();
  await signInOn(context, demoAccount('admin'));
  const { watch, page } = await watched(context);
  await walk(page, ['/admin/nowhere', ...Object.values(ROUTES.admin)]);
  await page.goto('/admin/people');
  await page.getByRole('button', { name: 'Invite' }).click();
  await page.getByRole('searchbox', { name: 'Search people' }).fill('a');
  await page.goto('/admin/categories');
  await page.getByRole('button', { name: 'New category' }).click();
  await page.goto('/admin/audit');
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export CSV' }).click();
  await download;

  await page.goto('/api/docs');
  await page.locator('.opblock-summary').first().click();
  await expect(page.locator('.opblock-body').first()).toBeVisible();
  watch.expectNothing();
});

test('what got into a page would be stopped, and seen by the tests above', async ({ browser }) => {
  const { watch, page } = await watched(await browser.newContext());
  await page.goto('/login');
  const refused = await page.evaluate(() => {
    const inline = document.createElement('script');
    const foreign = document.createElement('img');
    foreign.src = 'https://evil.example/pixel.png';
    const attempts = [
      () => (document.body.innerHTML = '<b></b>'),
      () => (inline.text = 'ran("script")'),
      () => foreign.setAttribute('onerror', 'ran("handler")'),
    ];
    document.body.append(foreign);
    return attempts.map((attempt) => {
      try {
        attempt();
        return false;
      } catch {
        return true;
      }
    });
  });
  expect(refused).toEqual([true, true, true]);
  await expect
    .poll(() => watch.violations.map((violation) => violation.split(' ')[0]).sort())
    .toEqual(['img-src', ...Array<string>(3).fill('require-trusted-types-for')]);
  expect(watch.runs).toEqual([]);
});

test('the walk above knows every route of the client', () => {
  const source = join(__dirname, '../frontend/src/app');
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.routes.ts'),
  );
  const paths = files.flatMap((file) =>
    [...readFileSync(join(source, file), 'utf8').matchAll(/\bpath: '([^']+)'/g)].map(([, path]) => path),
  );
  expect(files.length).toBeGreaterThan(5);
  expect([...new Set(paths)].sort()).toEqual([...new Set(Object.values(ROUTES).flatMap(Object.keys))].sort());
});

test('every answer forbids scripts and styles without its nonce, and markup made of text', async ({ request }) => {
  const seen = new Set<string>();
  for (const path of ['/', '/login', '/nowhere', '/api/me', '/api/nowhere', '/health/live', '/favicon.svg']) {
    const policy = (await request.get(path)).headers()['content-security-policy'] ?? '';
    const nonce = /script-src 'nonce-([\w+/=]+)'/.exec(policy)?.[1] ?? '';
    seen.add(nonce);
    expect(policy.replaceAll(nonce, '…'), path).toContain("script-src 'nonce-…';style-src 'nonce-…'");
    for (const rule of [
      "default-src 'none'",
      "require-trusted-types-for 'script'",
      'trusted-types parley-shell-worker',
    ])
      expect(policy, path).toContain(rule);
  }
  expect(seen.size).toBe(7);
  const docs = (await request.get('/api/docs')).headers()['content-security-policy'] ?? '';
  expect(docs, 'the one exception, for styles').toContain("script-src 'self'; style-src 'self' 'unsafe-inline'");
});
