import { expect, type Browser, type Locator, type Page } from '@playwright/test';
import { signInOn, type Account } from './people';

/** A list of staff in a window of its own. */
export async function openListOn(browser: Browser, person: Account, query: string): Promise<Page> {
  const context = await browser.newContext();
  await signInOn(context, person);
  const page = await context.newPage();
  await page.goto(`/agent/tickets?${query}`);
  await expect(
    rows(page)
      .or(page.getByRole('heading', { level: 2 }))
      .first(),
  ).toBeVisible();
  return page;
}

export const rows = (page: Page): Locator => page.locator('app-ticket-row');

export const row = (page: Page, ticketId: number): Locator =>
  rows(page).filter({ has: page.getByText(`#${ticketId}`, { exact: true }) });

/** A word that stands in no other ticket. */
export const aWord = (): string => `quux${Math.random().toString(36).slice(2, 10)}`;
