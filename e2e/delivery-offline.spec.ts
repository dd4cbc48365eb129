import { expect, test, type Locator, type Page } from '@playwright/test';
import {
  aCase,
  closeAll,
  expectStored,
  messages,
  openOn,
  openTicket,
  say,
  states,
  write,
} from './support/conversation';
import { OwnServer } from './support/own-server';
import { aCustomer, Desk } from './support/desk';
import { signInOn } from './support/people';
import { isSend, Wire } from './support/wire';

const WORDS = ['First the red light.', 'Then the noise.', 'Then nothing.'];

/** Notes everything that would make a page flicker: the bar, and messages that go away, even for a moment. */
async function watchForFlicker(page: Page): Promise<() => Promise<string[]>> {
  await page.evaluate(() => {
    const seen: string[] = [];
    Object.assign(window, { seen });
    new MutationObserver((changes) => {
      if (document.body.innerText.includes('Reconnecting')) seen.push('the connection bar');
      for (const { removedNodes } of changes)
        for (const node of Array.from(removedNodes)) {
          const isMessage =
            node instanceof Element && node.matches('app-message-bubble, app-message-group, app-timeline');
          if (isMessage) seen.push(`${node.localName} went away`);
        }
    }).observe(document.body, { childList: true, subtree: true });
  });
  return () => page.evaluate(() => (window as unknown as { seen: string[] }).seen);
}

const bar = (page: Page): Locator => page.getByText('Reconnecting - you can go on writing');

/** Whether the other side has looked meanwhile is chance. */
const ARRIVED = /Sent|Seen/;

test.afterEach(({ browser }) => closeAll(browser));

test('what is sent in flight mode survives a reload, and arrives once and in order', async ({ browser }) => {
  const { ticketId, customer, agent, customerDesk } = await aCase();
  const [page, agentPage] = await Promise.all([openOn(browser, customer, ticketId), openOn(browser, agent, ticketId)]);
  await page.context().setOffline(true);
  for (const words of WORDS) await say(page, words);
  await expect(states(page)).toHaveText(WORDS.map(() => 'Waiting for connection'));
  await page.reload({ waitUntil: 'commit' }).catch(() => null); // whether or not the browser can show it by now

  await page.context().setOffline(false);
  await openTicket(page, ticketId);
  await expect(states(page)).toHaveText([ARRIVED]);
  await expect(messages(page)).toHaveText(WORDS);
  await expect(messages(agentPage)).toHaveText(WORDS);
  await expectStored(customerDesk, ticketId, WORDS);
});

