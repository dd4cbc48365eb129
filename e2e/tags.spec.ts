import { randomUUID } from 'node:crypto';
import { expect, test, type Locator, type Page } from '@playwright/test';
import { Desk } from './support/desk';
import { demoAccount, signInOn } from './support/people';
import { findings, widthBeyondTheScreen } from './support/usable';
import { answerByKey } from './support/questions';

const rowOf = (page: Page, tag: string): Locator =>
  page.getByRole('listitem').filter({ has: page.getByText(tag, { exact: true }) });

for (const { scheme, width } of [
  { scheme: 'light', width: 1280 },
  { scheme: 'dark', width: 360 },
] as const)
  test(`an admin renames, merges and deletes tags, ${scheme}, ${width} wide`, async ({ browser }) => {
    const admin = demoAccount('admin');
    const desk = await Desk.of(admin);
    const word = randomUUID().slice(0, 8);
    const [net, network, old] = [`${word}-net`, `${word}-network`, `${word}-old`];
    const make = async (...tags: string[]): Promise<number> => {
      const ticket = { subject: 'No network', description: 'Since this morning.', tags };
      return (await desk.ask<{ id: number }>('POST', '/tickets', ticket)).id;
    };
    const ticket = await make(net, old);
    await make(network);
    const tagsOf = async () => (await desk.ask<{ tags: string[] }>('GET', `/tickets/${ticket}`)).tags;

    const context = await browser.newContext({ colorScheme: scheme, viewport: { width, height: 800 } });
    await signInOn(context, admin);
    const page = await context.newPage();
    await page.goto('/admin/people');
    await page.getByRole('navigation', { name: 'Admin' }).getByRole('link', { name: 'Tags' }).click();
    await expect(page.getByRole('searchbox', { name: 'Tags that begin with' })).toBeVisible();
    await expect(page.getByRole('listitem').first()).toBeVisible();
    await page.keyboard.press('/');
    const search = page.getByRole('searchbox', { name: 'Tags that begin with' });
    await expect(search).toBeFocused();
    await search.fill(word);
    await expect(page.locator('ul.card > li')).toHaveCount(3);

    await page.getByRole('button', { name: `Rename ${net}`, exact: true }).press('Enter');
    const name = page.getByLabel('New name');
    await expect(name).toBeFocused();
    await name.fill(network);
    await page.keyboard.press('Control+s');
    await expect(page.getByText('Tickets have this tag already.')).toBeVisible();
    expect(await findings(page), 'renaming').toEqual([]);
    expect(await widthBeyondTheScreen(page), 'renaming scrolls sideways').toBe(0);
    await page.screenshot({ path: test.info().outputPath(`renaming-${scheme}.png`), fullPage: true });

    await page.goBack();
    await answerByKey(page, 'Keep');
    await expect(name).toHaveValue(network);
    await name.press('Escape');
    await answerByKey(page, 'Discard');
    await expect(name).toHaveCount(0);

    await page.getByRole('button', { name: `Merge ${net} into another tag` }).press('Enter');
    await page.getByLabel('Merge into').fill(network);
    await page.keyboard.press('Enter');
    const question = page.getByRole('alertdialog');
    await expect(question).toContainText(`1 ticket will have “${network}” instead.`);
    await answerByKey(page, 'Merge');
    await expect(rowOf(page, net)).toHaveCount(0, { timeout: 20_000 });
    await expect(rowOf(page, network)).toContainText('2 tickets');

    await page.getByRole('button', { name: `Delete ${old}` }).press('Enter');
    await answerByKey(page, 'Delete');
    await expect(rowOf(page, old)).toHaveCount(0, { timeout: 20_000 });
    await expect.poll(tagsOf).toEqual([network]);
    await context.close();
  });
