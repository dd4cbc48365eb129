import { expect, test, type Page } from '@playwright/test';
import { closeAll } from './support/conversation';
import { aCustomer, Desk, sharedOrigin } from './support/desk';
import { demoAccount, type Account } from './support/people';
import { findings, widthBeyondTheScreen } from './support/usable';
import { Watch } from './support/watch';

const UNKNOWN = 'a-token-that-was-never-given-out-to-anybody';
const WRONG = 'E-mail and password do not fit together.';

test.afterEach(({ browser }) => closeAll(browser));

const password = (page: Page, name = 'Password') => page.getByLabel(name, { exact: true });

async function attempt(page: Page, account: Account): Promise<void> {
  await page.getByLabel('E-mail').fill(account.email);
  await password(page).fill(account.password);
  await password(page).press('Enter');
}

/** The link of the newest mail to this address. */
async function mailedLink(to: string, desk: Desk): Promise<string> {
  let link: string | undefined;
  await expect(async () => {
    const mails = await desk.ask<{ to: string; text: string }[]>('GET', '/mails');
    const url = /https?:\S+token=[\w-]+/.exec(mails.find((mail) => mail.to === to)?.text ?? '')?.[0];
    link = url && new URL(url).pathname + new URL(url).search;
    expect(link).toBeDefined();
  }).toPass({ timeout: 10_000 });
  return link ?? '';
}

for (const scheme of ['light', 'dark'] as const)
  test(`every state of the pages before sign-in can be used by everybody, ${scheme}`, async ({ browser }) => {
    const page = await (await browser.newContext({ colorScheme: scheme })).newPage();
    const judge = async (state: string): Promise<void> => {
      expect.soft(await findings(page), state).toEqual([]);
      expect.soft(await widthBeyondTheScreen(page), `${state} scrolls sideways`).toBe(0);
    };
    await page.goto('/login');
    await page.getByText('Just set this up?').click();
    await password(page).press('Enter');
    await expect(page.getByText('Please fill in this field.')).toBeVisible();
    await judge('a field that was left empty');
    await page.goto('/register');
    await password(page).fill('heron');
    await page.getByRole('button', { name: 'Create account' }).click();
    await expect(page.getByText('Please take at least 8 characters.')).toBeVisible();
    await judge('a registration that lacks something');
    await page.goto(`/reset-password?token=${UNKNOWN}`);
    await password(page, 'New password').fill('heron-on-the-roof');
    await judge('a new password');
    await page.getByRole('button', { name: 'Set password' }).click();
    await expect(page.getByText('This link was used already or is too old.', { exact: false })).toBeVisible();
    await judge('a link that is too old');
    await page.goto(`/invite?token=${UNKNOWN}`);
    await password(page).fill('heron-on-the-roof');
    await judge('an invitation');
    await page.getByRole('button', { name: 'Accept invitation' }).click();
    await expect(page.getByRole('heading', { name: 'This invitation does not work' })).toBeVisible();
    await judge('an invitation that is spent');
    await page.goto(`/confirm-email?token=${UNKNOWN}`);
    await page.getByRole('button', { name: 'Confirm the address' }).click();
    await expect(page.getByRole('heading', { name: 'This link does not work' })).toBeVisible();
    await judge('an address that is not confirmed');
  });

test('a password manager knows every field, and the order of Tab is that of the eye', async ({ page }) => {
  const fields = (): Promise<string[]> =>
    page.locator('input').evaluateAll((inputs) => inputs.map((input) => (input as HTMLInputElement).autocomplete));
  await page.goto('/login');
  await expect(password(page)).toBeVisible();
  expect(await fields()).toEqual(['username', 'current-password']);
  await page.getByLabel('E-mail').focus();
  await page.keyboard.press('Tab');
  await expect(password(page)).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('button', { name: 'Show characters' })).toBeFocused();
  await page.goto('/register');
  await expect(page.getByLabel('Name')).toBeVisible();
  expect(await fields()).toEqual(['name', 'username', 'new-password']);
  await page.goto(`/reset-password?token=${UNKNOWN}`);
  await expect(password(page, 'New password')).toBeVisible();
  expect(await fields()).toEqual(['new-password']);
  await page.goto(`/invite?token=${UNKNOWN}`);
  await expect(password(page)).toBeVisible();
  expect(await fields()).toEqual(['name', 'new-password']);
});

test('the rules of a password stand there before typing, and are ticked while typing', async ({ page }) => {
  await page.goto('/register');
  const rule = page.getByRole('listitem').filter({ hasText: '8 to 128 characters, any you like' });
  await expect(rule).toContainText('not met yet');
  await password(page).pressSequentially('heron 🪶');
  await expect(rule).toContainText('- met');
  await expect(page.getByText(/^Strength: /)).toBeVisible();
  await page.getByRole('button', { name: 'Show characters' }).click();
  await expect(password(page)).toHaveAttribute('type', 'text');
  await page.getByLabel('Name').fill('Cora');
  await page.getByLabel('E-mail').fill('heron@example.org');
  await password(page).fill('password1');
  await page.getByRole('button', { name: 'Create account' }).click();
  await expect(page.getByText('is one of the first that are guessed', { exact: false })).toBeVisible();
  await expect(password(page), 'the one to change').toBeFocused();
});

