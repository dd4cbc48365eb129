import { expect, test } from '@playwright/test';
import { closeAll, somePeople } from './support/conversation';
import { Desk } from './support/desk';
import { openListOn } from './support/lists';

test.afterEach(({ browser }) => closeAll(browser));

test('two who change a subject see both, and the later one picks', async ({ browser }) => {
  const { agent, colleague, customerDesk, agentDesk } = await somePeople();
  const ticketId = await customerDesk.openTicket('The printer jams');
  const page = await openListOn(browser, agent, 'view=all');
  await page.goto(`/agent/tickets/${ticketId}?view=all`);
  await page.getByRole('button', { name: 'Edit the subject' }).click();
  const field = page.getByRole('textbox', { name: 'Subject' });
  await field.fill('Paper jam on floor 2');

  const other = await Desk.of(colleague);
  await other.ask('PATCH', `/tickets/${ticketId}`, { subject: 'Printer out of order' });
  await field.press('Enter');
  const dialog = page.getByRole('dialog', { name: `${colleague.name} changed this meanwhile` });
  await expect(dialog).toContainText('Printer out of order');
  await expect(dialog).toContainText('Paper jam on floor 2');
  await expect(dialog.getByRole('radio', { name: colleague.name })).toBeChecked();
  await dialog.getByRole('radio', { name: 'You' }).check();
  await dialog.getByRole('button', { name: 'Save what is chosen' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Paper jam on floor 2');
  await expect
    .poll(async () => (await agentDesk.ask<{ subject: string }>('GET', `/tickets/${ticketId}`)).subject)
    .toBe('Paper jam on floor 2');
});

test('staff edit a description, and what its customer changed meanwhile is not lost', async ({ browser }) => {
  const { agent, customerDesk, agentDesk } = await somePeople();
  const ticketId = await customerDesk.openTicket('The printer jams');
  const page = await openListOn(browser, agent, 'view=all');
  await page.goto(`/agent/tickets/${ticketId}?view=all`);
  await page.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Edit subject and description' }).click();
  const form = page.getByRole('form', { name: 'Edit the ticket' });
  await form.getByLabel('Description').fill('Only on the second floor.');

  await customerDesk.ask('PATCH', `/tickets/${ticketId}`, { subject: 'The printer jams every day' });
  await form.getByRole('button', { name: 'Save' }).click();
  await expect(form).toHaveCount(0);
  expect(await agentDesk.ask('GET', `/tickets/${ticketId}`)).toMatchObject({
    subject: 'The printer jams every day',
    description: 'Only on the second floor.',
  });
});
