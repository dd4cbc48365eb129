import { randomInt } from 'node:crypto';
import { chmod, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Role } from '../../access';

/** How somebody who tries the product signs in. */
export interface DemoAccount {
  email: string;
  password: string;
  role: Role;
  name: string;
}

const CONSONANTS = 'bdfghjkmnprstvz';
const VOWELS = 'aeiou';
const SYLLABLES = 9;
const SYLLABLES_IN_GROUP = 3;

const pick = (letters: string): string => letters[randomInt(letters.length)];

/** Three words that can be read aloud, 56 random bits: `bopake-ritumo-lasegi`. */
export function readablePassword(): string {
  const syllables = Array.from({ length: SYLLABLES }, () => pick(CONSONANTS) + pick(VOWELS));
  const groups: string[] = [];
  while (syllables.length) groups.push(syllables.splice(0, SYLLABLES_IN_GROUP).join(''));
  return groups.join('-');
}

const pathIn = (dataDir: string): string => join(dataDir, 'demo-accounts.json');

/** Keeps the passwords for the one who runs the server; nobody else can read the file. */
export async function keepAccounts(dataDir: string, accounts: readonly DemoAccount[]): Promise<void> {
  const path = pathIn(dataDir);
  await writeFile(path, `${JSON.stringify(accounts, null, 2)}\n`, { mode: 0o600 });
  await chmod(path, 0o600);
}

export async function forgetAccounts(dataDir: string): Promise<void> {
  await rm(pathIn(dataDir), { force: true });
}

/** For the console, one line for each account. */
export function accountsTable(accounts: readonly DemoAccount[]): string {
  const width = Math.max(...accounts.map(({ email }) => email.length));
  return accounts
    .map(({ role, email, password }) => `  ${role.padEnd('customer'.length)}  ${email.padEnd(width)}  ${password}`)
    .join('\n');
}
