import { expect, test } from '@playwright/test';
import { closeAll, somePeople, timeline } from './support/conversation';
import { aWord, openListOn, row } from './support/lists';

test.afterEach(({ browser }) => closeAll(browser));

test('a ticket is found, claimed, resolved and left by keys alone', async ({ browser }) => {
  const { agent, agentDesk, customerDesk } = await somePeople();
  const word = aWord();
  const ticketId = await customerDesk.openTicket(`The ${word} jams`);
  const page = await openListOn(browser, agent, 'view=queue');
  const stored = () =>
    agentDesk.ask<{ status: string; priority: string; assignee: { id: string } | null }>('GET', `/tickets/${ticketId}`);

  await page.keyboard.press('/');
  await expect(page.getByRole('combobox', { name: 'Search tickets' })).toBeFocused();
  await page.keyboard.type(`#${ticketId}`);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(new RegExp(`/agent/tickets/${ticketId}\\b`));
  await expect(timeline(page)).toBeVisible();

  await page.keyboard.press('Escape');
  await expect(page).toHaveURL(/\/agent\/tickets\?view=queue$/);
  await expect(row(page, ticketId)).toBeVisible();
  await page.keyboard.press('j');
  await expect(row(page, ticketId).getByRole('link')).toBeFocused();
  await page.keyboard.press('i');
  await expect.poll(async () => (await stored()).assignee?.id).toBe(agent.id);

  await page.keyboard.press('Enter');
  await expect(timeline(page)).toBeVisible();
  await page.keyboard.press('p');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect.poll(async () => (await stored()).priority).toBe('high');
  await page.keyboard.press('e');
  await expect.poll(async () => (await stored()).status).toBe('resolved');
  await page.keyboard.press('Escape');
  await expect(page).toHaveURL(/\/agent\/tickets\?/);
});
