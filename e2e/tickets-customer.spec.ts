import { expect, test, type Browser, type Locator, type Page } from '@playwright/test';
import { closeAll, field, somePeople, timeline } from './support/conversation';
import type { Person } from './support/desk';
import { aScreenshot } from './support/files';
import { aWord } from './support/lists';
import { signInOn } from './support/people';

test.afterEach(({ browser }) => closeAll(browser));

async function pageOf(browser: Browser, person: Person, address: string): Promise<Page> {
  const context = await browser.newContext();
  await signInOn(context, person);
  const page = await context.newPage();
  await page.goto(address);
  return page;
}

const tab = (page: Page, name: string): Locator =>
  page.getByRole('group', { name: 'Which tickets' }).getByRole('button', { name });
const card = (page: Page, ticketId: number): Locator =>
  page.getByRole('main').getByRole('link', { name: new RegExp(`#${ticketId}\\b`) });

test('a customer sees when it is their turn, and takes it', async ({ browser }) => {
  const { customer, customerDesk, agentDesk } = await somePeople();
  const [ticketId, other] = [await customerDesk.openTicket('One'), await customerDesk.openTicket('Two')];
  const page = await pageOf(browser, customer, '/portal/tickets');
  await expect(card(page, other)).toBeVisible();
  await expect(tab(page, 'Your turn')).toHaveText(/Your turn\s*0/);
  await agentDesk.say(ticketId, 'Which printer is it?');
  await expect(tab(page, 'Your turn')).toHaveText(/Your turn\s*1/);
  await tab(page, 'Your turn').click();
  await expect(card(page, ticketId)).toBeVisible();
  await expect(card(page, other)).toHaveCount(0);
  await customerDesk.say(ticketId, 'The one on floor 2.');
  await expect(tab(page, 'Your turn')).toHaveText(/Your turn\s*0/);
});

test('a customer marks a ticket as solved, opens it again, edits and withdraws it', async ({ browser }) => {
  const { customer, customerDesk } = await somePeople();
  const ticketId = await customerDesk.openTicket('The printer jams');
  const page = await pageOf(browser, customer, `/portal/tickets/${ticketId}`);
  const status = async (): Promise<string> =>
    (await customerDesk.ask<{ status: string }>('GET', `/tickets/${ticketId}`)).status;

  await page.getByRole('button', { name: 'Solved, thank you' }).click();
  await expect.poll(status).toBe('resolved');
  await page.getByRole('button', { name: 'Reopen' }).click();
  await expect.poll(status).toBe('open');

  await page.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('button', { name: 'Edit' }).click();
  await page.getByLabel('Subject').fill('The printer jams again');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('The printer jams again');

  await page.getByRole('button', { name: 'More actions' }).click();
  await page.getByRole('button', { name: 'Close', exact: true }).click();
  await page.getByRole('button', { name: 'Close ticket' }).click();
  await expect.poll(status).toBe('closed');
  await expect(page.getByText('This ticket is closed.')).toBeVisible();
  await page.goto('/portal/tickets?tab=done');
  await expect(card(page, ticketId)).toBeVisible();
});

test('what was begun goes on in the similar ticket there is already', async ({ browser }) => {
  const { customer, customerDesk } = await somePeople();
  const word = aWord();
  const ticketId = await customerDesk.openTicket(`The ${word} jams`);
  const page = await pageOf(browser, customer, '/portal/tickets/new');
  await page.getByLabel('Description').fill('Since Monday.');
  await page
    .locator('input[type=file]')
    .first()
    .setInputFiles(await aScreenshot('screen.png', '#8a2d2d'));
  const offer = page.getByRole('link', { name: `Add to #${ticketId} instead` });
  await expect(async () => {
    await page.getByLabel('Subject').fill('');
    await page.getByLabel('Subject').fill(`My ${word}`);
    await expect(offer).toBeVisible({ timeout: 3_000 });
  }).toPass();
  await offer.click();
  await expect(timeline(page)).toBeVisible();
  await expect(field(page)).toHaveValue(`My ${word}\n\nSince Monday.`);
  await expect(page.getByText('screen.png')).toBeVisible();
  await page.getByRole('button', { name: 'Send', exact: true }).click();
  await expect
    .poll(async () => (await customerDesk.messages(ticketId)).map(({ attachments }) => attachments.length))
    .toEqual([1]);
  await page.goto('/portal/tickets/new');
  await expect(page.getByLabel('Subject')).toHaveValue('');
});
