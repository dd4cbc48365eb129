import { RequestMethod } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants';
import { DiscoveryService, MetadataScanner, ModulesContainer } from '@nestjs/core';
import { ROLES, PUBLIC_KEY, ROLES_KEY, type Role } from '../src/access';
import { newId } from '../src/common';
import { openApiDocument } from '../src/openapi-document';
import { can, TICKET_ACTIONS, type TicketAction } from '../src/tickets/ticket.policy';
import { ACTORS, OBJECTS, promised, RIGHTS, type ActorKind, type ObjectKind, type RouteRights } from './rights-matrix';
import { expectStatus, testApi, type Person } from './support/api-client';
import type { Caller } from './support/caller';
import { form, png } from './support/files';

const api = testApi();
const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;
const UNKNOWN_TICKET = 2_000_000_000;
/** What stands for nothing, where that is no new id. */
const UNKNOWN: Record<string, string | undefined> = { ticketId: String(UNKNOWN_TICKET), kind: 'chat', version: '1' };

const documentedRoutes = (): string[] =>
  Object.entries(openApiDocument(api.app).paths).flatMap(([path, item]) =>
    METHODS.filter((method) => item[method]).map((method) => `${method.toUpperCase()} ${path}`),
  );

/** The things of one person that routes are asked about; made anew for each call, because calls change them. */
class Belongings {
  constructor(readonly owner: Person) {}

  async idFor(parameter: string, ticketId: number): Promise<string> {
    if (parameter === 'ticketId') return String(ticketId);
    if (parameter === 'kind') return this.draft(ticketId);
    if (parameter === 'messageId') return (await api.given.message(this.owner, ticketId, { kind: 'chat' })).id;
    if (parameter === 'attachmentId') return this.file();
    if (parameter === 'sessionId') return (await api.device(this.owner.account)).signIn.id;
    if (parameter === 'notificationId') return this.notification();
    if (parameter === 'categoryId') return this.category();
    if (parameter === 'replyId') return this.cannedReply();
    if (parameter === 'version') return '1';
    if (parameter === 'tagId') return this.tag();
    if (parameter === 'mailId') return this.mail();
    if (parameter === 'viewId') return this.view();
    if (parameter === 'userId') return (await api.given.customer()).id;
    throw new Error(`The matrix does not know how to make a ${parameter}.`);
  }

  async ticket(): Promise<number> {
    return (await api.given.ticket({ by: this.owner })).id;
  }

  private async draft(ticketId: number): Promise<string> {
    const draft = { clientMsgId: newId(), body: 'Hel', baseSeq: 0 };
    expectStatus(200, await this.owner.put(`/api/tickets/${ticketId}/drafts/chat`, draft));
    return 'chat';
  }

  private async file(): Promise<string> {
    const picture = { bytes: await png(), name: 'a.png', type: 'image/png' };
    const answer = await this.owner.post('/api/tickets', form({ subject: 'a', description: 'b' }, [picture]));
    return expectStatus(201, answer).body.attachments[0].id;
  }

  private async notification(): Promise<string> {
    const colleague = await api.given.agent();
    await api.given.message(colleague, await this.ticket(), { kind: 'chat' });
    return (await this.owner.get('/api/notifications?limit=1')).body[0].id;
  }

  /** Customers have none: what they would see at most is a shared one. */
  private async view(): Promise<string> {
    const isStaffs = this.owner.account.role !== 'customer';
    const by = isStaffs ? this.owner : await api.given.agent();
    const view = { name: `View ${newId()}`, filter: {}, shared: !isStaffs };
    return expectStatus(201, await by.post('/api/views', view)).body.id;
  }

  private async mail(): Promise<string> {
    const admin = await api.given.admin();
    const invited = { email: `${newId()}@example.com`, name: 'Ines', role: 'agent' };
    expectStatus(201, await admin.post('/api/users', invited));
    return (await admin.get(`/api/mails?to=${invited.email}`)).body[0].id;
  }

  /** Customers have none, and nobody sees the own ones of others. */
  private async cannedReply(): Promise<string> {
    const by = this.owner.account.role === 'customer' ? await api.given.agent() : this.owner;
    const reply = { key: newId(), title: 'Hello', body: 'Hello.' };
    return expectStatus(201, await by.post('/api/canned-replies', reply)).body.id;
  }

  private async tag(): Promise<string> {
    const tag = newId();
    const agent = await api.given.agent();
    await api.given.ticket({ by: agent, tags: [tag] });
    return (await agent.get(`/api/tags?q=${tag}`)).body[0].id;
  }

  private async category(): Promise<string> {
    const admin = await api.given.admin();
    return expectStatus(201, await admin.post('/api/categories', { name: `Shelf ${newId()}` })).body.id;
  }
}

/** The path with ids of what exists, of the caller or of somebody else, or with ids of nothing. */
async function filledPath(path: string, object: ObjectKind, things: Belongings): Promise<string> {
  const parameters = [...path.matchAll(/{(\w+)}/g)].map(([, name]) => name);
  const ticketId = object !== 'unknown' && parameters.includes('ticketId') ? await things.ticket() : UNKNOWN_TICKET;
  let filled = path;
  for (const name of parameters) {
    const unknown = UNKNOWN[name] ?? newId();
    filled = filled.replace(`{${name}}`, object === 'unknown' ? unknown : await things.idFor(name, ticketId));
  }
  return filled;
}

