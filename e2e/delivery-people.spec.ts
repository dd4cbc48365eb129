import { expect, test, type Locator, type Page } from '@playwright/test';
import {
  aCase,
  chooseKind,
  closeAll,
  expectStored,
  field,
  messages,
  openOn,
  openTicket,
  pressSend,
  say,
  somePeople,
  states,
  timeline,
  write,
} from './support/conversation';
import { Desk } from './support/desk';
import { signInOn } from './support/people';

const isTyping = (page: Page): Locator => page.getByText('is typing');

async function untilOnline(staff: Desk, ticketId: number): Promise<void> {
  const isOnline = async () =>
    (await staff.ask<{ requester: { online: boolean } }>('GET', `/tickets/${ticketId}`)).requester.online;
  await expect.poll(isOnline).toBe(true);
}

test.afterEach(({ browser }) => closeAll(browser));

test('a draft follows its author to another device, and leaves both when it is sent', async ({ browser }) => {
  const { ticketId, customer, customerDesk } = await aCase();
  const [desk, phone] = await Promise.all([openOn(browser, customer, ticketId), openOn(browser, customer, ticketId)]);
  await write(desk, 'It began');
  await expect(desk.getByText('Saved', { exact: true })).toBeVisible();
  await desk.getByRole('heading', { level: 1 }).click();
  await expect(field(phone)).toHaveValue('It began');
  await field(phone).press('End');
  await write(phone, ' this morning.');
  await expect(field(desk)).toHaveValue('It began this morning.');
  await pressSend(phone);
  await expect(field(desk)).toHaveValue('');
  for (const page of [desk, phone]) await expect(messages(page)).toHaveText(['It began this morning.']);
  await expectStored(customerDesk, ticketId, ['It began this morning.']);
});

