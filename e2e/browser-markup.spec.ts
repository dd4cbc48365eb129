import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, type Browser, type Page } from '@playwright/test';
import { closeAll, field, openTicket, pressSend, timeline } from './support/conversation';
import { aCustomer, anAgent, Desk, sharedOrigin, type Person } from './support/desk';
import { aScreenshot } from './support/files';
import { expectNothingPlanted, PAYLOADS, TINY } from './support/payloads';
import { demoAccount, signInOn, type Account } from './support/people';
import { Watch } from './support/watch';

const ALL = PAYLOADS.join('\n');
const FILE = '<img src=x onerror=ran(1) class=planted>.png';
/** As the server keeps it. */
const KEPT_FILE = '_img src=x onerror=ran(1) class=planted_.png';
const SUBJECT = `${PAYLOADS[0]} printer`;
const VIEW = `${TINY} ${randomUUID().slice(0, 8)}`;

interface Stage {
  readonly customer: Person;
  readonly agent: Person;
  readonly customerDesk: Desk;
  readonly agentDesk: Desk;
  readonly ticketId: number;
  readonly category: string;
}

let stage: Promise<Stage> | undefined;

/** Payloads as the names of people, subjects, descriptions, messages of all kinds, tags, views and categories. */
async function setStage(): Promise<Stage> {
  const [customer, agent, adminDesk] = await Promise.all([
    aCustomer(`${TINY} Cora`),
    anAgent(`${TINY} Ana`),
    Desk.of(demoAccount('admin')),
  ]);
  const [customerDesk, agentDesk] = await Promise.all([Desk.of(customer), Desk.of(agent)]);
  const category = `${TINY} ${randomUUID().slice(0, 8)}`;
  const { id: categoryId } = await adminDesk.ask<{ id: string }>('POST', '/categories', {
    name: category,
    hint: ALL.slice(0, 200),
  });
  for (const subject of PAYLOADS) await customerDesk.ask('POST', '/tickets', { subject, description: ALL });
  const ticket = { subject: SUBJECT, description: ALL, categoryId };
  const { id: ticketId } = await customerDesk.ask<{ id: number }>('POST', '/tickets', ticket);
  await agentDesk.claim(ticketId);
  await agentDesk.ask('PATCH', `/tickets/${ticketId}`, { tags: [TINY] });
  await agentDesk.ask('POST', '/views', { name: VIEW, filter: { tag: [TINY] }, shared: true });
  for (const kind of ['chat', 'comment', 'note'])
    await agentDesk.ask('POST', `/tickets/${ticketId}/messages`, { clientMsgId: randomUUID(), kind, body: ALL });
  await customerDesk.say(ticketId, ALL);
  return { customer, agent, customerDesk, agentDesk, ticketId, category };
}

const onStage = (): Promise<Stage> => (stage ??= setStage());

async function pageOf(browser: Browser, person: Account): Promise<{ page: Page; watch: Watch }> {
  const context = await browser.newContext();
  await signInOn(context, person);
  const watch = await Watch.over(context, sharedOrigin());
  return { page: await context.newPage(), watch };
}

/** The text stands there as it was typed, and made nothing. */
async function expectShown(page: Page, text: string): Promise<void> {
  await expect(page.getByText(text).first(), `${page.url()} shows ${text}`).toBeAttached();
  await expectNothingPlanted(page, page.url());
}

async function expectConversation(page: Page): Promise<void> {
  for (const payload of PAYLOADS) await expect.soft(timeline(page)).toContainText(payload);
  await expectNothingPlanted(page, 'the conversation');
  await page.emulateMedia({ media: 'print' });
  await expectNothingPlanted(page, 'the conversation on paper');
  await page.emulateMedia({ media: null });
}

test.afterEach(({ browser }) => closeAll(browser));

