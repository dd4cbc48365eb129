import { AxeBuilder } from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { aCustomer, anAgent, Desk } from './support/desk';
import { demoAccount, signInOn } from './support/people';

interface KeptMail {
  to: string;
  text: string;
}

const UNSUBSCRIBE = /https?:\/\/[^/]+(\/unsubscribe\?token=\S+)/;

/** A customer who was mailed a comment, and the link to stop such mails. */
async function mailedCustomer() {
  const customer = await aCustomer('Cora Lind');
  const desk = await Desk.of(customer);
  const ticketId = await desk.openTicket('The scanner is stuck');
  const agentDesk = await Desk.of(await anAgent('Ana Silva'));
  const body = 'Please **switch it off** <b>now</b>';
  await agentDesk.ask('POST', `/tickets/${ticketId}/comments`, { text: body });
  const admin = await Desk.of(demoAccount('admin'));
  let link = '';
  await expect(async () => {
    const mails = await admin.ask<KeptMail[]>('GET', `/mails?to=${customer.email}`);
    link = UNSUBSCRIBE.exec(mails.find(({ text }) => text.includes('switch it off'))?.text ?? '')?.[1] ?? '';
    expect(link).not.toBe('');
  }).toPass({ timeout: 15_000 });
  return { customer, desk, link };
}

/** Refused scripts and styles, and exceptions. */
function troublesOf(page: Page): string[] {
  const troubles: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') troubles.push(message.text());
  });
  page.on('pageerror', ({ message }) => troubles.push(message));
  return troubles;
}

async function seriousFindings(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id }) => id);
}

for (const colorScheme of ['light', 'dark'] as const)
  test(`an admin finds a mail and reads it, and nothing in it runs, ${colorScheme}`, async ({ browser }, info) => {
    const { customer } = await mailedCustomer();
    const context = await browser.newContext({ colorScheme });
    await signInOn(context, demoAccount('admin'));
    const page = await context.newPage();
    const troubles = troublesOf(page);
    await page.goto('/admin/mails');
    await expect(page.getByText('Nothing is sent: no mail server is set up')).toBeVisible();
    await page.getByLabel('Address begins with').fill(customer.email);
    await page.getByLabel('Address begins with').press('Enter');
    await expect(page).toHaveURL(/\?to=/);
    await page.getByLabel('Status').selectOption('kept');
    await expect(page).toHaveURL(/status=kept/);
    await expect(page.locator('summary')).toHaveCount(2);
    await page.locator('summary').first().click();
    const letter = page.locator('.letter').first();
    await expect(letter).toContainText('Ana Silva wrote:');
    await expect(letter.locator('strong')).toHaveText('switch it off');
    await expect(letter).toContainText('<b>now</b>');
    await expect(page.getByRole('button', { name: /Send now/ })).toHaveCount(0);
    await page.screenshot({ path: info.outputPath('mails.png'), fullPage: true });
    expect(await seriousFindings(page)).toEqual([]);
    expect(troubles).toEqual([]);
    await context.close();
  });

test('a customer stops a kind of mail with one click from the mail, and starts it again in the profile', async ({
  browser,
}, info) => {
  const { customer, desk, link } = await mailedCustomer();
  const wishes = async (): Promise<object> =>
    (await desk.ask<{ preferences: { email: object } }>('GET', '/me')).preferences.email;
  const context = await browser.newContext({ colorScheme: 'dark' });
  const page = await context.newPage();
  await page.goto(link);
  await expect(page.getByText('They are about what is said in your tickets.')).toBeVisible();
  expect(await wishes()).toMatchObject({ messages: true });
  expect(await seriousFindings(page)).toEqual([]);
  await page.screenshot({ path: info.outputPath('unsubscribe.png') });
  await page.getByRole('button', { name: 'Stop these mails' }).click();
  await expect(page.getByText('You get no more mails about what is said in your tickets.')).toBeVisible();
  expect(await wishes()).toMatchObject({ messages: false, status: true });

  await signInOn(context, customer);
  await page.goto('/profile');
  const choice = page.getByLabel('Messages: Mail');
  await expect(choice).not.toBeChecked();
  await choice.check();
  await expect.poll(wishes).toMatchObject({ messages: true });
  await page.getByLabel('Language of pages and mails').selectOption('de');
  await expect
    .poll(async () => (await desk.ask<{ preferences: object }>('GET', '/me')).preferences)
    .toMatchObject({
      language: 'de',
    });
  await page.locator('app-language-section').screenshot({ path: info.outputPath('profile.png') });
  expect(await seriousFindings(page)).toEqual([]);
  await context.close();
});

test('a link that is not from a mail says so', async ({ page }) => {
  await page.goto('/unsubscribe?token=nobody.messages.nothing');
  await page.getByRole('button', { name: 'Stop these mails' }).click();
  await expect(page.getByRole('heading', { name: 'This link does not work' })).toBeVisible();
});
