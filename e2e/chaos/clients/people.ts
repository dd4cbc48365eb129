import { setTimeout as pause } from 'node:timers/promises';
import type { WireRole } from '@parley/socket-events';
import { mustBecome } from '../waiting';
import { ADMIN } from '../world/world';
import { granted, request } from './http';

export interface Person {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly password: string;
  readonly role: WireRole;
}

const PASSWORD = 'a long way through the storm';
/** A server that has just come back may still ask for a little patience. */
const TRIES_FOR_MS = 5_000;
const TRY_AGAIN_MS = 250;
const TOKEN_IN_MAIL = /[?&]token=([\w-]+)/;

/** A person's own calls over REST, past all faults of the network: for what a round is made ready with. */
export class Desk {
  private constructor(
    readonly origin: string,
    readonly token: string,
  ) {}

  static async signIn(origin: string, { email, password }: Pick<Person, 'email' | 'password'>): Promise<Desk> {
    const answer = await request(`${origin}/api/auth/login`, { method: 'POST', body: { email, password } });
    return new Desk(origin, granted(answer).accessToken);
  }

  async ask(method: string, path: string, body?: unknown): Promise<ReturnType<typeof JSON.parse>> {
    const end = Date.now() + TRIES_FOR_MS;
    for (;;) {
      const answer = await request(`${this.origin}/api${path}`, { method, body, token: this.token });
      if (answer.status !== 503 || Date.now() > end) return granted(answer);
      await pause(TRY_AGAIN_MS);
    }
  }
}

/** Makes an account the way a customer does. */
export async function registerCustomer(origin: string, name: string): Promise<Person> {
  const account = { name, email: emailOf(name), password: PASSWORD };
  const { id } = granted(await request(`${origin}/api/auth/register`, { method: 'POST', body: account }));
  return { ...account, id, role: 'customer' };
}

/** Invites an agent and accepts the invitation with the link of the mail, which an admin can read. */
export async function inviteAgent(admin: Desk, name: string): Promise<Person> {
  const email = emailOf(name);
  const { id } = await admin.ask('POST', '/users', { email, name, role: 'agent' });
  let token: string | undefined;
  await mustBecome(
    `The invitation of ${name}`,
    async () => {
      const mails: { to: string; text: string }[] = await admin.ask('GET', '/mails');
      token = TOKEN_IN_MAIL.exec(mails.find(({ to }) => to === email)?.text ?? '')?.[1];
      return token !== undefined;
    },
    10_000,
  );
  const accepted = { method: 'POST', body: { token, password: PASSWORD, name } };
  granted(await request(`${admin.origin}/api/auth/invitation/accept`, accepted));
  return { id, name, email, password: PASSWORD, role: 'agent' };
}

export const signInAdmin = (origin: string): Promise<Desk> => Desk.signIn(origin, ADMIN);

const emailOf = (name: string): string => `${name.toLowerCase()}@chaos.example`;