test('nothing that staff or customers typed runs before a customer', async ({ browser }) => {
  const { customer, ticketId, agentDesk } = await onStage();
  const { page, watch } = await pageOf(browser, customer);
  await page.goto('/portal/tickets');
  for (const payload of PAYLOADS.slice(-5)) await expectShown(page, payload);
  await page.goto(`/portal/tickets?q=${encodeURIComponent('onerror=ran class=planted')}`);
  await expect(page.locator('mark').first()).toBeVisible();
  await expectNothingPlanted(page, 'found words');
  await page.goto(`/portal/tickets?q=${encodeURIComponent(TINY)}`);
  await expect(page.getByRole('searchbox')).toHaveValue(TINY);
  await expectNothingPlanted(page, 'words that are looked for');

  await openTicket(page, ticketId);
  await expect(page).toHaveTitle(new RegExp('<img src=x onerror="ran\\(1\\)" class=planted> printer'));
  await expectConversation(page);
  await expectShown(page, `${TINY} Ana`);
  await agentDesk.ask('PUT', `/tickets/${ticketId}/status`, { status: 'resolved' });
  await expectShown(page, `${TINY} Ana`);
  await page.goto('/notifications');
  await expectShown(page, SUBJECT);
  await page.goto('/portal/tickets/new');
  await expect(page.getByLabel('Category')).toContainText(TINY);
  await page.goto('/profile');
  await expect(page.getByLabel('Name')).toHaveValue(`${TINY} Cora`);
  await page.getByRole('button', { name: 'Account', exact: true }).click();
  await expectShown(page, `${TINY} Cora`);
  watch.expectNothing();
});

test('nothing that staff or customers typed runs before staff', async ({ browser }) => {
  const { agent, ticketId, category, customerDesk } = await onStage();
  const { page, watch } = await pageOf(browser, agent);
  await page.goto('/agent/tickets?view=all');
  for (const payload of PAYLOADS.slice(-5)) await expectShown(page, payload);
  await page.goto(
    `/agent/tickets?view=all&q=${encodeURIComponent('onerror=ran printer')}&tag=${encodeURIComponent(TINY)}`,
  );
  await expect(page.locator('mark').first()).toBeVisible();
  await expect(page.getByRole('button', { name: `Clear filter tag ${TINY}` })).toBeVisible();
  await expectNothingPlanted(page, 'a filter, and found words');
  await page.getByRole('combobox', { name: 'Search tickets' }).fill(`${TINY} tag:`);
  await expectNothingPlanted(page, 'offers of the search');
  await page.getByRole('button', { name: 'Saved views' }).click();
  await expectShown(page, VIEW);
  await page.keyboard.press('Escape');

  await openTicket(page, ticketId);
  await expect(page).toHaveTitle(/<img src=x onerror="ran\(1\)" class=planted> printer/);
  await expectConversation(page);
  await page.getByRole('button', { name: 'Details', exact: true }).click();
  for (const text of [`${TINY} Cora`, `${TINY} Ana`, category, TINY]) await expectShown(page, text);
  await expect(page.getByRole('button', { name: `Remove tag ${TINY}` })).toBeAttached();
  await page.getByRole('button', { name: 'Close the details' }).click();
  await page
    .locator('app-composer input[type=file]')
    .setInputFiles([{ ...(await aScreenshot(FILE, '#c5281f')), name: FILE }]);
  await expectShown(page, FILE);
  await field(page).fill(ALL);
  await pressSend(page);
  await expect(page.getByRole('button', { name: `Open picture ${KEPT_FILE}` })).toBeVisible({ timeout: 20_000 });
  await page.getByRole('button', { name: `Open picture ${KEPT_FILE}` }).click();
  await expectShown(page, KEPT_FILE);
  await page.getByRole('button', { name: 'Close', exact: true }).click();
  await customerDesk.say(ticketId, TINY);
  await page.goto('/notifications');
  await expectShown(page, SUBJECT);
  watch.expectNothing();
});

