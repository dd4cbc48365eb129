import type { Page } from '@playwright/test';

/** Ends the process behind a page as a crash does: no line of its code runs any more. What the browser keeps stays. */
export async function crash(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const crashed = page.waitForEvent('crash');
  void session.send('Page.crash').catch(() => undefined); // nobody is left to answer
  await crashed;
  await page.close();
}
