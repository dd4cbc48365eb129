import { expect, test, type Page } from '@playwright/test';
import { demoAccount, signIn } from './support/people';
import { findings, widthBeyondTheScreen } from './support/usable';

const PAGES = {
  visitor: ['/login', '/register', '/reset-password', '/unsubscribe', '/nowhere'],
  customer: ['/portal/tickets', '/portal/tickets/new', '/profile', '/notifications'],
  agent: ['/agent/tickets?view=all', '/agent/tickets/new', '/agent/canned-replies', '/profile', '/notifications'],
  admin: [
    '/admin/people',
    '/admin/mails',
    '/admin/categories',
    '/admin/tags',
    '/admin/canned-replies',
    '/admin/audit',
    '/admin/settings',
  ],
} as const;

/** Waits until the page shows its content instead of its skeleton. */
async function settle(page: Page): Promise<void> {
  await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1);
  await expect(page.locator('app-skeleton')).toHaveCount(0);
}

async function open(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await settle(page);
}

/** Everything the page logs as an error: refused styles or scripts, failed requests, exceptions. */
function troublesOf(page: Page): string[] {
  const troubles: string[] = [];
  page.on('pageerror', (error) => troubles.push(error.message));
  page.on('console', (message) => {
    const isExpected = /status of 40[14]/.test(message.text()); // not signed in yet, or an unknown address
    if (message.type() === 'error' && !isExpected) troubles.push(message.text());
  });
  return troubles;
}

for (const scheme of ['light', 'dark'] as const)
  for (const [role, addresses] of Object.entries(PAGES))
    test(`the ${role} finds every page usable and without errors, ${scheme}`, async ({ browser }) => {
      const context = await browser.newContext({ colorScheme: scheme });
      const page = await context.newPage();
      const troubles = troublesOf(page);
      if (role !== 'visitor') await signIn(page, demoAccount(role as 'customer' | 'agent' | 'admin'));
      for (const address of addresses) {
        await open(page, address);
        expect.soft(await findings(page), address).toEqual([]);
        expect.soft(await widthBeyondTheScreen(page), `${address} scrolls sideways`).toBe(0);
      }
      if (role === 'customer' || role === 'agent') {
        await openFirstTicket(page, role);
        expect.soft(await findings(page), 'a ticket').toEqual([]);
        expect.soft(await widthBeyondTheScreen(page), 'a ticket scrolls sideways').toBe(0);
      }
      expect(troubles).toEqual([]);
      await context.close();
    });

async function openFirstTicket(page: Page, role: 'customer' | 'agent'): Promise<void> {
  await open(page, role === 'agent' ? '/agent/tickets?view=all' : '/portal/tickets');
  await page.getByRole('main').getByRole('link', { name: /#\d+/ }).first().click();
  await expect(page.getByRole('region', { name: 'Timeline' })).toBeVisible();
  await settle(page);
}