test('nothing that anybody typed runs before an admin, in no mail and no log', async ({ browser }) => {
  const { category, customer, agent } = await onStage();
  const { page, watch } = await pageOf(browser, demoAccount('admin'));
  await page.goto('/admin/people');
  await page.getByRole('searchbox', { name: 'Search people' }).fill(customer.email);
  await expectShown(page, `${TINY} Cora`);
  const person = page.getByRole('listitem').filter({ hasText: customer.email });
  await person.getByRole('button', { name: `Delete ${TINY} Cora` }).click();
  await expect(page.getByRole('alertdialog')).toContainText(`${TINY} Cora`);
  await expectNothingPlanted(page, 'a question');
  await page
    .getByRole('button', { name: 'Cancel' })
    .or(page.getByRole('button', { name: 'Keep' }))
    .first()
    .click();
  await page.goto('/admin/categories');
  await expectShown(page, category);
  await page.getByRole('button', { name: `Archive ${category}` }).click();
  await expect(page.getByRole('button', { name: `Offer ${category}` })).toBeVisible();
  await page.goto('/admin/mails');
  const mail = page.locator('details').filter({ hasText: agent.email }).first();
  await mail.locator('summary').click();
  await expect(mail).toContainText(`${TINY} Ana`);
  await expectNothingPlanted(page, 'a mail');
  await page.goto('/admin/audit');
  await expect(page.getByRole('listitem').first()).toBeVisible();
  await expectNothingPlanted(page, 'the log');
  watch.expectNothing();
});

test('a link in a message opens elsewhere, tells nothing of where it stood, and is not fetched for a preview', async ({
  browser,
}) => {
  const { customer, customerDesk, agentDesk } = await onStage();
  const ticketId = await customerDesk.openTicket('Links');
  await agentDesk.say(
    ticketId,
    'See https://example.org/a, [here](http://example.org/b) or [me](mailto:ana@example.org).',
  );
  await agentDesk.say(ticketId, 'Not [a](ftp://example.org), [b](file:///etc/passwd) or [c](//example.org/x).');
  const { page, watch } = await pageOf(browser, customer);
  await openTicket(page, ticketId);
  const links = timeline(page).locator('app-inline-text a');
  await expect(timeline(page)).toContainText('[c](//example.org/x)');
  expect(await links.evaluateAll((all) => all.map((link) => (link as HTMLAnchorElement).href))).toEqual([
    'https://example.org/a',
    'http://example.org/b',
    'mailto:ana@example.org',
  ]);
  for (const link of await links.all()) {
    await expect(link).toHaveAttribute('rel', 'noopener noreferrer nofollow');
    await expect(link).toHaveAttribute('target', '_blank');
  }
  watch.expectNothing();
});

test('signing in leads to no other place than a page of the product', async ({ browser }) => {
  const { customer } = await onStage();
  const { page, watch } = await pageOf(browser, customer);
  const targets = [
    'https://evil.example/',
    '//evil.example',
    '/\\evil.example',
    '/\t/evil.example',
    '/\n/evil.example',
    '/.//evil.example',
    '/%2F%2Fevil.example',
    '/%5Cevil.example',
    'javascript:ran(1)',
    'data:text/html,<script>ran(3)</script>',
  ];
  await page.goto('/profile'); // now the browser knows that somebody is signed in
  await expect(page.getByLabel('Name')).toBeVisible();
  for (const target of targets) {
    await page.goto(`/login?returnUrl=${encodeURIComponent(target)}`);
    await expect(page, target).not.toHaveURL(/\/login/);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    expect(new URL(page.url()).origin, target).toBe(sharedOrigin());
  }
  await page.goto(`/login?returnUrl=${encodeURIComponent('/notifications')}`);
  await expect(page).toHaveURL(/\/notifications$/);
  watch.expectNothing();
});

test('the built client has no way to make code or markup of text', () => {
  const folder = join(__dirname, '../dist/frontend');
  const scripts = readdirSync(folder).filter((name) => name.endsWith('.js'));
  expect(scripts.length).toBeGreaterThan(20);
  const forbidden =
    /bypassSecurityTrust|\beval\(|new Function\b|\bdocument\.write|insertAdjacentHTML|\.(?:inner|outer)HTML\s*=[^=]/g;
  const found = scripts.flatMap((name) =>
    [...readFileSync(join(folder, name), 'utf8').matchAll(forbidden)].map(([text]) => `${name}: ${text}`),
  );
  expect(found).toEqual([]);
  const page = readFileSync(join(folder, 'index.html'), 'utf8');
  expect(page).not.toMatch(/\son\w+=|\sstyle=|<style|javascript:/i);
  expect([...page.matchAll(/<script\b[^>]*>/g)].filter(([tag]) => !/\ssrc="\/[^/]/.test(tag))).toEqual([]);
});
