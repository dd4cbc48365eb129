import { expect, type Page } from '@playwright/test';

/** By keys, once the question has the focus: a key that comes earlier is one for the way out. */
export async function answerByKey(page: Page, answer: string): Promise<void> {
  const dialog = page.getByRole('alertdialog');
  await expect(dialog.locator(':focus')).toBeVisible();
  await dialog.getByRole('button', { name: answer, exact: true }).press('Enter');
  await expect(dialog).toHaveCount(0); // while it goes, the keys of the page rest
}