test('nobody learns at sign-in or from a reset whether an address is known, and all learn how long to wait', async ({
  page,
}) => {
  const known = await aCustomer('Cora');
  const said: string[] = [];
  for (const email of [known.email, 'nobody-at-all@example.org']) {
    await page.goto('/login');
    await attempt(page, { email, password: 'not the password' });
    await expect(page.getByText(WRONG)).toBeVisible();
    await expect(password(page)).toBeFocused();
    await page.goto('/reset-password');
    await page.getByLabel('E-mail').fill(email);
    await page.getByRole('button', { name: 'Send the link' }).click();
    await expect(page.getByRole('heading', { name: 'Look into your mail' })).toBeVisible();
    said.push(await page.getByRole('main').innerText());
  }
  expect(said[0]).toBe(said[1]);
  await page.route('**/api/auth/login', (route) =>
    route.fulfill({
      status: 429,
      headers: { 'retry-after': '45', 'content-type': 'application/problem+json' },
      body: JSON.stringify({ type: 'about:blank', title: 'x', status: 429, detail: 'x', code: 'rate-limited' }),
    }),
  );
  await page.goto('/login');
  await attempt(page, known);
  await expect(page.getByText('Please wait 45 seconds and try again.', { exact: false })).toBeVisible();
});

test('the link of a mail sets a new password once, and never stands in the address or leaves the product', async ({
  browser,
}) => {
  const [customer, desk] = await Promise.all([aCustomer('Cora'), Desk.of(demoAccount('admin'))]);
  const context = await browser.newContext();
  const watch = await Watch.over(context, sharedOrigin());
  const page = await context.newPage();
  await page.goto('/login?returnUrl=%2Fnotifications');
  await page.getByRole('link', { name: 'Forgot your password?' }).click();
  await expect(page.getByRole('heading', { name: 'Forgot your password?' })).toBeVisible(); // sign-in has that field, too
  await page.getByLabel('E-mail').fill(customer.email);
  await page.getByRole('button', { name: 'Send the link' }).click();
  await expect(page.getByRole('heading', { name: 'Look into your mail' })).toBeVisible();
  await page.getByRole('link', { name: 'Back to sign-in' }).click();
  await expect(page, 'the target stays').toHaveURL(/\/login\?returnUrl=%2Fnotifications$/);

  const link = await mailedLink(customer.email, desk);
  const answer = await page.goto(link);
  expect(answer?.headers()).toMatchObject({ 'referrer-policy': 'no-referrer', 'cache-control': 'no-store' });
  await expect(page).toHaveURL(/\/reset-password$/);
  await page.reload();
  const changed = { email: customer.email, password: 'seven herons on a roof' };
  await password(page, 'New password').fill(changed.password);
  await page.getByRole('button', { name: 'Set password' }).click();
  await page.getByRole('link', { name: 'Go to sign-in' }).click();
  await attempt(page, customer);
  await expect(page.getByText(WRONG)).toBeVisible();
  await attempt(page, changed);
  await expect(page).toHaveURL(/\/portal/);

  await page.goto(link);
  await password(page, 'New password').fill('eight herons on a roof');
  await page.getByRole('button', { name: 'Set password' }).click();
  await expect(page.getByText('Ask for a new one here.', { exact: false })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Send the link' })).toBeVisible();
  watch.expectNothing();
});

test('a link leads to its page after a sign-in, and after a registration', async ({ page }) => {
  const customer = await aCustomer('Cora');
  const ticketId = await (await Desk.of(customer)).openTicket('The printer prints empty pages');
  await page.goto(`/tickets/${ticketId}`);
  await page.getByRole('link', { name: 'Create an account' }).click();
  await expect(page).toHaveURL(new RegExp(`/register\\?returnUrl=%2Ftickets%2F${ticketId}$`));
  await page.getByRole('link', { name: 'Sign in', exact: true }).click();
  await attempt(page, customer);
  await expect(page).toHaveURL(new RegExp(`/portal/tickets/${ticketId}$`));
});

test('whoever sets the product up learns where the first accounts come from', async ({ page }) => {
  await page.goto('/login');
  await page.getByText('Just set this up?').click();
  for (const words of ['data/demo-accounts.json', 'ADMIN_EMAIL', 'ADMIN_PASSWORD', 'user:create --role admin'])
    await expect(page.getByText(words, { exact: false }).first()).toBeVisible();
});

test('strangers learn where to report a weakness', async ({ request }) => {
  const answer = await request.get('/.well-known/security.txt');
  expect(answer.headers()['content-type']).toMatch(/^text\/plain/);
  expect(await answer.text()).toMatch(/^Contact: \S+\/tickets\/new\nExpires: \d{4}-.*\nCanonical: \S+security\.txt\n/);
});
