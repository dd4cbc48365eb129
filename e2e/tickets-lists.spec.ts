import { expect, test, type Page } from '@playwright/test';
import { closeAll, somePeople } from './support/conversation';
import { aWord, openListOn, row, rows } from './support/lists';
import { demoAccount } from './support/people';

test.afterEach(({ browser }) => closeAll(browser));

const count = async (page: Page, list: string): Promise<number> =>
  Number(/\d+/.exec((await page.getByRole('link', { name: list }).first().textContent()) ?? '')?.[0] ?? 0);

/** The hand off the list: it may take its true form. */
const letGo = (page: Page): Promise<void> => page.mouse.move(1_000, 500);

test('a new ticket waits beside the list while a hand rests on it, and moves no row', async ({ browser }) => {
  const { agent, customerDesk } = await somePeople();
  await customerDesk.openTicket(`First ${aWord()}`);
  const page = await openListOn(browser, agent, 'view=queue');
  const first = rows(page).first();
  const [before, place] = [await first.textContent(), await first.boundingBox()];
  await first.hover();
  const ticketId = await customerDesk.openTicket(`Second ${aWord()}`);
  const arrivals = page.getByRole('button', { name: '1 new' });
  await expect(arrivals).toBeVisible();
  expect([await first.textContent(), await first.boundingBox()]).toEqual([before, place]);
  await arrivals.click();
  await expect(first).toContainText(`#${ticketId}`);
});

test('of two windows both show who claimed a ticket, and the queue without it', async ({ browser }) => {
  const { agent, colleague, customerDesk } = await somePeople();
  const ticketId = await customerDesk.openTicket(`Claimed ${aWord()}`);
  const [here, there] = [
    await openListOn(browser, agent, 'view=queue'),
    await openListOn(browser, colleague, 'view=queue'),
  ];
  await letGo(here);
  await row(there, ticketId).hover();
  const waiting = await count(there, 'Queue');
  await row(here, ticketId).getByRole('link').focus();
  await here.keyboard.press('i');
  await expect(here.getByText(`#${ticketId} is yours now.`)).toBeVisible();
  await expect(row(there, ticketId)).toContainText(agent.name);
  await expect(row(there, ticketId)).toHaveClass(/stale/);
  await letGo(there);
  await expect(row(there, ticketId)).toHaveCount(0);
  await expect.poll(() => count(there, 'Queue')).toBe(waiting - 1);
  await here.getByRole('link', { name: /^Mine/ }).click();
  await expect(row(here, ticketId)).toBeVisible();
});

test('a filter in the address opens the same list for a colleague', async ({ browser }) => {
  const { agent, agentDesk, colleague, customerDesk } = await somePeople();
  const [urgent, other] = [await customerDesk.openTicket(aWord()), await customerDesk.openTicket(aWord())];
  await agentDesk.ask('PUT', `/tickets/${urgent}/priority`, { priority: 'urgent' });
  const here = await openListOn(browser, agent, 'view=all');
  await here.getByRole('button', { name: 'Priority' }).click();
  await here.getByRole('menuitemcheckbox', { name: 'Urgent' }).click();
  await here.keyboard.press('Escape');
  await expect(row(here, other)).toHaveCount(0);
  await expect(row(here, urgent)).toBeVisible();
  const there = await openListOn(browser, colleague, new URL(here.url()).search.slice(1));
  await expect(row(there, urgent)).toBeVisible();
  await expect(row(there, other)).toHaveCount(0);
});

test('an admin brings back a ticket that its customer withdrew', async ({ browser }) => {
  const { customerDesk } = await somePeople();
  const ticketId = await customerDesk.openTicket('Withdrawn by mistake');
  await customerDesk.ask('DELETE', `/tickets/${ticketId}`);
  const page = await openListOn(browser, demoAccount('admin'), 'view=all');
  await page.goto(`/agent/tickets/${ticketId}?view=all`);
  await page.getByRole('button', { name: 'Restore ticket' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Withdrawn by mistake');
  expect(await customerDesk.ask('GET', `/tickets/${ticketId}`)).toMatchObject({ id: ticketId });
});

test('a list in which nothing matches says which filter keeps the tickets away', async ({ browser }) => {
  const { agent, agentDesk, customerDesk } = await somePeople();
  const word = aWord();
  const ticketId = await customerDesk.openTicket(`About the ${word}`);
  await expect.poll(() => agentDesk.ask('GET', `/tickets?q=${word}`)).toHaveLength(1);
  const page = await openListOn(browser, agent, 'view=all');
  await page.goto(`/agent/tickets?view=all&status=closed&priority=medium&q=${word}`);
  await page.getByRole('button', { name: 'Drop Status: Closed' }).click();
  await expect(row(page, ticketId)).toBeVisible();
  await expect(page).not.toHaveURL(/status=/);
});
