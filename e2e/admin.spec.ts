import { randomUUID } from 'node:crypto';
import { expect, test, type Locator, type Page } from '@playwright/test';
import { demoAccount, signInOn } from './support/people';
import { findings, widthBeyondTheScreen } from './support/usable';
import { answerByKey } from './support/questions';

const rowOf = (page: Page, text: string): Locator => page.getByRole('listitem').filter({ hasText: text });

async function usable(page: Page, name: string): Promise<void> {
  expect(await findings(page), name).toEqual([]);
  expect(await widthBeyondTheScreen(page), `${name} scrolls sideways`).toBe(0);
  await page.screenshot({ path: test.info().outputPath(`${name}.png`), fullPage: true });
}

for (const scheme of ['light', 'dark'] as const)
  test(`an admin invites a list of people, sends one invitation again and withdraws one, by keys, ${scheme}`, async ({
    browser,
  }) => {
    const context = await browser.newContext({ colorScheme: scheme });
    await signInOn(context, demoAccount('admin'));
    const page = await context.newPage();
    await page.goto('/admin/people');
    await expect(page.getByRole('listitem').first()).toBeVisible();
    await page.keyboard.press('c');
    await page.getByRole('button', { name: 'Paste a list' }).press('Enter');
    const word = randomUUID().slice(0, 8);
    const [ines, ben] = [`ines-${word}@example.org`, `ben-${word}@example.org`];
    const list = page.getByRole('textbox', { name: 'People, one on each line' });
    await list.fill(`Name;E-mail\nInes ${word};${ines}\nnobody\nBen ${word} <${ben}>`);
    await expect(page.getByText('2 people can be invited.')).toBeVisible();
    await usable(page, 'a pasted list');
    await page.getByRole('button', { name: 'Send 2 invitations' }).press('Enter');
    await expect(rowOf(page, ines).getByText('Invitation sent')).toBeVisible();
    await expect(list).toHaveValue('nobody');
    await list.press('Escape');
    await answerByKey(page, 'Discard');
    await expect(list).toHaveCount(0);

    await page.keyboard.press('/');
    const search = page.getByRole('searchbox', { name: 'Search people' });
    await expect(search).toBeFocused();
    await search.fill(word);
    await page.getByLabel('State').selectOption({ label: 'Open invitations' });
    await expect(page).toHaveURL(new RegExp(`q=${word}.*state=invited|state=invited.*q=${word}`));
    await expect(page.locator('ul.card > li')).toHaveCount(2);
    await usable(page, 'open invitations');
    await page.getByRole('button', { name: `Send the invitation of Ines ${word} again` }).press('Enter');
    await expect(page.getByText(/That was too often. Try again in \d+ seconds./)).toBeVisible();
    await page.getByRole('button', { name: `Withdraw the invitation of Ben ${word}` }).press('Enter');
    await answerByKey(page, 'Withdraw');
    await expect(rowOf(page, ben)).toHaveCount(0);
    await page.reload();
    await expect(rowOf(page, ines)).toBeVisible();
    await expect(rowOf(page, ben)).toHaveCount(0);

    await page.getByRole('button', { name: `Delete Ines ${word}` }).press('Enter');
    const sure = page.getByRole('alertdialog').getByRole('button', { name: 'Delete person' });
    await expect(sure).toBeDisabled();
    await page.getByLabel(`Type “Ines ${word}” to go on`).fill(`ines ${word}`);
    await usable(page, 'a typed confirmation');
    await sure.press('Enter');
    await expect(rowOf(page, ines)).toHaveCount(0);
    await context.close();
  });

test('an admin adds a category, moves it by keys and by dragging, and deletes it as no ticket has it', async ({
  page,
}) => {
  await signInOn(page.context(), demoAccount('admin'));
  await page.goto('/admin/categories');
  await expect(rowOf(page, 'Billing')).toBeVisible();
  await page.keyboard.press('c');
  const name = `Delivery ${randomUUID().slice(0, 8)}`;
  await page.getByLabel('Name', { exact: true }).fill(name);
  await expect(page.getByText('Not saved')).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(rowOf(page, name)).toBeVisible();
  const rows = page.locator('ul.card > li');
  const last = (await rows.count()) - 1;
  await expect(rows.nth(last)).toContainText(name);

  const up = page.getByRole('button', { name: `Move ${name} up` });
  const stored = page.waitForResponse((answer) => answer.url().endsWith('/api/categories/order'));
  await up.press('Enter');
  expect((await stored).ok()).toBe(true);
  await expect(rows.nth(last - 1)).toContainText(name);
  await expect(up).toBeFocused();
  await usable(page, 'categories');

  const dragged = page.waitForResponse((answer) => answer.url().endsWith('/api/categories/order'));
  const handle = await rowOf(page, name).getByTitle('Drag to another place').boundingBox();
  const first = await rows.first().boundingBox();
  if (!handle || !first) throw new Error('The rows are not on the screen.');
  await page.mouse.move(handle.x + 8, handle.y + 8);
  await page.mouse.down();
  await page.mouse.move(handle.x + 8, handle.y - 20, { steps: 5 });
  await page.mouse.move(first.x + 30, first.y + 4, { steps: 10 });
  await page.mouse.up();
  expect((await dragged).ok()).toBe(true);
  await expect(rows.first()).toContainText(name);
  await page.reload();
  await expect(rows.first()).toContainText(name);

  await page.getByRole('button', { name: `Delete ${name}` }).press('Enter');
  await answerByKey(page, 'Delete');
  await expect(rowOf(page, name)).toHaveCount(0);
});

for (const scheme of ['light', 'dark'] as const)
  test(`the self-test is usable, and its entry in sight in the list of admin pages, ${scheme}`, async ({ browser }) => {
    const context = await browser.newContext({ colorScheme: scheme });
    await signInOn(context, demoAccount('admin'));
    const page = await context.newPage();
    await page.goto('/admin/self-test');
    const entry = page.getByRole('navigation', { name: 'Admin' }).getByRole('link', { name: 'Self-test' });
    await expect(entry).toBeInViewport({ ratio: 1 });
    await expect(page.getByText('Live connection without websocket (polling)')).toBeVisible();
    await expect(page.locator('app-skeleton')).toHaveCount(0);
    await usable(page, 'self-test');
    await context.close();
  });
