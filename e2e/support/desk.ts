import { randomUUID } from 'node:crypto';
import { expect } from '@playwright/test';
import { demoAccount, type Account } from './people';

/** Somebody with an account of their own. */
export interface Person extends Account {
  readonly id: string;
  readonly name: string;
}

export interface StoredMessage {
  readonly seq: number;
  readonly kind: 'chat' | 'comment' | 'note';
  readonly body: string;
  readonly attachments: readonly { readonly filename: string }[];
}

const TOKEN_IN_MAIL = /[?&]token=([\w-]+)/;

/** The server that all tests share. */
export const sharedOrigin = (): string => `http://127.0.0.1:${process.env.E2E_PORT}`;

/** A person's own calls over REST, beside everything that happens to their pages. */
export class Desk {
  private constructor(
    private readonly origin: string,
    private readonly token: string,
  ) {}

  static async of({ email, password }: Account, origin = sharedOrigin()): Promise<Desk> {
    const { accessToken } = await ask<{ accessToken: string }>(`${origin}/api/auth/login`, 'POST', { email, password });
    return new Desk(origin, accessToken);
  }

  ask<Answer>(method: string, path: string, body?: unknown): Promise<Answer> {
    return ask<Answer>(`${this.origin}/api${path}`, method, body, this.token);
  }

  async openTicket(subject: string): Promise<number> {
    const ticket = { subject, description: 'Since this morning every second page is empty.' };
    const { id } = await this.ask<{ id: number }>('POST', '/tickets', ticket);
    return id;
  }

  async claim(ticketId: number): Promise<void> {
    await this.ask('POST', `/tickets/${ticketId}/claim`);
  }

  async say(ticketId: number, body: string): Promise<void> {
    await this.ask('POST', `/tickets/${ticketId}/messages`, { clientMsgId: randomUUID(), kind: 'chat', body });
  }

  messages(ticketId: number): Promise<StoredMessage[]> {
    return this.ask('GET', `/tickets/${ticketId}/messages`);
  }
}

/** Makes an account the way a customer does. */
export async function aCustomer(name: string, origin = sharedOrigin()): Promise<Person> {
  const account = anAccount();
  const { id } = await ask<{ id: string }>(`${origin}/api/auth/register`, 'POST', { name, ...account });
  return { ...account, id, name };
}

/** Invites an agent, who accepts with the link of the mail. */
export async function anAgent(name: string, admin: Account = demoAccount('admin')): Promise<Person> {
  const account = anAccount();
  const desk = await Desk.of(admin);
  const { id } = await desk.ask<{ id: string }>('POST', '/users', { email: account.email, name, role: 'agent' });
  let token: string | undefined;
  await expect(async () => {
    const mails = await desk.ask<{ to: string; text: string }[]>('GET', '/mails');
    token = TOKEN_IN_MAIL.exec(mails.find(({ to }) => to === account.email)?.text ?? '')?.[1];
    expect(token).toBeDefined();
  }).toPass({ timeout: 10_000 });
  const acceptance = { token, password: account.password, name };
  await ask(`${sharedOrigin()}/api/auth/invitation/accept`, 'POST', acceptance);
  return { ...account, id, name };
}

const anAccount = (): Account => ({ email: `${randomUUID()}@example.org`, password: `heron-${randomUUID()}` });

async function ask<Answer>(url: string, method: string, body?: unknown, token?: string): Promise<Answer> {
  const answer = await fetch(url, {
    method,
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${url}: ${answer.status} ${text}`);
  return (text ? JSON.parse(text) : undefined) as Answer;
}
