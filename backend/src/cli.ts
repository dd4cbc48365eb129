import 'reflect-metadata';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import type { INestApplicationContext } from '@nestjs/common';
import { AuditVerifier, type AuditDamage } from './audit';
import { inBackground, loadDemo } from './background-app';
import { DomainError } from './common';
import { loadSettings } from './config';
import { createDataSource, dataSourceOptions, migrate } from './database';
import { accountsTable, DemoService, UserCreation, VolumeLoader } from './operations';
import { SearchRebuild, SearchWorker, type RebuildProgress } from './search';
import { sentenceFor } from './start-failure';
import { UsersService } from './users';

const HELP = `Usage: npm run cli -- <command>

  user:create --role <role> --email <address> --name <name> [--password <password>]
                 makes a person: admin, agent or customer; a password is made when none is given
  demo:load      adds sample people and tickets, and shows their passwords once
  demo:remove    takes them away again
  audit:verify   reads the audit log against its seals, and names the first entry that was changed or removed
  search:rebuild looks at all words of all tickets anew, while the server runs; what is searched stays complete
  db:migrate     brings the database up to date; every start does so too
  volume:load --tickets <number> --messages <number>
                 fills a database without tickets with very many, to measure with; nobody of these people can sign
                 in, so make an account with user:create. If it breaks off, start again with a new database

It uses the settings of the server: the environment and .env.
`;

/** What a person did wrong on the command line. */
class UsageError extends Error {}

/** What a command was to find out, and nobody wants to hear. */
class Found extends Error {}

const say = (line: string): void => void process.stdout.write(`${line}\n`);

async function createUser(args: string[]): Promise<void> {
  const { values } = parseArgs({
    args,
    options: {
      role: { type: 'string' },
      email: { type: 'string' },
      name: { type: 'string' },
      password: { type: 'string' },
    },
  });
  const person = {
    role: values.role ?? (await ask('role', 'Role (admin, agent, customer)')),
    email: values.email ?? (await ask('email', 'E-mail')),
    name: values.name ?? (await ask('name', 'Name')),
    password: values.password,
  };
  const created = await inBackground(loadSettings(), (app) => app.get(UserCreation, { strict: false }).create(person));
  say(`${created.email} can sign in as ${created.role}.`);
  if (created.madePassword) say(`Password: ${created.madePassword}`);
}

async function ask(option: string, question: string): Promise<string> {
  if (!process.stdin.isTTY) throw new UsageError(`--${option} is missing.`);
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return await terminal.question(`${question}: `);
  } finally {
    terminal.close();
  }
}

async function addDemo(): Promise<void> {
  const accounts = await loadDemo(loadSettings());
  say(`The demo data is there. Sign in with:\n\n${accountsTable(accounts)}`);
}

async function removeDemo(): Promise<void> {
  await inBackground(loadSettings(), async (app) => {
    const { tickets, people, kept } = await app.get(DemoService, { strict: false }).remove();
    say(`Removed ${people} people and ${tickets} tickets.`);
    if (kept.length) say(`Switched off, because real tickets name them: ${kept.join(', ')}.`);
    if (!(await app.get(UsersService, { strict: false }).hasAdmin()))
      say('There is no admin now. Make one with user:create --role admin.');
  });
}

async function migrateDatabase(): Promise<void> {
  const dataSource = await createDataSource(dataSourceOptions(loadSettings())).initialize();
  try {
    const done = await migrate(dataSource);
    say(done.length ? `Done: ${done.join(', ')}.` : 'The database is up to date.');
  } finally {
    await dataSource.destroy();
  }
}

const PROGRESS_MS = 5_000;

function wholeNumber(name: string, text: string | undefined): number {
  if (text === undefined || !/^[1-9]\d{0,8}$/.test(text)) throw new UsageError(`--${name} must be a number above 0.`);
  return Number(text);
}

async function loadVolume(args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: { tickets: { type: 'string' }, messages: { type: 'string' } } });
  const tickets = wholeNumber('tickets', values.tickets);
  const messages = wholeNumber('messages', values.messages);
  const start = Date.now();
  const seconds = (): number => Math.round((Date.now() - start) / 1_000);
  let told = start;
  const onProgress = (done: number, next?: string): void => {
    if (next) return say(`${done} of ${tickets} tickets after ${seconds()} s; now the ${next}`);
    if (Date.now() - told < PROGRESS_MS) return;
    told = Date.now();
    say(`${done} of ${tickets} tickets after ${seconds()} s`);
  };
  await inBackground(loadSettings(), async (app) => {
    await app.get(SearchWorker, { strict: false }).stop();
    await app.get(VolumeLoader, { strict: false }).load({ tickets, messages, onProgress });
    say(`${tickets} of ${tickets} tickets after ${seconds()} s; now their words`);
    await rebuild(app);
  });
  say(`${tickets} tickets and ${messages} messages are there after ${seconds()} s.`);
}

/** Says now and then how far it is. */
function rebuild(app: INestApplicationContext): Promise<number> {
  let told = Date.now();
  const onProgress = ({ done, of }: RebuildProgress): void => {
    if (Date.now() - told < PROGRESS_MS) return;
    told = Date.now();
    say(`${Math.floor((done / of) * 100)} % of the tickets are read`);
  };
  return app.get(SearchRebuild, { strict: false }).run({ onProgress });
}

async function rebuildSearch(): Promise<void> {
  const start = Date.now();
  const tickets = await inBackground(loadSettings(), rebuild);
  say(`The words of ${tickets} tickets were looked at in ${Math.round((Date.now() - start) / 1_000)} s.`);
}

const namedEntry = ({ entryId, position }: AuditDamage): string =>
  entryId ? `Entry ${entryId} (number ${position})` : `The entry with number ${position}`;

async function verifyAudit(): Promise<void> {
  const { head, damage, unsealed } = await inBackground(loadSettings(), (app) =>
    app.get(AuditVerifier, { strict: false }).verify(),
  );
  if (unsealed.count)
    say(
      `Not sealed yet: ${unsealed.count} (${unsealed.ids.join(', ')}${unsealed.count > unsealed.ids.length ? ', …' : ''}).`,
    );
  if (damage) throw new Found(`${namedEntry(damage)} was ${damage.kind} after it was sealed.`);
  say(`All ${head.position} sealed entries are as they were written. The chain ends with ${head.hash || 'nothing'}.`);
}

const COMMANDS: Record<string, (args: string[]) => Promise<void>> = {
  'audit:verify': verifyAudit,
  'user:create': createUser,
  'demo:load': addDemo,
  'demo:remove': removeDemo,
  'search:rebuild': rebuildSearch,
  'db:migrate': migrateDatabase,
  'volume:load': loadVolume,
};

async function main([name, ...args]: string[]): Promise<void> {
  if (existsSync('.env')) process.loadEnvFile('.env');
  if (!name || name === 'help' || name === '--help' || name === '-h') return say(HELP);
  const command = COMMANDS[name];
  if (!command) throw new UsageError(`There is no command ${name}.\n\n${HELP}`);
  await command(args);
}

const isParseError = (error: unknown): boolean =>
  error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');

function explain(error: unknown): string {
  if (error instanceof UsageError || error instanceof Found || error instanceof DomainError || isParseError(error))
    return (error as Error).message;
  return sentenceFor(error) ?? (error instanceof Error ? error.stack : undefined) ?? String(error);
}

main(process.argv.slice(2)).then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`${explain(error)}\n`);
    process.exit(1);
  },
);
