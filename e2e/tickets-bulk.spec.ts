import { expect, test } from '@playwright/test';
import { closeAll, somePeople } from './support/conversation';
import { aWord, openListOn, row } from './support/lists';

test.afterEach(({ browser }) => closeAll(browser));

test('many tickets are changed at once, the one that refuses says why, and all is taken back', async ({ browser }) => {
  const { agent, agentDesk, customerDesk } = await somePeople();
  const tag = aWord();
  const ids: number[] = [];
  for (const name of ['one', 'two', 'three']) ids.push(await customerDesk.openTicket(`Ticket ${name}`));
  for (const id of ids) await agentDesk.ask('PATCH', `/tickets/${id}`, { tags: [tag] });
  const [first = 0, second = 0, closed = 0] = ids;
  await agentDesk.ask('PUT', `/tickets/${closed}/status`, { status: 'closed' });
  const statusOf = async (id: number): Promise<string> =>
    (await agentDesk.ask<{ status: string }>('GET', `/tickets/${id}`)).status;

  const page = await openListOn(browser, agent, `view=all&tag=${tag}`);
  for (const id of ids) await expect(row(page, id)).toBeVisible();
  await row(page, first).getByRole('link').focus();
  await page.keyboard.press('Control+a');
  const bar = page.getByRole('region', { name: 'Selected tickets' });
  await expect(bar.getByText('3 selected')).toBeVisible();
  await bar.getByRole('button', { name: 'Status' }).click();
  await page.getByRole('menuitem', { name: 'Resolved' }).click();

  await expect(bar.getByRole('status')).toHaveText('2 tickets changed. 1 was not:');
  const failed = bar.getByRole('list', { name: 'Not changed' }).getByRole('listitem');
  await expect(failed).toHaveCount(1);
  await expect(failed).toContainText(`#${closed}`);
  expect(await Promise.all(ids.map(statusOf))).toEqual(['resolved', 'resolved', 'closed']);

  await bar.getByRole('button', { name: 'Undo' }).click();
  await expect(bar.getByRole('status')).toHaveText('2 tickets set back.');
  expect(await Promise.all(ids.map(statusOf))).toEqual(['open', 'open', 'closed']);
  await expect(row(page, second)).toContainText('Open');
});
