import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { accountsTable, forgetAccounts, keepAccounts, readablePassword, type DemoAccount } from './demo-accounts';

const ACCOUNTS: DemoAccount[] = [
  { email: 'ana@example.com', password: 'bopake-ritumo-lasegi', role: 'agent', name: 'Ana' },
  { email: 'co@example.com', password: 'dupaki-fatera-mozugo', role: 'customer', name: 'Co' },
];

describe('demo accounts', () => {
  it('get passwords that differ and can be read aloud', () => {
    const passwords = Array.from({ length: 50 }, readablePassword);
    expect(new Set(passwords).size).toBe(50);
    expect(passwords.every((password) => /^([a-z]{6}-){2}[a-z]{6}$/.test(password))).toBe(true);
  });

  it('are kept in a file that only its owner can read, until they are forgotten', async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'parley-demo-'));
    const path = join(dataDir, 'demo-accounts.json');
    await keepAccounts(dataDir, ACCOUNTS);
    expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual(ACCOUNTS);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    await forgetAccounts(dataDir);
    expect(() => statSync(path)).toThrow('ENOENT');
    rmSync(dataDir, { recursive: true });
  });

  it('are shown in columns', () => {
    expect(accountsTable(ACCOUNTS)).toBe(
      '  agent     ana@example.com  bopake-ritumo-lasegi\n  customer  co@example.com   dupaki-fatera-mozugo',
    );
  });
});
