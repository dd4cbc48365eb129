import 'reflect-metadata';
import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { INestApplicationContext } from '@nestjs/common';
import { AuditVerifier, type AuditDamage } from './audit';
import { inBackground, loadDemo } from './background-app';
import { backup, moveTo, restore } from './cli-backup';
import { doctor } from './cli-doctor';
import { ask, Found, nowAndThen, say, stopwatch, UsageError } from './cli-terminal';
import { DomainError } from './common';
import { loadSettings } from './config';
import { createDataSource, dataSourceOptions, migrate } from './database';
import { accountsTable, BackupProblem, DemoService, UserCreation, VolumeLoader } from './operations';
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
  backup <dir>   writes rows and files into a new folder, while the server runs; npm run backup -- <dir> is the same
  backup --verify <dir>
                 reads a backup, and says whether it is what was written
  restore <dir>  puts a backup into an empty database and the store of files, while no server runs on them;
                 --replace removes what is there, once its name was typed (or given with --confirm)
  db:move --to <mysql://…|sqlite>
                 copies all rows into another database, which must be empty, while no server runs
  doctor [--json]
                 says what is wrong with the installation and what to do; changes nothing
  volume:load --tickets <number> --messages <number>
                 fills a database without tickets with very many, to measure with; nobody of these people can sign
                 in, so make an account with user:create. If it breaks off, start again with a new database

It uses the settings of the server: the environment and .env.
`;

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
    role: values.role ?? (await need('role', 'Role (admin, agent, customer)')),
    email: values.email ?? (await need('email', 'E-mail')),
    name: values.name ?? (await need('name', 'Name')),
    password: values.password,
  };
  const created = await inBackground(loadSettings(), (app) => app.get(UserCreation, { strict: false }).create(person));
  say(`${created.email} can sign in as ${created.role}.`);
  if (created.madePassword) say(`Password: ${created.madePassword}`);
}

async function need(option: string, question: string): Promise<string> {
  const answer = await ask(`${question}: `);
  if (answer === undefined) throw new UsageError(`--${option} is missing.`);
  return answer;
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

function wholeNumber(name: string, text: string | undefined): number {
  if (text === undefined || !/^[1-9]\d{0,8}$/.test(text)) throw new UsageError(`--${name} must be a number above 0.`);
  return Number(text);
}

async function loadVolume(args: string[]): Promise<void> {
  const { values } = parseArgs({ args, options: { tickets: { type: 'string' }, messages: { type: 'string' } } });
  const tickets = wholeNumber('tickets', values.tickets);
  const messages = wholeNumber('messages', values.messages);
  const seconds = stopwatch();
  const tell = nowAndThen();
  const onProgress = (done: number, next?: string): void => {
    if (next) say(`${done} of ${tickets} tickets after ${seconds()} s; now the ${next}`);
    else tell(() => `${done} of ${tickets} tickets after ${seconds()} s`);
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
  const tell = nowAndThen();
  const onProgress = ({ done, of }: RebuildProgress): void =>
    tell(() => `${Math.floor((done / of) * 100)} % of the tickets are read`);
  return app.get(SearchRebuild, { strict: false }).run({ onProgress });
}

async function rebuildSearch(): Promise<void> {
  const seconds = stopwatch();
  const tickets = await inBackground(loadSettings(), rebuild);
  say(`The words of ${tickets} tickets were looked at in ${seconds()} s.`);
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
  backup,
  restore,
  'db:move': moveTo,
  doctor,
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

/** Failures whose words are for the person at the command line. */
const SENTENCES = [UsageError, Found, DomainError, BackupProblem];

function explain(error: unknown): string {
  if (SENTENCES.some((kind) => error instanceof kind) || isParseError(error)) return (error as Error).message;
  return sentenceFor(error) ?? (error instanceof Error ? error.stack : undefined) ?? String(error);
}

main(process.argv.slice(2)).then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`${explain(error)}\n`);
    process.exit(1);
  },
);
