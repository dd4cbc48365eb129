import { expect, test, type Locator, type Page } from '@playwright/test';
import { closeAll, openOn, somePeople, timeline } from './support/conversation';
import { aWord, openListOn, row } from './support/lists';
import { demoAccount, signIn, signInOn } from './support/people';
import { findings, widthBeyondTheScreen } from './support/usable';

test.afterEach(({ browser }) => closeAll(browser));

const palette = (page: Page): Locator => page.getByRole('combobox', { name: 'Find a command, a ticket or a person' });
const options = (page: Page): Locator => page.getByRole('listbox', { name: 'Found' }).getByRole('option');

async function openPalette(page: Page): Promise<void> {
  await expect(page.getByRole('button', { name: 'Find anything' })).toBeVisible();
  await page.keyboard.press('Control+k');
  await expect(palette(page)).toBeFocused();
}

test('the palette finds what can be done with the ticket, people, tickets and settings', async ({ browser }) => {
  const { agent, agentDesk, customer, customerDesk } = await somePeople();
  const word = aWord();
  const ticketId = await customerDesk.openTicket(`The ${word} jams`);
  const page = await openOn(browser, agent, ticketId);

  await openPalette(page);
  await expect(page.getByRole('group', { name: 'Open ticket' }).getByRole('option').first()).toContainText('Reply');
  expect(await findings(page)).toEqual([]);
  await page.keyboard.type('reslove');
  await expect(options(page).first()).toContainText('Resolve');
  await expect(options(page).first()).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Enter');
  await expect(palette(page)).toHaveCount(0);
  const status = async () => (await agentDesk.ask<{ status: string }>('GET', `/tickets/${ticketId}`)).status;
  await expect.poll(status).toBe('resolved');

  await openPalette(page);
  await page.keyboard.type(word);
  await expect(page.getByRole('group', { name: 'Tickets' })).toContainText(`#${ticketId} The ${word} jams`);
  await palette(page).fill(customer.email);
  await expect(page.getByRole('group', { name: 'People' })).toContainText(customer.email);
  await palette(page).fill('admin');
  await expect(page.getByText('Nothing fits these words.').or(options(page)).first()).toBeVisible();
  await expect(options(page).filter({ hasText: 'Admin:' })).toHaveCount(0);
  await palette(page).fill('dark');
  await expect(options(page).first()).toContainText('Dark appearance');
  await page.keyboard.press('Enter');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');

  await openPalette(page);
  await expect(page.getByRole('group', { name: 'Recent' }).getByRole('option')).toContainText(['Dark appearance']);
  expect(await findings(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(palette(page)).toHaveCount(0);
});

test('the palette of a customer has what is theirs, as a sheet on a phone', async ({ browser }) => {
  const { customer, customerDesk } = await somePeople();
  const word = aWord();
  await customerDesk.openTicket(`The ${word} jams`);
  const context = await browser.newContext({ viewport: { width: 360, height: 740 }, hasTouch: true });
  await signInOn(context, customer);
  const page = await context.newPage();
  await page.goto('/portal/tickets');
  await page.getByRole('button', { name: 'Find anything' }).click();
  await expect(palette(page)).toBeFocused();
  for (const words of ['Admin', 'queue', 'note', 'Assign'])
    await expect(options(page).filter({ hasText: words })).toHaveCount(0);
  expect(await findings(page)).toEqual([]);
  expect(await widthBeyondTheScreen(page)).toBe(0);
  await palette(page).fill(word);
  await options(page).filter({ hasText: word }).click();
  await expect(timeline(page)).toBeVisible();
});

test('an admin finds the pages of the desk', async ({ page }) => {
  await signIn(page, demoAccount('admin'));
  await openPalette(page);
  await page.keyboard.type('audit');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/admin\/audit/);
});

test('each key does what the list of keys says', async ({ browser }) => {
  const { agent, customerDesk } = await somePeople();
  const ids = [];
  for (const name of ['First', 'Second']) ids.push(await customerDesk.openTicket(`${name} ${aWord()}`));
  const [first, second] = ids as [number, number];
  const requester = (await customerDesk.ask<{ requester: { id: string } }>('GET', `/tickets/${first}`)).requester.id;
  const page = await openListOn(browser, agent, `view=all&requester=${requester}&sort=createdAt`);
  const open = (ticketId: number) => expect(page).toHaveURL(new RegExp(`/agent/tickets/${ticketId}\\b`));
  await expect(page.getByRole('button', { name: 'Find anything' })).toBeVisible();

  await page.keyboard.press('?');
  const list = page.getByRole('dialog', { name: 'Keys of this page' });
  await expect(list).toContainText('Select all that are loaded');
  expect(await findings(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(list).toHaveCount(0);

  await page.keyboard.press('j');
  await expect(row(page, first).getByRole('link')).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(row(page, second).getByRole('link')).toBeFocused();
  await page.keyboard.press('k');
  await page.keyboard.press('x');
  await expect(row(page, first).getByRole('checkbox')).toBeChecked();
  await page.keyboard.press('Shift+ArrowDown');
  await expect(row(page, second).getByRole('checkbox')).toBeChecked();
  await page.keyboard.press('Escape');
  await expect(row(page, second).getByRole('checkbox')).not.toBeChecked();
  await page.keyboard.press('k');
  await page.keyboard.press('Enter');
  await open(first);
  await expect(timeline(page)).toBeVisible();
  await page.keyboard.press(']');
  await open(second);
  await page.keyboard.press('[');
  await open(first);
  await expect(timeline(page)).toBeVisible();

  const field = page.getByRole('textbox', { name: 'Message' });
  await page.keyboard.press('n');
  await expect(field).toBeFocused();
  await expect(page.getByRole('button', { name: 'Add note' })).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.press('r');
  await expect(field).toBeFocused();
  await expect(page.getByRole('button', { name: 'Add note' })).toHaveCount(0);
  await page.keyboard.press('Escape');
  for (const [key, words] of [
    ['s', 'Resolved'],
    ['p', 'Urgent'],
    ['a', 'Me'],
  ] as const) {
    await page.keyboard.press(key);
    await expect(page.getByRole('menu')).toContainText(words);
    await page.keyboard.press('Escape');
    await expect(page.getByRole('menu')).toHaveCount(0);
  }
  await page.keyboard.press('d');
  const details = page.getByRole('complementary', { name: 'Ticket details' });
  await expect(details).toBeVisible();
  await page.keyboard.press('d');
  await expect(details).toBeHidden();
  await page.keyboard.press('l');
  await expect(details.getByRole('combobox', { name: 'Add a tag' })).toBeFocused();
  await page.keyboard.press('F6');
  await expect(details.locator(':focus')).toHaveCount(0);
  await page.keyboard.press('g');
  await page.keyboard.press('n');
  await expect(page).toHaveURL(/\/notifications/);
  await page.keyboard.press('g');
  await page.keyboard.press('q');
  await expect(page).toHaveURL(/view=queue/);
  await page.keyboard.press('g');
  await page.keyboard.press('s');
  await expect(page.getByRole('combobox', { name: 'Search tickets' })).toBeFocused();
  await page.keyboard.press('Escape'); // what is offered goes first, then the field is left
  await page.keyboard.press('Escape');
  await expect(page.getByRole('combobox', { name: 'Search tickets' })).not.toBeFocused();
  await page.keyboard.press('c');
  await expect(page).toHaveURL(/\/agent\/tickets\/new/);
});

test('a key is changed in the profile, not to one that is taken, and single keys can be off', async ({ browser }) => {
  const { agent, customerDesk } = await somePeople();
  const ticketId = await customerDesk.openTicket('The printer prints empty pages');
  const page = await openOn(browser, agent, ticketId);
  await page.goto('/profile');
  await page.getByText('Change keys', { exact: true }).click();
  const line = page.getByRole('region', { name: 'Keys' }).getByRole('button', { name: /^Reply/ });
  await line.click();
  await page.keyboard.press('n');
  await expect(page.getByText('“n” is taken: Write a note. Choose another one.')).toBeVisible();
  await page.keyboard.press('v');
  await expect(line).toContainText('v');
  expect(await findings(page)).toEqual([]);

  await page.goto(`/tickets/${ticketId}`);
  await expect(timeline(page)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Find anything' })).toBeVisible();
  await page.keyboard.press('r');
  await page.keyboard.press('v');
  const field = page.getByRole('textbox', { name: 'Message' });
  await expect(field).toBeFocused();
  await expect(field).toHaveValue('');

  await page.goto('/profile');
  await page.getByRole('checkbox', { name: 'Use single keys' }).uncheck();
  await expect(page.getByText('Keys that type a character are off.').last()).toBeVisible();
  await page.goto(`/tickets/${ticketId}`);
  await expect(timeline(page)).toBeVisible();
  await openPalette(page);
  await page.keyboard.press('Escape');
  await page.keyboard.press('v');
  await expect(field).not.toBeFocused();
});
