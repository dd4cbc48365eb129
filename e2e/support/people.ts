import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, type BrowserContext, type Page } from '@playwright/test';

export interface Account {
  readonly email: string;
  readonly password: string;
}

interface DemoAccount extends Account {
  role: 'customer' | 'agent' | 'admin';
  name: string;
}

/** A person of the sample data with this role. */
export function demoAccount(role: DemoAccount['role']): DemoAccount {
  const path = join(process.env.E2E_DATA_DIR ?? '', 'demo-accounts.json');
  const account = (JSON.parse(readFileSync(path, 'utf8')) as DemoAccount[]).find((each) => each.role === role);
  if (!account) throw new Error(`The sample data has no ${role}.`);
  return account;
}

/** Signs in on the sign-in page and waits for the first list. */
export async function signIn(page: Page, { email, password }: Account): Promise<void> {
  await page.goto('/login');
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page).not.toHaveURL(/login/);
}

/** Opens an account of its own for a customer, as a visitor does. */
export async function register(page: Page, name: string): Promise<Account> {
  const account = { email: `${randomUUID()}@example.org`, password: `heron-${randomUUID()}` };
  await page.goto('/register');
  await page.getByLabel('Name').fill(name);
  await page.getByLabel('E-mail').fill(account.email);
  await page.getByLabel('Password', { exact: true }).fill(account.password);
  await page.getByRole('button', { name: 'Create account' }).click();
  await expect(page).toHaveURL(/\/(portal|tickets|login)/);
  if (page.url().includes('/login')) await signIn(page, account);
  return account;
}

/** Signs in past the sign-in page: what is opened on this browser from now on belongs to this person. */
export async function signInOn(context: BrowserContext, { email, password }: Account): Promise<void> {
  const answer = await context.request.post('/api/auth/login', { data: { email, password } });
  expect(answer.ok(), 'signing in').toBe(true);
}
