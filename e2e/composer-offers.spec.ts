import { randomUUID } from 'node:crypto';
import { expect, test, type Page } from '@playwright/test';
import { aCase, chooseKind, closeAll, expectStored, field, openOn } from './support/conversation';
import { Desk } from './support/desk';
import { demoAccount, signInOn } from './support/people';
import { findings, widthBeyondTheScreen } from './support/usable';
import { answerByKey } from './support/questions';

test.afterEach(({ browser }) => closeAll(browser));

async function usable(page: Page, name: string): Promise<void> {
  expect(await findings(page), name).toEqual([]);
  expect(await widthBeyondTheScreen(page), `${name} scrolls sideways`).toBe(0);
  await page.screenshot({ path: test.info().outputPath(`${name}.png`) });
}

const marked = async (page: Page): Promise<string | null> =>
  page.locator(`#${await field(page).getAttribute('aria-activedescendant')}`).textContent();

test('a colleague is mentioned by keys, and the reply becomes a note', async ({ browser }) => {
  const { agent, colleague, ticketId } = await aCase();
  const page = await openOn(browser, agent, ticketId);
  await chooseKind(page, 'Comment');
  await field(page).pressSequentially(`Could @${colleague.name.slice(0, 2)}`);
  const list = page.getByRole('listbox', { name: 'Colleagues' });
  await expect(list.getByRole('option').filter({ hasText: colleague.name }).first()).toBeVisible();
  expect(await marked(page)).not.toBeNull();
  await usable(page, 'colleagues');
  while (!(await marked(page))?.includes(colleague.name)) await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Tab');
  await expect(field(page)).toHaveValue(`Could @${colleague.name} `);
  await expect(list).toHaveCount(0);
  await usable(page, 'make it a note');
  await page.getByRole('button', { name: 'Make it a note' }).press('Enter');
  await expect(page.getByRole('button', { name: 'Add note' })).toBeVisible();
  await expect(field(page)).toBeFocused();
  await field(page).pressSequentially('have a look?');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByText(`Could @${colleague.name} have a look?`).first()).toBeVisible();
  const desk = await Desk.of(colleague);
  await expect
    .poll(async () => (await desk.ask<{ type: string }[]>('GET', '/notifications')).map(({ type }) => type))
    .toContain('mention');
});

for (const { scheme, width } of [
  { scheme: 'light', width: 1280 },
  { scheme: 'dark', width: 360 },
] as const)
  test(`a canned reply is written, found, filled in and sent, ${scheme}, ${width} wide`, async ({ browser }) => {
    const { agent, customer, agentDesk, ticketId } = await aCase();
    const word = `w${randomUUID().slice(0, 8)}`;
    const context = await browser.newContext({ colorScheme: scheme, viewport: { width, height: 800 } });
    await signInOn(context, agent);
    const page = await context.newPage();
    await page.goto('/profile');
    await page.getByRole('link', { name: 'Your canned replies' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Your canned replies' })).toBeVisible();
    await expect(page.locator('app-skeleton')).toHaveCount(0);
    await page.keyboard.press('c');
    await expect(page.getByLabel('Title')).toBeFocused();
    await page.keyboard.type(`Restart ${word}`);
    await expect(page.getByLabel('Key')).toHaveValue(`restart-${word}`);
    await page.getByLabel('Text').fill('Hello {{customer.firstName}}, please restart your {{device}}.');
    await expect(page.getByText('Hello Cora, please restart your {{device}}.')).toBeVisible();
    await usable(page, `writing a canned reply ${scheme}`);
    await page.goBack();
    await answerByKey(page, 'Keep');
    await page.keyboard.press('Control+s');
    await expect(page.getByRole('listitem').filter({ hasText: `/restart-${word}` })).toBeVisible();

    await page.goto(`/tickets/${ticketId}`);
    await chooseKind(page, 'Chat');
    await field(page).pressSequentially(`Good morning!\n/${word}`);
    await expect(page.getByRole('listbox', { name: 'Canned replies' }).getByRole('option')).toHaveCount(1);
    await usable(page, `canned replies ${scheme}`);
    await page.keyboard.press('Enter');
    const filledIn = `Good morning!\nHello ${customer.name}, please restart your {{device}}.`;
    await expect(field(page)).toHaveValue(filledIn);
    await page.keyboard.press('Control+Enter');
    await expect(page.getByText('Fill in {{device}} before you send.')).toBeVisible();
    await expect(field(page)).toHaveValue(filledIn);
    await page.keyboard.type('printer');
    await page.keyboard.press('Control+Enter');
    await expectStored(agentDesk, ticketId, [filledIn.replace('{{device}}', 'printer')]);
    const query = `/canned-replies?scope=own&q=${word}`;
    expect(await agentDesk.ask<{ uses: number }[]>('GET', query)).toMatchObject([{ uses: 1 }]);
    await context.close();
  });

test('a shared canned reply goes back to what it said, and agents find it', async ({ browser }) => {
  const { agentDesk } = await aCase();
  const admin = demoAccount('admin');
  const word = `w${randomUUID().slice(0, 8)}`;
  const adminDesk = await Desk.of(admin);
  const text = { key: word, title: `About ${word}`, body: 'First words', shared: true };
  const { id } = await adminDesk.ask<{ id: string }>('POST', '/canned-replies', text);
  await adminDesk.ask('PATCH', `/canned-replies/${id}`, { body: 'Second words' });
  const context = await browser.newContext();
  await signInOn(context, admin);
  const page = await context.newPage();
  await page.goto('/admin/canned-replies');
  await expect(page.getByRole('listitem').first()).toBeVisible();
  await page.keyboard.press('/');
  await page.keyboard.type(word);
  await expect(page.getByRole('button', { name: /^Change / })).toHaveCount(1);
  await page.getByRole('button', { name: `Change About ${word}` }).press('Enter');
  await page.getByRole('button', { name: 'Earlier versions' }).press('Enter');
  await page.getByRole('button', { name: 'Take version 1 into the form' }).press('Enter');
  await usable(page, 'earlier versions');
  await page.keyboard.press('Control+s');
  await expect(page.getByText(`“About ${word}” was saved.`)).toBeVisible();
  const found = await agentDesk.ask<{ body: string; version: number }[]>('GET', `/canned-replies?q=${word}`);
  expect(found).toMatchObject([{ body: 'First words', version: 3 }]);
});

test('a customer writes emoji by name, and is offered no list of staff', async ({ browser }) => {
  const { customer, customerDesk, ticketId } = await aCase();
  const page = await openOn(browser, customer, ticketId);
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await field(page).pressSequentially('@a /h :thumb');
  await expect(page.getByRole('listbox', { name: 'Emoji' })).toBeVisible();
  await usable(page, 'emoji');
  await page.keyboard.press('Enter');
  await expect(field(page)).toHaveValue(/^@a \/h \p{Emoji_Presentation}\uFE0F?\s$/u);
  await page.keyboard.press('Enter');
  await expect.poll(async () => (await customerDesk.messages(ticketId)).length).toBe(1);
  expect(asked.filter((path) => /agents|canned-replies|users/.test(path))).toEqual([]);
});
