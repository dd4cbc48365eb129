import { expect, test, type Page } from '@playwright/test';
import { closeAll, field, messages, somePeople, timeline } from './support/conversation';
import { row } from './support/lists';

test.afterEach(({ browser }) => closeAll(browser));

/** Where the focus is: seen, in view, and covered by nothing. */
async function expectFocusInSight(page: Page, where: string): Promise<void> {
  const trouble = await page.evaluate(() => {
    const element = document.activeElement;
    if (!(element instanceof HTMLElement) || element === document.body) return null; // the page itself
    if (element.matches('h1, main')) return null; // set by the program, as a place to read on from
    const { left, top, width, height, bottom, right } = element.getBoundingClientRect();
    const name = element.getAttribute('aria-label') ?? element.textContent?.trim().slice(0, 40) ?? element.localName;
    if (width === 0 || height === 0) return `${name} has no size`;
    if (bottom <= 0 || right <= 0 || top >= innerHeight || left >= innerWidth) return `${name} is out of view`;
    return null;
  });
  expect(trouble, where).toBeNull();
}

/** Goes on with Tab until the focus is on what has this name, as somebody without a mouse does. */
async function tabTo(page: Page, role: 'button' | 'link', name: string | RegExp): Promise<void> {
  const goal = page.getByRole(role, { name }).first();
  for (let pressed = 0; pressed < 120; pressed++) {
    await page.keyboard.press('Tab');
    await expectFocusInSight(page, `on the way to ${String(name)}`);
    if (await goal.evaluate((element) => element === document.activeElement).catch(() => false)) return;
  }
  throw new Error(`${String(name)} was not reached with Tab.`);
}

test('a day at the desk goes without a mouse: sign in, claim, answer, note, resolve, search, sign out', async ({
  browser,
}) => {
  test.setTimeout(150_000);
  const { agent, agentDesk, customerDesk } = await somePeople();
  const ticketId = await customerDesk.openTicket('The printer jams');
  const page = await (await browser.newContext()).newPage();
  const type = (text: string): Promise<void> => page.keyboard.type(text);
  const press = async (...keys: string[]): Promise<void> => {
    for (const each of keys) {
      await page.keyboard.press(each);
      await expectFocusInSight(page, each);
    }
  };
  const status = async (): Promise<string> =>
    (await agentDesk.ask<{ status: string }>('GET', `/tickets/${ticketId}`)).status;

  await test.step('sign in', async () => {
    await page.goto('/login');
    await expect(page.getByLabel('E-mail')).toBeVisible();
    for (let pressed = 0; pressed < 10; pressed++) {
      if (await page.getByLabel('E-mail').evaluate((element) => element === document.activeElement)) break;
      await press('Tab');
    }
    await type(agent.email);
    await press('Tab');
    await type(agent.password);
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/\/agent\/tickets/);
  });

  await test.step('find the ticket and claim it', async () => {
    await expect(page.getByRole('combobox', { name: 'Search tickets' })).toBeVisible();
    await page.locator('h1').first().waitFor({ state: 'attached' });
    await press('/');
    await type(`#${ticketId}`);
    await press('Enter');
    await expect(timeline(page)).toBeVisible();
    await press('Escape');
    await expect(row(page, ticketId)).toBeVisible();
    await expect(async () => {
      await press('j');
      await expect(row(page, ticketId).getByRole('link')).toBeFocused({ timeout: 1_000 });
    }).toPass();
    await press('i');
    await expect.poll(status).toBe('in_progress');
  });

  await test.step('answer, and leave a note', async () => {
    await press('Enter');
    await expect(timeline(page)).toBeVisible();
    await press('r');
    await expect(field(page)).toBeFocused();
    await type('Please open the back and take the paper out.');
    await press('Control+Enter');
    await expect(messages(page).last()).toHaveText('Please open the back and take the paper out.');
    await press('Escape', 'n');
    await expect(page.getByRole('radio', { name: 'Note' })).toBeChecked();
    await type('The third one this week.');
    await press('Control+Enter');
    await expect(messages(page).last()).toHaveText('The third one this week.');
    await press('Escape');
    await expect
      .poll(async () => (await agentDesk.messages(ticketId)).map(({ kind }) => kind === 'note'), { timeout: 20_000 })
      .toEqual([false, true]);
  });

  await test.step('resolve, and leave', async () => {
    await press('e');
    await expect.poll(status).toBe('resolved');
    await tabTo(page, 'button', 'Account');
    await press('Enter');
    await tabTo(page, 'button', 'Sign out');
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/login/);
  });
});
