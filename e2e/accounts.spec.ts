import { randomUUID } from 'node:crypto';
import AxeBuilder from '@axe-core/playwright';
import { expect, test, type APIRequestContext, type Browser, type BrowserContext, type Page } from '@playwright/test';
import { demoAccount, register, signIn, signInOn, type Account } from './support/people';
import { answerByKey } from './support/questions';

/** What an admin may ask of the server: the mails it keeps, and people. */
class AdminDesk {
  private constructor(
    readonly context: BrowserContext,
    private readonly headers: Record<string, string>,
  ) {}

  static async open(browser: Browser): Promise<AdminDesk> {
    const context = await browser.newContext();
    const { email, password } = demoAccount('admin');
    const answer = await context.request.post('/api/auth/login', { data: { email, password } });
    const { accessToken } = (await answer.json()) as { accessToken: string };
    return new AdminDesk(context, { authorization: `Bearer ${accessToken}` });
  }

  private get request(): APIRequestContext {
    return this.context.request;
  }

  /** The newest link to a page of the client that was mailed to an address. */
  async linkTo(page: string, address: string): Promise<string> {
    const answer = await this.request.get('/api/mails?limit=100', { headers: this.headers });
    const mails = (await answer.json()) as { to: string; text: string }[];
    const text = mails.filter(({ to }) => to === address).map((mail) => mail.text);
    const [found] = text.flatMap((one) => new RegExp(`/${page}\\?token=[\\w-]+`).exec(one) ?? []);
    if (!found) throw new Error(`No link to ${page} was mailed to ${address}.`);
    return found;
  }

  /** Invites an agent and lets them accept. */
  async agent(name: string): Promise<Account & { name: string }> {
    const email = `${randomUUID()}@example.org`;
    const data = { email, name, role: 'agent' };
    expect((await this.request.post('/api/users', { headers: this.headers, data })).status()).toBe(201);
    const token = (await this.linkTo('invite', email)).split('token=')[1];
    const password = `heron-${randomUUID()}`;
    const accepted = await this.request.post('/api/auth/invitation/accept', { data: { token, password } });
    expect(accepted.status()).toBe(204);
    return { email, password, name };
  }
}

async function findings(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
    .analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
}

/** As a person without a mouse comes to it: the focus is there, and Enter does it. */
async function pressByKey(page: Page, name: string | RegExp): Promise<void> {
  const button = page.getByRole('button', { name });
  await button.focus();
  await page.keyboard.press('Enter');
}