test('all devices of a person agree on what is unread', async ({ browser }) => {
  const { ticketId, agent, customerDesk } = await aCase(await somePeople());
  const list = await openOn(browser, agent, ticketId);
  await list.goto('/agent/tickets?view=mine');
  const row = list.getByRole('link', { name: `#${ticketId}` });
  await expect(row).toBeVisible();
  await customerDesk.say(ticketId, 'Is anybody there?');
  await expect(row).toContainText('1 unread');
  await expect(list).toHaveTitle(/^\(1\) /);

  const reader = await openOn(browser, agent, ticketId);
  await reader.goto(`/agent/tickets/${ticketId}?view=mine`);
  await expect(messages(reader)).toHaveText(['Is anybody there?']);
  await expect(row).not.toContainText('unread', { timeout: 4_000 });
  for (const page of [list, reader]) await expect(page).not.toHaveTitle(/^\(/);

  await timeline(reader).click();
  await reader.keyboard.press('u');
  const ownRow = reader.getByRole('link', { name: `#${ticketId}` });
  for (const shown of [row, ownRow]) await expect(shown).toContainText('1 unread', { timeout: 2_500 });
});

test('a reply is stopped when a colleague was faster, until it is sent on purpose', async ({ browser }) => {
  const { ticketId, customer, agent, colleague, agentDesk, customerDesk } = await aCase();
  for (let line = 1; line <= 14; line++) await customerDesk.say(ticketId, `Line ${line} of a long story.`);
  const customerPage = await openOn(browser, customer, ticketId);
  await untilOnline(agentDesk, ticketId);
  const [ana, ben] = await Promise.all([openOn(browser, agent, ticketId), openOn(browser, colleague, ticketId)]);
  await expect(messages(ben)).toHaveCount(14);
  await chooseKind(ana, 'Chat');
  await chooseKind(ben, 'Chat');
  await timeline(ben).evaluate((box) => box.scrollTo(0, 0));
  await write(ben, 'Please restart it.');
  await say(ana, 'A technician is on the way.');
  await expect(ben.getByRole('button', { name: '1 new message' })).toBeVisible();

  await pressSend(ben);
  const question = ben.getByRole('alertdialog');
  await expect(question).toContainText('Ana A technician is on the way.');
  await ben.keyboard.press('Enter');
  await ben.keyboard.press('Control+Enter');
  await expect(question).toBeVisible();
  await expect(field(ben)).toHaveValue('Please restart it.');
  expect(await agentDesk.messages(ticketId)).toHaveLength(15);

  await question.getByRole('button', { name: 'Send anyway' }).click();
  await expect(question).toHaveCount(0);
  const end = ['A technician is on the way.', 'Please restart it.'];
  for (const page of [ana, ben, customerPage]) {
    await expect(messages(page)).toHaveCount(16);
    expect((await messages(page).allTextContents()).slice(-2)).toEqual(end);
  }
  expect((await agentDesk.messages(ticketId)).slice(-2).map(({ body }) => body)).toEqual(end);
});

test('a reply to somebody who is away can be taken back, and is not stored before', async ({ browser }) => {
  const { ticketId, agent, agentDesk } = await aCase(await somePeople());
  const page = await openOn(browser, agent, ticketId);
  await chooseKind(page, 'Chat');
  await say(page, 'That is your own fault.');
  await expect(states(page)).toContainText('Goes out in');
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(field(page)).toHaveValue('That is your own fault.');
  await expect(messages(page)).toHaveCount(0);

  await say(page, 'I am sorry to hear that.');
  await expect(states(page)).toHaveText(['Sent']);
  await expectStored(agentDesk, ticketId, ['I am sorry to hear that.']);
});

test('a reply to somebody who is there goes at once', async ({ browser }) => {
  const { ticketId, customer, agent, agentDesk } = await aCase();
  const customerPage = await openOn(browser, customer, ticketId);
  await untilOnline(agentDesk, ticketId);
  const page = await openOn(browser, agent, ticketId);
  await chooseKind(page, 'Chat');
  await say(page, 'Good morning!');
  await expect(messages(customerPage)).toHaveText(['Good morning!'], { timeout: 3_000 });
  await expect(page.getByRole('button', { name: 'Undo' })).toHaveCount(0);
});

test('a customer learns who writes to them, and nothing of notes', async ({ browser }) => {
  const { ticketId, customer, agent, colleague } = await aCase();
  const context = await browser.newContext();
  await signInOn(context, customer);
  const customerPage = await context.newPage();
  const heard: string[] = [];
  customerPage.on('websocket', (line) => line.on('framereceived', ({ payload }) => heard.push(String(payload))));
  await openTicket(customerPage, ticketId);
  const [ana, ben] = await Promise.all([openOn(browser, agent, ticketId), openOn(browser, colleague, ticketId)]);
  await expect(ben.getByText('Ana is viewing')).toBeVisible();

  await chooseKind(ana, 'Note');
  await write(ana, 'Its drum was due in spring.');
  await expect(ben.getByText('Ana is replying')).toBeVisible();
  await chooseKind(ana, 'Chat');
  expect(heard.filter((frame) => frame.includes('typing'))).toEqual([]);
  await expect(field(ana)).toHaveValue('');
  await write(ana, 'One moment');
  await expect(isTyping(customerPage)).toHaveText('Ana is typing');
  await expect(isTyping(customerPage)).toHaveCount(0, { timeout: 7_500 });
  await expect(customerPage.getByText('is viewing')).toHaveCount(0);
  expect(heard.filter((frame) => frame.includes('drum') || frame.includes('viewers'))).toEqual([]);
});

test('a sign-in that ends while writing keeps the words for their author, and from everybody else', async ({
  browser,
}) => {
  const { ticketId, agent, colleague } = await aCase(await somePeople());
  const page = await openOn(browser, agent, ticketId);
  const context = page.context();
  await chooseKind(page, 'Note');
  await write(page, 'Half a thought');
  await context.request.post('/api/auth/logout-all');
  const dialog = page.getByRole('dialog', { name: 'Please sign in again' });
  await expect(dialog).toBeVisible();
  await dialog.getByLabel('Password').fill(agent.password);
  await dialog.getByRole('button', { name: 'Sign in' }).click();
  await expect(dialog).toHaveCount(0);
  await expect(field(page)).toHaveValue('Half a thought');
  await expect(page).toHaveURL(new RegExp(`/agent/tickets/${ticketId}`));

  await context.request.post('/api/auth/logout-all');
  await dialog.getByLabel('E-mail').fill(colleague.email);
  await dialog.getByLabel('Password').fill(colleague.password);
  await dialog.getByRole('button', { name: 'Sign in' }).click();
  await expect(dialog).toHaveCount(0);
  await openTicket(page, ticketId);
  await chooseKind(page, 'Note');
  await expect(field(page)).toHaveValue('');
  await expect(page.getByText('Half a thought')).toHaveCount(0);
  await expectStored(await Desk.of(agent), ticketId, []);
});
