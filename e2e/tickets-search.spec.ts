import { expect, test } from '@playwright/test';
import { closeAll, somePeople } from './support/conversation';
import { aWord, openListOn, row, rows } from './support/lists';
import { signInOn } from './support/people';

test.afterEach(({ browser }) => closeAll(browser));

test('staff find words in subjects, messages and notes, see where they stand, and narrow the search', async ({
  browser,
}) => {
  const { agent, agentDesk, customerDesk } = await somePeople();
  const word = aWord();
  const [bySubject, byMessage, byNote] = [
    await customerDesk.openTicket(`The ${word} jams`),
    await customerDesk.openTicket('Something else'),
    await customerDesk.openTicket('And another'),
  ];
  await customerDesk.say(byMessage, `It is about the ${word} again, <b>really</b>.`);
  await agentDesk.ask('POST', `/tickets/${byNote}/messages`, {
    clientMsgId: crypto.randomUUID(),
    kind: 'note',
    body: `Ask the maker of the ${word}.`,
  });
  await agentDesk.ask('PUT', `/tickets/${byMessage}/priority`, { priority: 'urgent' });

  const page = await openListOn(browser, agent, 'view=all');
  const field = page.getByRole('combobox', { name: 'Search tickets' });
  await page.keyboard.press('/');
  await expect(field).toBeFocused();
  await expect(page.getByRole('option', { name: 'status:' })).toBeVisible();
  await expect(async () => {
    await field.fill('');
    await field.fill(word.slice(0, -1));
    await expect(rows(page)).toHaveCount(3, { timeout: 2_000 });
  }).toPass();
  for (const id of [bySubject, byMessage, byNote])
    await expect(row(page, id).locator('mark').first()).toHaveText(new RegExp(word.slice(0, -1)));
  await expect(row(page, byMessage)).toContainText('<b>really</b>');
  await expect(row(page, byNote)).toContainText('Internal note');

  await field.fill(`${word} prio`);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('option', { name: 'priority:urgent' })).toBeVisible();
  await field.pressSequentially('urg');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(rows(page)).toHaveCount(1);
  await expect(row(page, byMessage)).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await expect(row(page, byMessage).getByRole('link')).toBeFocused();
  expect(new URL(page.url()).searchParams.get('q')).toContain('priority:urgent');
});

test('customers find their own words, and nothing of a note', async ({ browser }) => {
  const { customer, customerDesk, agentDesk } = await somePeople();
  const [word, secret] = [aWord(), aWord()];
  const ticketId = await customerDesk.openTicket('Something else');
  await customerDesk.say(ticketId, `It is about the ${word}.`);
  await agentDesk.ask('POST', `/tickets/${ticketId}/messages`, {
    clientMsgId: crypto.randomUUID(),
    kind: 'note',
    body: secret,
  });
  const context = await browser.newContext();
  await signInOn(context, customer);
  const page = await context.newPage();
  await page.goto('/portal/tickets');
  const field = page.getByRole('searchbox', { name: 'Search my tickets' });
  const card = page.getByRole('main').getByRole('link', { name: new RegExp(`#${ticketId}`) });
  await expect(async () => {
    await field.fill('');
    await field.fill(word);
    await expect(card.locator('mark')).toHaveText(word, { timeout: 2_000 });
  }).toPass();
  await field.fill(secret);
  await expect(page.getByText('Nothing matches')).toBeVisible();
});
