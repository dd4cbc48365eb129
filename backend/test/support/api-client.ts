import type { Type } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Role } from '../../src/access';
import { AccessTokens, Passwords, SignInsService } from '../../src/auth';
import { Clock, newId } from '../../src/common';
import { UnitOfWork } from '../../src/database';
import { UsersService } from '../../src/users';
import { Caller, type Answer } from './caller';
import { MovedClock } from './moved-clock';
import { startTestApp, type TestApp, type TestAppOptions } from './test-app';

export type { Answer } from './caller';

export const PASSWORD = 'correct horse battery staple';

/** Somebody with an account, signed in on one device. */
export class Person extends Caller {
  constructor(
    origin: () => string,
    readonly account: { id: string; email: string; name: string; role: Role },
    readonly signIn: { id: string; accessToken: string; refreshToken: string },
  ) {
    super(origin, { authorization: `Bearer ${signIn.accessToken}` });
  }

  get id(): string {
    return this.account.id;
  }

  /** The header that carries the refresh token. */
  get cookie(): { cookie: string } {
    return { cookie: `parley_refresh=${this.signIn.refreshToken}` };
  }
}

export interface TicketInput {
  /** Who opens it; a new customer by default. */
  by?: Person;
  [field: string]: unknown;
}

/** The application of one test file, and ways to get what a test begins with. */
export class Api {
  private running: TestApp | undefined;
  private readonly clockOfTests = new MovedClock();
  private passwordHash: Promise<string> | undefined;
  private people = 0;

  /** Somebody who is not signed in. */
  readonly anyone = new Caller(() => this.url);
  readonly given = new Given(this);

  constructor(private readonly options: TestAppOptions) {}

  async start(): Promise<void> {
    const replace = [...(this.options.replace ?? []), { token: Clock, value: this.clockOfTests }];
    this.running = await startTestApp({ ...this.options, replace });
  }

  async stop(): Promise<void> {
    await this.running?.close();
  }

  get app(): TestApp['app'] {
    if (!this.running) throw new Error('The application is started before the first test, not earlier.');
    return this.running.app;
  }

  get url(): string {
    return this.running?.url ?? '';
  }

  get clock(): MovedClock {
    return this.clockOfTests;
  }

  /** A part of the application, for what no route does. */
  part<Part>(token: Type<Part> | (abstract new (...args: never[]) => Part)): Part {
    return this.app.get<Part>(token, { strict: false });
  }

  /** Creates an account without the way over HTTP: only the command line makes admins. */
  async person(role: Role, details: { name?: string; email?: string } = {}): Promise<Person> {
    this.passwordHash ??= this.part(Passwords).hash(PASSWORD);
    const passwordHash = await this.passwordHash;
    const count = (this.people += 1);
    const name = details.name ?? `${role[0].toUpperCase()}${role.slice(1)} ${count}`;
    const email = details.email ?? `${role}-${count}-${newId()}@example.com`;
    const users = this.part(UsersService);
    const signIns = this.part(SignInsService);
    // One transaction, because each commit waits for the disk.
    const { user, started } = await this.part(UnitOfWork).run(async (tx) => {
      const created = await users.create(tx, { email, name, role, passwordHash, confirmed: true });
      return { user: created, started: await signIns.start(tx, created.id, 'tests') };
    });
    return this.signedIn({ id: user.id, email, name, role }, started);
  }

  /** Signs somebody in on one more device. */
  async device(account: Person['account']): Promise<Person> {
    const signIns = this.part(SignInsService);
    const started = await this.part(UnitOfWork).run((tx) => signIns.start(tx, account.id, 'tests'));
    return this.signedIn(account, started);
  }

  private signedIn(
    account: Person['account'],
    { signInId, refreshToken }: Awaited<ReturnType<SignInsService['start']>>,
  ): Person {
    const accessToken = this.part(AccessTokens).sign(account.id, signInId);
    return new Person(() => this.url, account, { id: signInId, accessToken, refreshToken });
  }

  /** Signs in over HTTP, with a password. */
  login(email: string, password: string = PASSWORD): Promise<Answer> {
    return this.anyone.post('/api/auth/login', { email, password });
  }

  /** Rows as the database has them. */
  rows(sql: string, parameters: unknown[] = []): Promise<Record<string, unknown>[]> {
    return this.part(DataSource).query(sql, parameters);
  }
}

/** Builders: each call makes something new that no other test knows. */
export class Given {
  constructor(private readonly api: Api) {}

  customer(details?: { name?: string; email?: string }): Promise<Person> {
    return this.api.person('customer', details);
  }

  agent(details?: { name?: string; email?: string }): Promise<Person> {
    return this.api.person('agent', details);
  }

  admin(details?: { name?: string; email?: string }): Promise<Person> {
    return this.api.person('admin', details);
  }

  async ticket({ by, ...fields }: TicketInput = {}): Promise<Answer['body']> {
    const opener = by ?? (await this.customer());
    const input = { subject: 'The printer prints blank pages', description: 'Since this morning.', ...fields };
    return expectStatus(201, await opener.post('/api/tickets', input)).body;
  }

  /** A ticket that a member of staff has brought to a status. */
  async ticketIn(status: string, input: TicketInput = {}): Promise<Answer['body']> {
    const ticket = await this.ticket(input);
    if (status === 'open') return ticket;
    const agent = await this.agent();
    return expectStatus(200, await agent.put(`/api/tickets/${ticket.id}/status`, { status })).body;
  }

  async message(by: Person, ticketId: number, fields: Record<string, unknown> = {}): Promise<Answer['body']> {
    const answer = await by.post(`/api/tickets/${ticketId}/messages`, aMessage(fields));
    return expectStatus(201, answer).body.message;
  }
}

/** A message that can be sent, but for what the test says. */
export const aMessage = (fields: Record<string, unknown> = {}): Record<string, unknown> => ({
  clientMsgId: newId(),
  kind: 'chat',
  body: 'Did you try another cartridge?',
  ...fields,
});

/** For steps on the way to what a test is about. */
export function expectStatus(status: number, answer: Answer): Answer {
  if (answer.status === status) return answer;
  throw new Error(`Expected ${status}, got ${answer.status}: ${JSON.stringify(answer.body)}`);
}

/** A refusal as every route words it. */
export const problem = (status: number, code: string, more: Record<string, unknown> = {}): object => ({
  status,
  type: 'application/problem+json',
  body: { status, code, requestId: expect.any(String), ...more },
});

/** A refusal that names the field. */
export const invalid = (path: string): object =>
  problem(400, 'validation-failed', { errors: expect.arrayContaining([{ path, message: expect.any(String) }]) });

/** One application for all tests of a file. */
export function testApi(options: TestAppOptions = {}): Api {
  jest.setTimeout(20_000);
  const api = new Api(options);
  beforeAll(() => api.start(), 30_000);
  afterAll(() => api.stop());
  return api;
}
