import { randomUUID } from 'node:crypto';
import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Browser, type BrowserContext, type Page } from '@playwright/test';
import { closeAll } from './support/conversation';
import { aCustomer, anAgent, Desk } from './support/desk';
import { demoAccount, signInOn, type Account } from './support/people';

const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

test.afterEach(({ browser }) => closeAll(browser));

async function findings(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).withTags(WCAG).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`);
}

/** An agent who holds a ticket of a customer, and follows another one. */
async function aDesk() {
  const [customer, agent] = [await aCustomer('Cora Notified'), await anAgent(`Ana ${randomUUID().slice(0, 8)}`)];
  const [customerDesk, agentDesk] = [await Desk.of(customer), await Desk.of(agent)];
  const [held, followed] = [await customerDesk.openTicket('Held'), await customerDesk.openTicket('Followed')];
  await agentDesk.claim(held);
  await agentDesk.ask('PUT', `/tickets/${followed}/followers/me`);
  return { customer, agent, customerDesk, agentDesk, held, followed };
}

async function windowOf(
  browser: Browser,
  person: Account,
  path: string,
): Promise<{ context: BrowserContext; page: Page }> {
  const context = await browser.newContext();
  await signInOn(context, person);
  const page = await context.newPage();
  await page.goto(path);
  return { context, page };
}

const bell = (page: Page) => page.getByRole('button', { name: /^Notifications/ });
const group = (page: Page, ticketId: number) =>
  page
    .getByRole('main')
    .getByRole('listitem')
    .filter({ hasText: `#${ticketId} ` });