test('a page that is loaded while the server is away comes back by itself, with what waits', async ({ browser }) => {
  const { ticketId, customer, agent, customerDesk } = await aCase();
  const [page, agentPage] = await Promise.all([openOn(browser, customer, ticketId), openOn(browser, agent, ticketId)]);
  await page.route(/\/(api|socket\.io)\//, (route) => route.abort());
  await page.context().setOffline(true);
  for (const words of WORDS) await say(page, words);
  await page.context().setOffline(false);
  await page.reload();
  await expect(page.getByText('Parley can not be reached')).toBeVisible();

  await page.unrouteAll();
  await expect(states(page)).toHaveText([ARRIVED], { timeout: 15_000 });
  await expect(messages(page)).toHaveText(WORDS);
  await expect(messages(agentPage)).toHaveText(WORDS);
  await expectStored(customerDesk, ticketId, WORDS);
});

test('what waits is sent when the page is closed as the network returns, and opened again', async ({ browser }) => {
  const { ticketId, customer, agent, customerDesk } = await aCase();
  const [page, agentPage] = await Promise.all([openOn(browser, customer, ticketId), openOn(browser, agent, ticketId)]);
  const context = page.context();
  await context.setOffline(true);
  for (const words of WORDS) await say(page, words);
  await context.setOffline(false);
  await page.close();

  const next = await openTicket(await context.newPage(), ticketId);
  await expect(states(next)).toHaveText([ARRIVED]);
  await expect(messages(next)).toHaveText(WORDS);
  await expect(messages(agentPage)).toHaveText(WORDS);
  await expectStored(customerDesk, ticketId, WORDS);
});

test('two tabs of one person show the same, and send each message once', async ({ browser }) => {
  const { ticketId, customer, customerDesk } = await aCase();
  const one = await openOn(browser, customer, ticketId);
  const context = one.context();
  const other = await openTicket(await context.newPage(), ticketId);
  await say(one, 'Said in one.');
  await expect(messages(other)).toHaveText(['Said in one.']);

  await context.setOffline(true);
  await say(one, 'Waits in one.');
  await expect(messages(other)).toHaveText(['Said in one.', 'Waits in one.']);
  await say(other, 'Waits in the other.');
  const all = ['Said in one.', 'Waits in one.', 'Waits in the other.'];
  for (const tab of [one, other]) await expect(messages(tab)).toHaveText(all);

  await context.setOffline(false);
  for (const tab of [one, other]) {
    await expect(states(tab)).toHaveText([ARRIVED]);
    await expect(messages(tab)).toHaveText(all);
  }
  await expectStored(customerDesk, ticketId, all);
});

test('a tab that is closed while it sends hands over to the other one', async ({ browser }) => {
  const { ticketId, customer, customerDesk } = await aCase();
  const context = await browser.newContext();
  await signInOn(context, customer);
  const sender = await context.newPage();
  const wire = await Wire.of(sender);
  const isUp = wire.isUp();
  await openTicket(sender, ticketId);
  await isUp;
  const other = await openTicket(await context.newPage(), ticketId);
  wire.hold(isSend);
  const isSending = wire.meets(isSend);
  await say(sender, 'One of us will say it.');
  await isSending;
  await expect(messages(other)).toHaveText(['One of us will say it.']);

  await sender.close();
  await expect(states(other)).toHaveText([ARRIVED]);
  await expect(messages(other)).toHaveText(['One of us will say it.']);
  await expectStored(customerDesk, ticketId, ['One of us will say it.']);
});

test('a moment without a network changes nothing on the page', async ({ browser }) => {
  const { ticketId, customer, agentDesk } = await aCase();
  const page = await openOn(browser, customer, ticketId);
  await say(page, 'Before.');
  await expect(states(page)).toHaveText([ARRIVED]);
  const flicker = await watchForFlicker(page);
  await page.context().setOffline(true);
  await agentDesk.say(ticketId, 'Said meanwhile.');
  await page.waitForTimeout(1_000); // the length of the moment
  await page.context().setOffline(false);
  await expect(messages(page)).toHaveText(['Before.', 'Said meanwhile.']);
  expect(await flicker()).toEqual([]);
});

test('a server that is killed and started again leaves the page right, without a reload', async ({ browser }) => {
  const server = await OwnServer.start();
  const customer = await aCustomer('Cora', server.origin);
  const desk = await Desk.of(customer, server.origin);
  const ticketId = await desk.openTicket('The printer prints empty pages');
  const context = await browser.newContext({ baseURL: server.origin });
  await signInOn(context, customer);
  const page = await openTicket(await context.newPage(), ticketId);
  const second = await openTicket(await context.newPage(), ticketId);
  await say(page, 'Before.');
  await expect(states(page)).toHaveText([ARRIVED]);

  await server.kill();
  const killedAt = Date.now();
  await say(page, 'While it is away.');
  await write(page, 'And a draft');
  await expect(bar(page)).toBeVisible();
  expect(Date.now() - killedAt).toBeGreaterThan(2_900);
  await expect(states(page).last()).toHaveText('Waiting for connection');

  await server.start();
  for (const tab of [page, second]) {
    await expect(bar(tab)).toHaveCount(0, { timeout: 15_000 });
    await expect(messages(tab)).toHaveText(['Before.', 'While it is away.']);
  }
  await expect(states(page)).toHaveText([ARRIVED]);
  await expect(page.getByRole('textbox', { name: 'Message' })).toHaveValue('And a draft');
  await expectStored(desk, ticketId, ['Before.', 'While it is away.']);
  await server.remove();
});