async function bodyFor({ body }: RouteRights): Promise<unknown> {
  if (body === 'file') return form({}, [{ bytes: await png(), name: 'a.png', type: 'image/png' }], 'file');
  const fresh = { ...(body?.clientMsgId !== undefined && { clientMsgId: newId() }) };
  const renamed = { ...(body?.role !== undefined && { email: `${newId()}@example.com` }) };
  const named = {
    ...(String(body?.name).startsWith('A new ') && { name: `${String(body?.name)} ${newId()}`.slice(0, 40) }),
  };
  return body && { ...body, ...fresh, ...renamed, ...named };
}

describe('the rights matrix', () => {
  let callers: Record<ActorKind, Caller>;
  let owners: Record<ActorKind, Person>;
  let somebodyElse: Belongings;

  beforeAll(async () => {
    const [customer, agent, admin] = [await api.given.customer(), await api.given.agent(), await api.given.admin()];
    const disabled = await api.given.customer();
    await api.given.admin();
    somebodyElse = new Belongings(await api.given.customer());
    owners = { anon: await api.given.customer(), disabled: await api.given.customer(), customer, agent, admin };
    callers = { anon: api.anyone, disabled, customer, agent, admin };
    expectStatus(200, await admin.patch(`/api/users/${disabled.id}`, { active: false }));
  });

  it('decides about every route of the document, and about no other', () => {
    expect(Object.keys(RIGHTS).sort()).toEqual(documentedRoutes().sort());
  });

  const CASES = Object.keys(RIGHTS).flatMap((route) =>
    (route.includes('{') ? OBJECTS : OBJECTS.slice(0, 1)).map((object) => ({ route, object })),
  );

  it.each(CASES)('$route ($object)', async ({ route, object }) => {
    const [method, path] = route.split(' ');
    const answers = ACTORS.map(async (actor) => {
      const things = object === 'foreign' ? somebodyElse : new Belongings(owners[actor]);
      const filled = await filledPath(path, object, things);
      const { status } = await callers[actor].send(method, filled, await bodyFor(RIGHTS[route]));
      return [actor, status] as const;
    });
    const seen = Object.fromEntries(await Promise.all(answers));
    const expected = Object.fromEntries(ACTORS.map((actor) => [actor, promised(RIGHTS[route], actor, object)]));
    expect(seen).toEqual(expected);
  });
});

describe('the policy of tickets', () => {
  const STAFF_ONLY: TicketAction[] = ['note', 'tag', 'settle', 'follow', 'claim', 'assign', 'release'];
  const REQUESTERS_AND_ADMINS: TicketAction[] = ['delete'];
  const ADMINS_ONLY: TicketAction[] = ['restore'];

  function rule(role: Role, action: TicketAction, isRequester: boolean, isClaimed: boolean): boolean {
    if (role === 'admin') return true;
    if (ADMINS_ONLY.includes(action)) return false;
    if (REQUESTERS_AND_ADMINS.includes(action)) return isRequester;
    if (role === 'agent') return true;
    if (STAFF_ONLY.includes(action) || !isRequester) return false;
    return action !== 'changePriority' || !isClaimed;
  }

  const CELLS = TICKET_ACTIONS.flatMap((action) =>
    ROLES.flatMap((role) =>
      [true, false].flatMap((isRequester) =>
        [true, false].map((isClaimed) => ({ action, role, isRequester, isClaimed })),
      ),
    ),
  );

  it.each(CELLS)('$action by $role, requester: $isRequester, claimed: $isClaimed', (cell) => {
    const { action, role, isRequester, isClaimed } = cell;
    const actor = { id: 'me', name: 'Me', role, signInId: 'here' };
    const ticket = { requesterId: isRequester ? 'me' : 'other', assigneeId: isClaimed ? 'another' : null };
    expect(can(actor, action, ticket)).toBe(rule(role, action, isRequester, isClaimed));
  });
});

describe('every route', () => {
  it('decides who may call it', () => {
    const discovery = new DiscoveryService(api.app.get(ModulesContainer));
    const scanner = new MetadataScanner();
    const undecided: string[] = [];
    let handlers = 0;
    for (const { metatype, instance } of discovery.getControllers()) {
      if (!metatype || typeof instance !== 'object') continue;
      const prototype = Object.getPrototypeOf(instance) as Record<string, object>;
      for (const name of scanner.getAllMethodNames(prototype)) {
        const handler = prototype[name];
        if (Reflect.getMetadata(PATH_METADATA, handler) === undefined) continue;
        handlers += 1;
        const decides = [PUBLIC_KEY, ROLES_KEY].some(
          (key) => Reflect.hasMetadata(key, handler) || Reflect.hasMetadata(key, metatype),
        );
        const method = RequestMethod[Reflect.getMetadata(METHOD_METADATA, handler) as RequestMethod];
        if (!decides) undecided.push(`${method} ${metatype.name}.${name}`);
      }
    }
    expect(undecided).toEqual([]);
    expect(handlers).toBe(documentedRoutes().length);
  });
});