test('two windows agree on what is unread, and opening a ticket clears it in both', async ({ browser }, info) => {
  const { agent, customerDesk, held, followed } = await aDesk();
  const { context, page } = await windowOf(browser, agent, '/notifications');
  const other = await context.newPage();
  await other.goto('/notifications');
  await expect(page.getByText('Nothing new')).toBeVisible();

  for (const body of ['One', 'Two']) await customerDesk.say(held, body);
  await customerDesk.say(followed, 'Three');
  for (const window of [page, other]) {
    await expect(bell(window)).toHaveAccessibleName('Notifications, 3 unread');
    await expect(window).toHaveTitle(/^\(3\) /);
    await expect(group(window, held)).toContainText('2 unread');
    await expect(group(window, held)).toContainText('Because you hold this ticket');
    await expect(group(window, followed)).toContainText('Because you follow this ticket');
  }
  await page.screenshot({ path: info.outputPath('centre.png'), fullPage: true });
  expect(await findings(page)).toEqual([]);

  await group(page, held).getByRole('link', { name: /Held/ }).click();
  await expect(page).toHaveURL(new RegExp(`/agent/tickets/${held}`));
  for (const window of [page, other]) await expect(window).toHaveTitle(/^\(1\) /);
  await expect(bell(other)).toHaveAccessibleName('Notifications, 1 unread');
  await expect(group(other, held)).not.toContainText('unread');

  await other.getByRole('button', { name: 'Mark all as read' }).click();
  for (const window of [page, other]) await expect(window).not.toHaveTitle(/^\(/);
  await expect(bell(other)).toHaveAccessibleName('Notifications');
});

test('notices are found by their kind, by keyboard, and lead to their setting', async ({ browser }, info) => {
  const { agent, customerDesk, agentDesk, held, followed } = await aDesk();
  await customerDesk.say(held, 'Hello?');
  const admin = await Desk.of(demoAccount('admin'));
  const note = { clientMsgId: randomUUID(), kind: 'note', body: `@${agent.name}, have a look` };
  await admin.ask('POST', `/tickets/${followed}/messages`, note);
  await admin.ask('PUT', `/tickets/${held}/priority`, { priority: 'urgent' });
  await expect.poll(async () => (await agentDesk.ask<unknown[]>('GET', '/notifications')).length).toBe(3);

  const { page } = await windowOf(browser, agent, '/notifications');
  await expect(group(page, held)).toBeVisible();
  const choose = async (name: string): Promise<void> => {
    const choice = page.getByRole('button', { name, exact: true });
    await choice.focus();
    await page.keyboard.press('Enter');
    await expect(choice).toHaveAttribute('aria-pressed', 'true');
  };
  await choose('Mentions');
  await expect(group(page, held)).toHaveCount(0);
  await expect(group(page, followed)).toContainText('Because you were mentioned');
  await choose('System');
  await expect(group(page, followed)).toHaveCount(0);
  await expect(group(page, held)).toContainText('Priority: Urgent');
  await choose('Mine');
  await expect(group(page, held)).toContainText('1 earlier');
  await choose('Mentions');
  await group(page, followed)
    .getByRole('link', { name: /^Change/ })
    .click();
  await expect(page).toHaveURL(/\/profile#notify-mention/);
  await expect(page.getByLabel('Mentions of me: Page')).toBeFocused();
  await page.screenshot({ path: info.outputPath('setting.png') });
});

test('what one is told of is chosen in a table, and saved', async ({ browser }, info) => {
  const { agent, agentDesk } = await aDesk();
  const { page } = await windowOf(browser, agent, '/profile');
  const wishes = async () =>
    (await agentDesk.ask<{ preferences: { notifications: object; email: object; timeZone: string } }>('GET', '/me'))
      .preferences;
  await page.getByLabel('New tickets: Page').check();
  await expect.poll(wishes).toMatchObject({ notifications: { events: { created: { page: true, sound: false } } } });
  await page.getByLabel('New tickets: Sound').check();
  await expect.poll(wishes).toMatchObject({ notifications: { events: { created: { page: true, sound: true } } } });
  await page.getByLabel('Assigned to me: Mail').uncheck();
  await expect.poll(wishes).toMatchObject({ email: { assignments: false, messages: true } });
  await page.getByLabel('Whose tickets').selectOption('all');
  await expect.poll(wishes).toMatchObject({ notifications: { scope: 'all' } });
  await page.getByLabel(/Quiet hours/).check();
  await page.getByLabel('from', { exact: true }).fill('20:15');
  await page.getByLabel('to', { exact: true }).focus();
  const zone = await page.evaluate(() => Intl.DateTimeFormat().resolvedOptions().timeZone);
  await expect
    .poll(wishes)
    .toMatchObject({ timeZone: zone, notifications: { quietHours: { on: true, from: '20:15', to: '07:00' } } });
  await expect(page.getByText(`Counted in the time zone ${zone}.`)).toBeVisible();
  await page.locator('app-notices-section').screenshot({ path: info.outputPath('wishes.png') });
  expect(await findings(page)).toEqual([]);
});

test('the desktop is asked for by a click alone, and tells who wrote while nobody looks', async ({ browser }) => {
  const { agent, customerDesk, held } = await aDesk();
  const context = await browser.newContext();
  await context.addInitScript(() => {
    const shown: { title: string; body: string }[] = [];
    class Recorded {
      static permission = 'default';
      static asked = 0;
      static requestPermission(): Promise<string> {
        Recorded.asked += 1;
        Recorded.permission = 'granted';
        return Promise.resolve('granted');
      }
      onclick: (() => void) | null = null;
      constructor(title: string, { body }: { body: string }) {
        shown.push({ title, body });
        Object.assign(window, { latest: this });
      }
      close(): void {
        shown.length = 0;
      }
    }
    Object.assign(window, { Notification: Recorded, shown });
  });
  await signInOn(context, agent);
  const page = await context.newPage();
  await page.goto('/profile');
  const asked = () => page.evaluate(() => (Notification as unknown as { asked: number }).asked);
  const turnOn = page.getByRole('button', { name: 'Turn on' });
  await expect(turnOn).toBeVisible();
  expect(await asked()).toBe(0);
  await turnOn.click();
  await expect(page.getByText('This browser shows notices on the desktop.')).toBeVisible();
  expect(await asked()).toBe(1);

  const shown = () => page.evaluate(() => (window as unknown as { shown: object[] }).shown);
  await page.evaluate(() => {
    Object.defineProperty(document, 'hasFocus', { value: () => false });
    window.dispatchEvent(new Event('blur'));
  });
  await customerDesk.say(held, 'Hello?\nAre you there?');
  await expect.poll(shown).toEqual([{ title: 'Cora Notified', body: 'Hello? Are you there?' }]);
  await page.evaluate(() => (window as unknown as { latest: { onclick: () => void } }).latest.onclick());
  await expect(page).toHaveURL(new RegExp(`/agent/tickets/${held}`));
  await context.close();
});

test('admins choose what new staff begin with', async ({ browser }, info) => {
  const { context, page } = await windowOf(browser, demoAccount('admin'), '/admin/settings');
  const box = page.getByLabel('Status changed: Sound');
  await box.check();
  await expect(page.getByRole('status').filter({ hasText: 'Saved' })).toBeVisible();
  await page.reload();
  await expect(box).toBeChecked();
  const begins = await Desk.of(await anAgent('Newly Here'));
  const { preferences } = await begins.ask<{ preferences: object }>('GET', '/me');
  expect(preferences).toMatchObject({ notifications: { events: { status: { sound: true } } } });
  await page.locator('app-staff-defaults').screenshot({ path: info.outputPath('defaults.png') });
  expect(await findings(page)).toEqual([]);
  await box.uncheck();
  await expect(box).not.toBeChecked();
  await context.close();
});
