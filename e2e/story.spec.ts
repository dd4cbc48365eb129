import { expect, test, type Browser, type BrowserContext, type Locator, type Page } from '@playwright/test';
import { aDocument, aScreenshot } from './support/files';
import { demoAccount, register, signIn } from './support/people';
import { keepPicture } from './support/pictures';

const SUBJECT = 'The printer on the second floor prints empty pages';

/** Two people at two machines: nothing is shared between their browsers. */
async function twoPeople(browser: Browser): Promise<{ customer: Page; agent: Page; contexts: BrowserContext[] }> {
  const contexts = await Promise.all([browser.newContext(), browser.newContext()]);
  const [customer, agent] = await Promise.all(contexts.map((context) => context.newPage()));
  return { customer, agent, contexts };
}

const timeline = (page: Page): Locator => page.getByRole('region', { name: 'Timeline' });

async function say(page: Page, text: string, button = 'Send'): Promise<void> {
  await page.getByRole('textbox', { name: 'Message' }).fill(text);
  await page.getByRole('button', { name: button, exact: true }).click();
  await expect(timeline(page).getByText(text)).toBeVisible();
}

/** Opens the ticket in a list of staff; what arrived waits behind a button, until the list settles by itself. */
async function openFromQueue(page: Page): Promise<void> {
  const row = page.getByRole('link', { name: SUBJECT }).first();
  const arrivals = page.getByRole('button', { name: /\d+ new/ });
  await expect(async () => {
    if (await arrivals.isVisible()) await arrivals.click({ timeout: 1_000 });
    await expect(row).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 15_000 });
  await keepPicture(page, 'queue');
  await row.click();
}

async function choose(page: Page, fact: RegExp, option: string): Promise<void> {
  await page.getByRole('button', { name: fact }).click();
  await page.getByRole('menu').getByText(option, { exact: true }).click();
}

test('a customer and an agent take a ticket from the first word to the last', async ({ browser }) => {
  const { customer, agent, contexts } = await twoPeople(browser);
  const ana = demoAccount('agent');

  await test.step('both sign in, and the agent watches the queue', async () => {
    await customer.goto('/login');
    await keepPicture(customer, 'sign-in');
    await register(customer, 'Cora Customer');
    await keepPicture(customer, 'no-tickets-yet');
    await signIn(agent, ana);
    await agent.goto('/agent/tickets?view=queue');
  });

  await test.step('the customer creates a ticket with two screenshots and a document', async () => {
    await customer.goto('/tickets/new');
    await customer.getByLabel('Subject').fill(SUBJECT);
    await customer.getByLabel('Description').fill('Since this morning every second page is empty.');
    await customer.getByLabel('Category').selectOption({ label: 'Technical' });
    await customer
      .locator('input[type=file]')
      .first()
      .setInputFiles([
        await aScreenshot('warning.png', '#c5281f'),
        await aScreenshot('settings.png', '#2563a8'),
        aDocument('manual.pdf'),
      ]);
    await expect(customer.getByText('warning.png')).toBeVisible();
    await keepPicture(customer, 'new-ticket');
    await customer.getByRole('button', { name: 'Create ticket' }).click();
    await expect(customer.getByRole('heading', { name: SUBJECT })).toBeVisible();
    await expect(customer).toHaveURL(/\/tickets\/\d+$/);
  });

  await test.step('it appears in the queue without a reload, and the agent claims it', async () => {
    await openFromQueue(agent);
    const workspace = agent.getByRole('region', { name: 'Ticket', exact: true });
    await workspace.getByRole('button', { name: 'Claim', exact: true }).click();
    await expect(agent.getByRole('button', { name: 'Status: In progress' })).toBeVisible();
    await expect(timeline(customer).getByText(`${ana.name} took the ticket`)).toBeVisible();
  });

  await test.step('both talk, live', async () => {
    await say(agent, 'Good morning! Which printer is it?');
    await expect(timeline(customer).getByText('Good morning! Which printer is it?')).toBeVisible();
    await say(customer, 'The grey one beside the stairs.');
    await expect(timeline(agent).getByText('The grey one beside the stairs.')).toBeVisible();
  });

  await test.step('a note stays among staff', async () => {
    const kind = agent.getByRole('group', { name: 'Kind of message' });
    await kind.getByText('Note').click();
    await say(agent, 'Its drum was due in spring.', 'Add note');
    await kind.getByText('Chat').click();
    await say(agent, 'I am ordering a new drum.');
    await expect(timeline(customer).getByText('I am ordering a new drum.')).toBeVisible();
    await expect(customer.getByText('Its drum was due in spring.')).toHaveCount(0);
    await keepPicture(agent, 'workspace');
    await keepPicture(customer, 'conversation');
  });

  await test.step('a red dot tells of what was said while the customer looked elsewhere', async () => {
    await customer.getByRole('link', { name: 'Back to my tickets' }).click();
    await say(agent, 'The drum arrived and is built in.');
    const card = customer.getByRole('link', { name: SUBJECT });
    await expect(card).toContainText('unread');
    await keepPicture(customer, 'unread');
    await card.click();
    await expect(timeline(customer).getByText('The drum arrived and is built in.')).toBeVisible();
    await customer.waitForTimeout(2_000); // reading is what was shown for a second
    await customer.getByRole('link', { name: 'Back to my tickets' }).click();
    await expect(card).toBeVisible();
    await expect(card).not.toContainText('unread');
    await card.click();
  });

  await test.step('the customer sees each change as it happens', async () => {
    await choose(agent, /^Priority:/, 'High');
    await expect(agent.getByRole('button', { name: 'Priority: High' })).toBeVisible();
    await expect(
      timeline(customer)
        .getByText(/priority/i)
        .first(),
    ).toBeVisible();
    await choose(agent, /^Status:/, 'Resolved');
    await expect(customer.getByRole('button', { name: 'Reopen' })).toBeVisible();
  });

  await test.step('once the ticket is closed the customer can read, but no longer write', async () => {
    await expect(customer.getByRole('textbox', { name: 'Message' })).toBeVisible();
    await choose(agent, /^Status:/, 'Closed');
    await expect(customer.getByText('This ticket is closed.', { exact: false }).first()).toBeVisible();
    await expect(customer.getByRole('textbox', { name: 'Message' })).toHaveCount(0);
    await keepPicture(customer, 'closed');
  });

  await Promise.all(contexts.map((context) => context.close()));
});
