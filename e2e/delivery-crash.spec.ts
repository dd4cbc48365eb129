import { expect, test, type Page, type Route } from '@playwright/test';
import {
  aCase,
  closeAll,
  expectStored,
  field,
  messages,
  openTicket,
  pressSend,
  states,
  timeline,
} from './support/conversation';
import { crash } from './support/crash';
import { aScreenshot } from './support/files';
import { signInOn } from './support/people';
import { isAcknowledgement, isOwnEvent, isSend, Wire } from './support/wire';

const WORDS = 'It looks like this.';
const DRAFTS = '**/api/tickets/*/drafts/*';
const UPLOADS = '**/api/tickets/*/attachments';

interface Moment {
  readonly when: string;
  /** Whether Send was pressed by then: if not, it is pressed on the page that is opened afterwards. */
  readonly isSent: boolean;
  /** Brings a page with words and a picture to this moment, and holds the world there. */
  reach(page: Page, wire: Wire): Promise<void>;
}

/** Resolves at the first such request after this call; `handle` says what becomes of it. */
function firstRequest(page: Page, url: string, handle: (route: Route) => Promise<void>): Promise<void> {
  return new Promise((reached, failed) => {
    void page.route(url, (route) => handle(route).then(reached, failed), { times: 1 });
  });
}

const stays = async (): Promise<void> => undefined;
const goes = (route: Route): Promise<void> => route.continue();
const isAnswered = async (route: Route): Promise<void> => void (await route.fetch());
const isDone = async (route: Route): Promise<void> => route.fulfill({ response: await route.fetch() });

async function fill(page: Page): Promise<void> {
  await page
    .locator('input[type=file]')
    .first()
    .setInputFiles([await aScreenshot('warning.png', '#c5281f')]);
  await field(page).fill(WORDS);
}

/** While it is written the picture goes nowhere, as on a slow line: the message itself has to bring it. */
async function sendWithoutUpload(page: Page, handle: (route: Route) => Promise<void>): Promise<void> {
  await page.route(UPLOADS, stays, { times: 1 });
  await fill(page);
  const reached = firstRequest(page, UPLOADS, handle);
  await pressSend(page);
  await reached;
}

async function sendWithUpload(page: Page): Promise<void> {
  const uploaded = firstRequest(page, UPLOADS, isDone);
  await fill(page);
  await uploaded;
  await pressSend(page);
}

async function saveDraft(page: Page, handle: (route: Route) => Promise<void>): Promise<void> {
  const reached = firstRequest(page, DRAFTS, handle);
  await fill(page);
  await reached;
}

const MOMENTS: readonly Moment[] = [
  { when: 'before its draft is saved', isSent: false, reach: (page) => saveDraft(page, stays) },
  { when: 'after its draft was saved', isSent: false, reach: (page) => saveDraft(page, isDone) },
  { when: 'before its picture leaves', isSent: true, reach: (page) => sendWithoutUpload(page, stays) },
  { when: 'while its picture is on its way', isSent: true, reach: (page) => sendWithoutUpload(page, goes) },
  {
    when: 'before it hears that its picture arrived',
    isSent: true,
    reach: (page) => sendWithoutUpload(page, isAnswered),
  },
  {
    when: 'before it leaves',
    isSent: true,
    reach: async (page, wire) => {
      wire.hold(isSend);
      const reached = wire.meets(isSend);
      await sendWithUpload(page);
      await reached;
    },
  },
  {
    when: 'when it has left',
    isSent: true,
    reach: async (page, wire) => {
      wire.hold(({ way }) => way === 'down');
      const reached = wire.meets(isSend);
      await sendWithUpload(page);
      await reached;
    },
  },
  {
    when: 'before it hears that it was stored',
    isSent: true,
    reach: async (page, wire) => {
      wire.hold((frame) => isAcknowledgement(frame) || isOwnEvent(frame));
      const reached = wire.meets(isAcknowledgement);
      await sendWithUpload(page);
      await reached;
    },
  },
  {
    when: 'after it heard that it was stored',
    isSent: true,
    reach: async (page, wire) => {
      wire.hold(isOwnEvent);
      const reached = wire.meets(isAcknowledgement);
      await sendWithUpload(page);
      await reached;
    },
  },
  {
    when: 'after it found it in the record',
    isSent: true,
    reach: async (page, wire) => {
      const reached = wire.meets(isOwnEvent);
      await sendWithUpload(page);
      await reached;
    },
  },
];

test.afterEach(({ browser }) => closeAll(browser));

for (const { when, isSent, reach } of MOMENTS)
  test(`a message with a picture is stored once if the page dies ${when}`, async ({ browser }) => {
    const { ticketId, customer, customerDesk } = await aCase();
    const context = await browser.newContext();
    const page = await context.newPage();
    const wire = await Wire.of(page);
    const isUp = wire.isUp();
    await signInOn(context, customer);
    await openTicket(page, ticketId);
    await isUp;
    await reach(page, wire);
    await crash(page);
    await wire.cut();

    const next = await openTicket(await context.newPage(), ticketId);
    if (!isSent) {
      await expect(field(next)).toHaveValue(WORDS);
      await expect(next.getByText('warning.png')).toBeVisible();
      await pressSend(next);
    }
    await expect(states(next)).toHaveText(['Sent']);
    await expect(messages(next)).toHaveText([WORDS]);
    await expect(timeline(next).getByRole('img', { name: 'warning.png' })).toHaveCount(1);
    await expect(field(next)).toHaveValue('');
    await expectStored(customerDesk, ticketId, [WORDS]);
    const [stored] = await customerDesk.messages(ticketId);
    expect(stored.attachments.map(({ filename }) => filename)).toEqual(['warning.png']);
    await expect.poll(() => customerDesk.ask('GET', '/me/drafts')).toEqual([]);
  });
