import { expect, type Browser, type Locator, type Page } from '@playwright/test';
import { aCustomer, anAgent, Desk, type Person } from './desk';
import { signInOn } from './people';

interface People {
  readonly customer: Person;
  readonly agent: Person;
  readonly colleague: Person;
  readonly customerDesk: Desk;
  readonly agentDesk: Desk;
}

/** A ticket of a customer, claimed by an agent with a colleague; nobody has opened it yet. */
export interface Case extends People {
  readonly ticketId: number;
}

/** Three people that nobody has seen before. */
export async function somePeople(): Promise<People> {
  const [customer, agent, colleague] = await Promise.all([aCustomer('Cora'), anAgent('Ana'), anAgent('Ben')]);
  const [customerDesk, agentDesk] = await Promise.all([Desk.of(customer), Desk.of(agent)]);
  return { customer, agent, colleague, customerDesk, agentDesk };
}

let usualPeople: Promise<People> | undefined;

/** The people are made once, the ticket each time. */
export async function aCase(people?: People): Promise<Case> {
  const those = people ?? (await (usualPeople ??= somePeople()));
  const ticketId = await those.customerDesk.openTicket('The printer prints empty pages');
  await those.agentDesk.claim(ticketId);
  return { ...those, ticketId };
}

/** Opens the ticket on a device of its own. */
export async function openOn(browser: Browser, person: Person, ticketId: number): Promise<Page> {
  const context = await browser.newContext();
  await signInOn(context, person);
  return openTicket(await context.newPage(), ticketId);
}

/** Ends all devices of a test; nobody it opened stays online for the next one. */
export async function closeAll(browser: Browser): Promise<void> {
  await Promise.all(browser.contexts().map((context) => context.close()));
}

export async function openTicket(page: Page, ticketId: number): Promise<Page> {
  await page.goto(`/tickets/${ticketId}`);
  await expect(timeline(page)).toBeVisible();
  return page;
}

export const timeline = (page: Page): Locator => page.getByRole('region', { name: 'Timeline' });

/** The words of all messages, sent or not, in the order of the page. */
export const messages = (page: Page): Locator => timeline(page).locator('app-message-bubble app-inline-text');

/** What the page says of the own messages: one for each that is not stored, and one for the last that is. */
export const states = (page: Page): Locator => timeline(page).locator('app-message-state');

export const field = (page: Page): Locator => page.getByRole('textbox', { name: 'Message' });

/** Types like a person, and leaves it unsent. */
export async function write(page: Page, text: string): Promise<void> {
  await field(page).pressSequentially(text);
}

export async function pressSend(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Send', exact: true }).click();
}

/** Sends a message, and sees it at once, whatever becomes of it. */
export async function say(page: Page, text: string): Promise<void> {
  await field(page).fill(text);
  await pressSend(page);
  await expect(messages(page).last()).toHaveText(text);
}

export async function chooseKind(page: Page, kind: 'Chat' | 'Comment' | 'Note'): Promise<void> {
  await page.getByRole('group', { name: 'Kind of message' }).getByText(kind).click();
}

/** Exactly these words are stored, in this order. */
export async function expectStored(desk: Desk, ticketId: number, words: readonly string[]): Promise<void> {
  await expect
    .poll(async () => (await desk.messages(ticketId)).map(({ body }) => body), { timeout: 15_000 })
    .toEqual(words);
}
