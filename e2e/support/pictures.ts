import { join } from 'node:path';
import { test, type Page } from '@playwright/test';

let count = 0;

/** Keeps a picture of the page in an ignored folder, one per form factor, in the order of the story. */
export async function keepPicture(page: Page, name: string): Promise<void> {
  count += 1;
  const file = `${String(count).padStart(2, '0')}-${name}.png`;
  await page.screenshot({
    path: join(test.info().project.outputDir, '../pictures', test.info().project.name, file),
    animations: 'disabled',
  });
}
