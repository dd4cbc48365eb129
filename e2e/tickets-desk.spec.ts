import { randomUUID } from 'node:crypto';
import { expect, test } from '@playwright/test';
import { closeAll, field, openOn, say, somePeople, timeline } from './support/conversation';
import { aWord, openListOn, row } from './support/lists';
import { findings } from './support/usable';

test.afterEach(({ browser }) => closeAll(browser));

test('a right click and the key open the same menu of a row', async ({ browser }) => {
  const { agent, agentDesk, customerDesk } = await somePeople();
  const ticketId = await customerDesk.openTicket(`The ${aWord()} jams`);
  const page = await openListOn(browser, agent, `view=all&q=%23${ticketId}`);
  const menu = page.getByRole('menu', { name: `Ticket #${ticketId}` });
  const entries = async () => (await menu.getByRole('menuitem').allInnerTexts()).map((text) => text.trim());

  await row(page, ticketId).click({ button: 'right' });
  await expect(menu).toBeVisible();
  const byMouse = await entries();
  expect(byMouse.join(' ')).toContain('Open in a new tab');
  expect(await findings(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(menu).toHaveCount(0);

  await row(page, ticketId).getByRole('link').focus();
  await page.keyboard.press('.');
  await expect(menu).toBeVisible();
  expect(await entries()).toEqual(byMouse);
  await menu.getByRole('menuitem', { name: 'Priority' }).click();
  await page.getByRole('menuitem', { name: 'Urgent' }).click();
  const priority = async () => (await agentDesk.ask<{ priority: string }>('GET', `/tickets/${ticketId}`)).priority;
  await expect.poll(priority).toBe('urgent');
});

test('a reply to a ticket nobody has offers to claim it, and can resolve it in the same step', async ({ browser }) => {
  const { agent, agentDesk, customerDesk } = await somePeople();
  const ticketId = await customerDesk.openTicket('The printer prints empty pages');
  const stored = () =>
    agentDesk.ask<{ status: string; assignee: { id: string } | null }>('GET', `/tickets/${ticketId}`);
  const page = await openOn(browser, agent, ticketId);

  await say(page, 'Is there paper in it?');
  const notice = page.getByText(`Nobody has claimed #${ticketId} yet.`);
  await expect(notice).toBeVisible();
  await page.locator('app-notice').getByRole('button', { name: 'Claim' }).click();
  await expect.poll(async () => (await stored()).assignee?.id).toBe(agent.id);

  await field(page).fill('Then it works again.');
  await page.getByRole('button', { name: 'More ways to send' }).click();
  await page.getByRole('menuitem', { name: 'Send and resolve' }).click();
  await expect.poll(async () => (await stored()).status).toBe('resolved');
  const said = (await agentDesk.messages(ticketId)).map(({ body }) => body);
  expect(said).toEqual(['Is there paper in it?', 'Then it works again.']);
});

test('the details stay as wide and as folded as they were left', async ({ browser }) => {
  const { agent, customerDesk } = await somePeople();
  const ticketId = await customerDesk.openTicket('The printer prints empty pages');
  const page = await openOn(browser, agent, ticketId);
  await page.setViewportSize({ width: 1600, height: 900 });
  const details = page.getByRole('complementary', { name: 'Ticket details' });
  const edge = page.getByRole('separator', { name: 'Width of the details' });
  await edge.focus();
  for (let step = 0; step < 3; step += 1) await page.keyboard.press('ArrowLeft');
  await expect(edge).toHaveAttribute('aria-valuenow', '360');
  const kept = page.waitForResponse(
    (answer) => answer.url().endsWith('/api/me') && answer.request().method() === 'PATCH',
  );
  await details.locator('summary', { hasText: 'Times' }).click();
  await kept;
  expect(await findings(page)).toEqual([]);

  await page.reload();
  await expect(timeline(page)).toBeVisible();
  await expect(edge).toHaveAttribute('aria-valuenow', '360');
  await expect(details.getByText('Last activity')).toBeHidden();
});

test('a link to a message leads there, and a long message shows its beginning', async ({ browser }) => {
  const { agent, customerDesk } = await somePeople();
  const ticketId = await customerDesk.openTicket('The printer prints empty pages');
  const long = Array.from({ length: 60 }, (_, line) => `Line ${line + 1} of the log`).join('\n');
  const first = await customerDesk.ask<{ seq: number }>('POST', `/tickets/${ticketId}/comments`, { text: long });
  for (let index = 0; index < 12; index += 1)
    await customerDesk.ask('POST', `/tickets/${ticketId}/comments`, { text: `And another thing, ${index}` });
  const page = await openOn(browser, agent, ticketId);
  await page.goto(`/tickets/${ticketId}#message-${first.seq}`);
  const message = page.locator(`app-message-bubble[data-seq="${first.seq}"]`);
  await expect(message).toBeFocused();
  await expect(message).toBeInViewport();
  const height = async () => (await message.boundingBox())?.height ?? 0;
  const folded = await height();
  await message.getByRole('button', { name: 'Show all' }).click();
  await expect(message.getByRole('button', { name: 'Show less' })).toHaveAttribute('aria-expanded', 'true');
  expect(await height()).toBeGreaterThan(folded * 1.5);
});

test('who is new sees what to do first, until they put it away', async ({ browser }) => {
  const { agent } = await somePeople();
  const page = await openListOn(browser, agent, 'view=all');
  await expect(page.getByRole('heading', { name: 'Your first minutes' })).toBeVisible();
  expect(await findings(page)).toEqual([]);
  const kept = page.waitForResponse(
    (answer) => answer.url().endsWith('/api/me') && answer.request().method() === 'PATCH',
  );
  await page.getByRole('button', { name: 'Got it' }).click();
  await expect(page.getByText('Choose a ticket', { exact: true })).toBeVisible();
  await kept;
  await page.reload();
  await expect(page.getByText('Choose a ticket', { exact: true })).toBeVisible();
});

test('a printed ticket has no notes unless that was asked for', async ({ browser }) => {
  const { agent, agentDesk, customerDesk } = await somePeople();
  const ticketId = await customerDesk.openTicket('The printer prints empty pages');
  await customerDesk.ask('POST', `/tickets/${ticketId}/comments`, { text: 'It is the one on floor 2' });
  await agentDesk.ask('POST', `/tickets/${ticketId}/messages`, {
    clientMsgId: randomUUID(),
    kind: 'note',
    body: 'He always says that',
  });
  const page = await openOn(browser, agent, ticketId);
  await page.addInitScript(
    () =>
      (window.print = () =>
        document.body.setAttribute('data-printed', document.documentElement.dataset['print'] ?? 'public')),
  );
  await page.reload();
  await expect(timeline(page)).toContainText('He always says that');
  await page.emulateMedia({ media: 'print' });
  await expect(timeline(page).getByText('It is the one on floor 2')).toBeVisible();
  await expect(timeline(page).getByText('He always says that')).toBeHidden();
  await expect(page.getByRole('textbox', { name: 'Message' })).toBeHidden();
  await page.emulateMedia({ media: 'screen' });

  await page.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Print…' }).click();
  await page.getByRole('checkbox', { name: 'Include internal notes' }).check();
  expect(await findings(page)).toEqual([]);
  await page.getByRole('button', { name: 'Print', exact: true }).click();
  await expect(page.locator('body')).toHaveAttribute('data-printed', 'notes');
});