test.describe('one’s own account', () => {
  let desk: AdminDesk;
  test.beforeEach(async ({ browser }) => void (desk = await AdminDesk.open(browser)));
  test.afterEach(() => desk.context.close());

  test('gets another address once the link at the new one was followed, on whatever device', async ({
    page,
    browser,
  }) => {
    const account = await register(page, 'Cora Lind');
    await page.goto('/profile');
    const section = page.getByRole('region', { name: 'E-mail' });
    const email = `${randomUUID()}@example.org`;
    await section.getByLabel('New e-mail').fill(email);
    await section.getByLabel('Your password').fill(account.password);
    await section.getByLabel('Your password').press('Enter');
    await expect(section.getByText(`Sent to ${email}`)).toBeVisible();
    const elsewhere = await browser.newContext();
    const other = await elsewhere.newPage();
    await other.goto(await desk.linkTo('confirm-email', email));
    await pressByKey(other, 'Confirm the address');
    await expect(other.getByRole('heading', { level: 1 })).not.toHaveText('Confirm your address');
    expect(other.url(), 'the link leaves no token behind').not.toContain('token');
    await signIn(other, { email, password: account.password });
    await elsewhere.close();
  });

  test('names the devices that are signed in, and ends the others', async ({ page, browser }) => {
    const account = await register(page, 'Cora Lind');
    const phone = await browser.newContext({
      userAgent: 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Safari/604.1',
    });
    await signInOn(phone, account);
    const away = await phone.newPage();
    await away.goto('/portal/tickets');
    await expect(away.getByRole('heading', { level: 1 })).toBeVisible();
    await page.goto('/profile');
    const section = page.getByRole('region', { name: 'Signed-in devices' });
    await expect(section.getByText('This device')).toBeVisible();
    await section.getByRole('button', { name: 'End the sign-in of Safari on iPhone' }).focus();
    await page.keyboard.press('Enter');
    await expect(section.getByText('Safari on iPhone')).toHaveCount(0);
    await expect(away.getByRole('button', { name: 'Sign in' })).toBeVisible();
    expect((await phone.request.post('/api/auth/refresh')).status()).toBe(401);
    await phone.close();
  });

  test('can be taken along as a file', async ({ page }) => {
    const account = await register(page, 'Cora Lind');
    await page.goto('/profile');
    const downloading = page.waitForEvent('download');
    await pressByKey(page, 'Download your data');
    const file = await (await downloading).createReadStream();
    const chunks: Buffer[] = [];
    for await (const chunk of file) chunks.push(chunk as Buffer);
    const data = JSON.parse(Buffer.concat(chunks).toString()) as { account: { email: string } };
    expect(data.account.email).toBe(account.email);
    await expect(page.getByText('Saved as my-data.json')).toBeVisible();
  });

  test('can be deleted, with the password and a second question', async ({ page }) => {
    const account = await register(page, 'Cora Lind');
    await page.goto('/profile');
    const section = page.getByRole('region', { name: 'Delete account' });
    await section.getByLabel('Your password').fill('not the password');
    await section.getByLabel('Your password').press('Enter');
    await answerByKey(page, 'Delete account');
    await expect(section.getByText('This is not your password.')).toBeVisible();
    await section.getByLabel('Your password').fill(account.password);
    await section.getByLabel('Your password').press('Enter');
    await answerByKey(page, 'Delete account');
    await expect(page).toHaveURL(/\/login/);
    await page.getByLabel('E-mail').fill(account.email);
    await page.getByLabel('Password', { exact: true }).fill(account.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await expect(page.getByText('E-mail and password do not fit together.')).toBeVisible();
  });

  for (const colorScheme of ['light', 'dark'] as const)
    test(`is usable for everybody, ${colorScheme}`, async ({ page }) => {
      await page.emulateMedia({ colorScheme });
      await register(page, 'Cora Lind');
      await page.goto('/profile');
      await expect(page.getByText('This device')).toBeVisible();
      expect(await findings(page)).toEqual([]);
      await page.screenshot({ path: test.info().outputPath(`profile-${colorScheme}.png`), fullPage: true });
    });
});

test.describe('an admin', () => {
  let desk: AdminDesk;
  test.beforeEach(async ({ browser, page }) => {
    desk = await AdminDesk.open(browser);
    await signInOn(page.context(), demoAccount('admin'));
  });
  test.afterEach(() => desk.context.close());

  const rowOf = (page: Page, name: string) => page.getByRole('listitem').filter({ hasText: name });

  test('invites a person, who chooses a password with the link', async ({ page, browser }) => {
    await page.goto('/admin/people');
    await pressByKey(page, 'Invite');
    const email = `${randomUUID()}@example.org`;
    await page.getByLabel('E-mail', { exact: true }).fill(email);
    await page.getByLabel('Name', { exact: true }).fill('Ines Roth');
    await page.keyboard.press('Enter');
    await expect(rowOf(page, email).getByText('Invited')).toBeVisible();
    const context = await browser.newContext();
    const invited = await context.newPage();
    await invited.goto(await desk.linkTo('invite', email));
    const password = `heron-${randomUUID()}`;
    await invited.getByLabel('Password', { exact: true }).fill(password);
    await invited.getByLabel('Password', { exact: true }).press('Enter');
    await expect(invited.getByRole('heading', { name: 'Choose a password' })).toHaveCount(0);
    await signIn(invited, { email, password });
    await expect(invited).toHaveURL(/\/agent/);
    await context.close();
  });

  test('says where the tickets of somebody go who is switched off, and reads it in the log', async ({ page }) => {
    const [leaver, successor] = [
      await desk.agent(`Ben ${randomUUID().slice(0, 8)}`),
      await desk.agent(`Ana ${randomUUID().slice(0, 8)}`),
    ];
    const token = async ({ email, password }: Account): Promise<{ authorization: string }> => {
      const answer = await page.request.post('/api/auth/login', { data: { email, password } });
      return { authorization: `Bearer ${((await answer.json()) as { accessToken: string }).accessToken}` };
    };
    const headers = await token(leaver);
    const data = { subject: `Blank pages ${randomUUID()}`, description: 'Since this morning.' };
    const { id } = (await (await page.request.post('/api/tickets', { headers, data })).json()) as { id: number };
    expect((await page.request.post(`/api/tickets/${id}/claim`, { headers })).ok()).toBe(true);
    await signInOn(page.context(), demoAccount('admin'));

    await page.goto(`/admin/people?q=${leaver.email}`);
    await pressByKey(page, `Switch off ${leaver.name}`);
    const dialog = page.getByRole('alertdialog');
    await expect(dialog.getByLabel('One open ticket goes to')).toBeVisible();
    expect(await findings(page)).toEqual([]);
    await dialog.getByLabel('One open ticket goes to').selectOption({ label: `${successor.name} (0 open)` });
    await page.screenshot({ path: test.info().outputPath('leave.png') });
    await dialog.getByRole('button', { name: 'Switch off' }).press('Enter');
    await expect(rowOf(page, leaver.email).getByText('Switched off')).toBeVisible();

    await page.goto(`/admin/audit?object=ticket:${id}`);
    const entry = page.getByRole('listitem').filter({ hasText: `${leaver.name} → ${successor.name}` });
    await expect
      .poll(async () => {
        await page.getByRole('button', { name: 'Refresh' }).click();
        return entry.count();
      })
      .toBe(1);
    await expect(entry.getByRole('link', { name: `#${id} ${data.subject}` })).toBeVisible();
    expect(await findings(page)).toEqual([]);
    await page.screenshot({ path: test.info().outputPath('audit.png') });
    await entry.getByRole('link', { name: `#${id} ${data.subject}` }).press('Enter');
    await expect(page).toHaveURL(new RegExp(`/tickets/${id}`));
  });

  test('cannot be the last one to go', async ({ page }) => {
    const { name, email } = demoAccount('admin');
    await page.goto(`/admin/people?q=${email}`);
    await expect(page.getByRole('button', { name: `Switch off ${name}` })).toBeDisabled();
    await expect(page.getByRole('button', { name: `Delete ${name}` })).toBeDisabled();
    const role = page.getByLabel(`Role of ${name}`);
    await expect(role).toBeDisabled();
    await expect(role).toHaveAccessibleDescription(/The only admin who can sign in/);
  });

  test('finds in the log who did what, and keeps the filter in the address', async ({ page }) => {
    const { name, email } = demoAccount('admin');
    await page.goto('/admin/audit');
    await page.getByLabel('Action').selectOption({ label: 'Signed in' });
    await expect(page).toHaveURL(/action=login\.succeeded/);
    const person = page.getByRole('combobox', { name: 'Person', exact: true });
    await person.fill(email);
    await expect(page.locator('#audit-people option')).not.toHaveCount(0);
    await person.press('Tab');
    await expect(page).toHaveURL(/actor=/);
    await page.reload();
    await expect(person).toHaveValue(name);
    await expect(page.getByRole('listitem').filter({ hasText: 'Signed in' }).first()).toContainText(name);
    await expect(page.getByRole('listitem').filter({ hasText: 'Signed out' })).toHaveCount(0);
    await pressByKey(page, 'Clear filters');
    await expect(page).not.toHaveURL(/actor=/);
  });
});
