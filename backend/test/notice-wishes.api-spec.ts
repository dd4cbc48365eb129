import { MINUTE } from './support/moved-clock';
import { expectStatus, invalid, testApi, type Person } from './support/api-client';
import { until } from './support/until';
import { testSockets, type Device } from './sockets/support/device';

const EVENTS = ['created', 'assigned', 'message', 'note', 'mention', 'status', 'priority'] as const;
type Event = (typeof EVENTS)[number];
const PEOPLE = ['requester', 'assignee', 'follower', 'stranger'] as const;
type Role = (typeof PEOPLE)[number];
const SCOPES = ['mine', 'followed', 'all'] as const;

/** Which wish an event comes under. */
const WISH_OF: Record<Event, string> = {
  created: 'created',
  assigned: 'assigned',
  message: 'message',
  note: 'message',
  mention: 'mention',
  status: 'status',
  priority: 'priority',
};
const STAFF: readonly Role[] = ['assignee', 'follower', 'stranger'];

/** Who hears of what with everything switched on, by the scope that staff chose. */
const HEARD: Record<Event, Record<(typeof SCOPES)[number], readonly Role[]>> = {
  created: { mine: STAFF, followed: STAFF, all: STAFF },
  assigned: { mine: ['assignee'], followed: ['assignee'], all: ['assignee'] },
  message: { mine: ['requester', 'assignee'], followed: ['requester', 'assignee', 'follower'], all: PEOPLE },
  note: { mine: ['assignee'], followed: ['assignee', 'follower'], all: STAFF },
  mention: { mine: STAFF, followed: STAFF, all: STAFF },
  status: { mine: ['requester', 'assignee'], followed: ['requester', 'assignee', 'follower'], all: PEOPLE },
  priority: { mine: ['requester', 'assignee'], followed: ['requester', 'assignee', 'follower'], all: PEOPLE },
};

const channels = (on: boolean): object => ({ page: on, desktop: on, sound: on });
const allEvents = (on: boolean): object =>
  Object.fromEntries(['created', 'assigned', 'message', 'mention', 'status', 'priority'].map((e) => [e, channels(on)]));

describe('who is told of what', () => {
  const api = testApi();
  const sockets = testSockets(api);
  const people = {} as Record<Role, Person>;
  const devices = {} as Record<Role, Device>;
  let actor: Person;

  beforeAll(async () => {
    people.requester = await api.given.customer({ name: 'Cora' });
    for (const role of STAFF) people[role] = await api.given.agent({ name: `The ${role}` });
    actor = await api.given.agent({ name: 'Actor' });
  });
  beforeEach(async () => {
    for (const role of PEOPLE) devices[role] = await sockets.connect(people[role]);
  });

  const prefer = async (roles: readonly Role[], preferences: object): Promise<void> => {
    for (const role of roles) expectStatus(200, await people[role].patch('/api/me', { preferences }));
  };

  const settled = (): Promise<unknown> =>
    until('no notice waits', async () => !(await api.rows(`SELECT id FROM outbox WHERE kind = 'notices'`)).length);

  /** A ticket as it stands before the event, which nobody was told of. */
  async function ticket(): Promise<number> {
    const { id } = await api.given.ticket({ by: people.requester });
    expectStatus(200, await people.assignee.put(`/api/tickets/${id}/assignee`, { agentId: people.assignee.id }));
    expectStatus(204, await people.follower.put(`/api/tickets/${id}/followers/me`));
    await settled();
    for (const role of PEOPLE) expectStatus(204, await people[role].post('/api/notifications/read-all'));
    return id as number;
  }

  async function happen(event: Event): Promise<number> {
    if (event === 'created')
      return (await api.given.ticket({ by: actor, requesterId: people.requester.id })).id as number;
    if (event === 'assigned') {
      const { id } = await api.given.ticket({ by: people.requester });
      expectStatus(200, await actor.put(`/api/tickets/${id}/assignee`, { agentId: people.assignee.id }));
      return id as number;
    }
    const id = await ticket();
    const everybody = STAFF.map((role) => `@The ${role}`).join(' ');
    if (event === 'message') await api.given.message(actor, id);
    if (event === 'note') await api.given.message(actor, id, { kind: 'note', body: 'psst' });
    if (event === 'mention') await api.given.message(actor, id, { kind: 'note', body: `${everybody} @Cora` });
    if (event === 'status') expectStatus(200, await actor.put(`/api/tickets/${id}/status`, { status: 'resolved' }));
    if (event === 'priority') expectStatus(200, await actor.put(`/api/tickets/${id}/priority`, { priority: 'urgent' }));
    return id;
  }

  /** Who was told of an event, with the alerts of their devices. */
  async function told(event: Event): Promise<{ role: Role; alerts: object }[]> {
    for (const role of PEOPLE) devices[role].forget();
    const ticketId = await happen(event);
    await settled();
    const type =
      event === 'mention'
        ? 'mention'
        : ({ created: 'ticket.created', assigned: 'ticket.assigned', status: 'status.changed' }[event as 'created'] ??
          (event === 'priority' ? 'priority.changed' : 'message.created'));
    const found: { role: Role; alerts: object }[] = [];
    for (const role of PEOPLE) {
      const { body } = expectStatus(200, await people[role].get('/api/notifications'));
      const notices = (body as { id: string; ticketId: number; type: string }[]).filter(
        (notice) => notice.ticketId === ticketId && notice.type === type,
      );
      if (!notices.length) continue;
      expect(notices).toHaveLength(1);
      const { alerts } = await devices[role].hears('notification', ({ id }) => id === notices[0].id);
      found.push({ role, alerts });
    }
    return found;
  }

  const LOUD = { desktop: true, sound: true };
  describe.each(SCOPES)('with the scope %s', (scope) => {
    beforeAll(() =>
      prefer(PEOPLE, {
        sound: true,
        notifications: { scope, events: allEvents(true), quietHours: { on: false } },
      }),
    );

    it.each(EVENTS)('of %s: those it concerns, on all channels', async (event) => {
      expect(await told(event)).toEqual(HEARD[event][scope].map((role) => ({ role, alerts: LOUD })));
    });
  });

  describe.each(EVENTS)('of %s', (event) => {
    const wish = WISH_OF[event];
    const hearers = HEARD[event].all;
    beforeAll(() =>
      prefer(PEOPLE, {
        sound: true,
        notifications: { scope: 'all', events: allEvents(true), quietHours: { on: false } },
      }),
    );

    it.each([
      ['desktop', { desktop: false, sound: true }],
      ['sound', { desktop: true, sound: false }],
    ])('without %s, on the other channels', async (channel, alerts) => {
      await prefer(PEOPLE, { notifications: { events: { [wish]: { [channel]: false } } } });
      expect(await told(event)).toEqual(hearers.map((role) => ({ role, alerts })));
      await prefer(PEOPLE, { notifications: { events: { [wish]: { [channel]: true } } } });
    });

    it('without the page nobody', async () => {
      await prefer(PEOPLE, { notifications: { events: { [wish]: { page: false } } } });
      expect(await told(event)).toEqual([]);
      await prefer(PEOPLE, { notifications: { events: { [wish]: { page: true } } } });
    });
  });

  it('of new tickets only those who switched that on', async () => {
    await prefer(PEOPLE, { notifications: { scope: 'followed', events: { created: { page: false } } } });
    expect(await told('created')).toEqual([]);
    await prefer(['stranger'], { notifications: { events: { created: { page: true } } } });
    expect((await told('created')).map(({ role }) => role)).toEqual(['stranger']);
  });

  it('without a sound where all sounds are off', async () => {
    await prefer(['assignee'], { sound: false });
    expect(await told('assigned')).toEqual([{ role: 'assignee', alerts: { desktop: true, sound: false } }]);
    await prefer(['assignee'], { sound: true });
  });

  it('in quiet hours on the page alone, by the clock of the person', async () => {
    const clock = new Intl.DateTimeFormat('en-GB', {
      timeZone: 'Asia/Kolkata',
      hour: '2-digit',
      minute: '2-digit',
      hourCycle: 'h23',
    });
    const inMinutes = (minutes: number): string => clock.format(new Date(Date.now() + minutes * MINUTE));
    const quietHours = { on: true, from: inMinutes(-20), to: inMinutes(20) };
    await prefer(['assignee'], { timeZone: 'Asia/Kolkata', notifications: { quietHours } });
    expect(await told('assigned')).toEqual([{ role: 'assignee', alerts: { desktop: false, sound: false } }]);
    await prefer(['assignee'], { timeZone: 'UTC' });
    expect(await told('assigned')).toEqual([{ role: 'assignee', alerts: LOUD }]);
    await prefer(['assignee'], { notifications: { quietHours: { on: false } } });
  });

  it('of a mention as of any note where mentions are off', async () => {
    await prefer(['assignee', 'stranger'], {
      notifications: { scope: 'mine', events: { mention: { page: false }, message: { page: true } } },
    });
    const id = await ticket();
    await api.given.message(actor, id, { kind: 'note', body: '@The assignee and @The stranger' });
    await settled();
    const typesOf = async (role: Role): Promise<string[]> => {
      const { body } = expectStatus(200, await people[role].get('/api/notifications?unread=true'));
      return (body as { type: string; reason: string }[]).map(({ type, reason }) => `${type} ${reason}`);
    };
    expect(await typesOf('assignee')).toEqual(['message.created assignee']);
    expect(await typesOf('stranger')).toEqual([]);
    await prefer(['assignee', 'stranger'], { notifications: { events: { mention: { page: true } } } });
  });

  it('of no mention in what the customer reads', async () => {
    const id = await ticket();
    await api.given.message(actor, id, { kind: 'comment', body: '@The assignee will help' });
    const { body } = expectStatus(200, await people.assignee.get('/api/notifications?unread=true'));
    expect(body).toMatchObject([{ type: 'message.created', reason: 'assignee' }]);
  });
});

describe('wishes about notices', () => {
  const api = testApi();

  it('are merged deeply, and leave what the mails are about alone', async () => {
    const ana = await api.given.agent();
    const { body: before } = expectStatus(200, await ana.get('/api/me'));
    const change = { notifications: { events: { status: { sound: true } }, quietHours: { on: true, from: '21:30' } } };
    const { body } = expectStatus(200, await ana.patch('/api/me', { preferences: change }));
    expect(body.preferences).toEqual({
      ...before.preferences,
      notifications: {
        ...before.preferences.notifications,
        events: {
          ...before.preferences.notifications.events,
          status: { page: true, desktop: false, sound: true },
        },
        quietHours: { on: true, from: '21:30', to: '07:00' },
      },
    });
  });

  it.each([
    ['notifications', { notifications: 'loud' }],
    ['notifications.events.message.page', { notifications: { events: { message: { page: 'yes' } } } }],
    ['notifications.events.message.pager', { notifications: { events: { message: { pager: true } } } }],
    ['notifications.events.lunch', { notifications: { events: { lunch: { page: true } } } }],
    ['notifications.volume', { notifications: { volume: 11 } }],
    ['notifications.scope', { notifications: { scope: 'team' } }],
    ['notifications.quietHours.from', { notifications: { quietHours: { from: '24:00' } } }],
    ['notifications.quietHours.to', { notifications: { quietHours: { to: '7:00' } } }],
    ['timeZone', { timeZone: 'Mars/Olympus' }],
    ['timeZone', { timeZone: 7 }],
  ])('are refused with a wrong %s', async (path, preferences) => {
    const ana = await api.given.agent();
    expect(await ana.patch('/api/me', { preferences })).toMatchObject(invalid(`preferences.${path}`));
  });
});

describe('what new staff begin with', () => {
  const api = testApi();

  it('is what admins chose; whoever is there already keeps what they have', async () => {
    const [admin, before] = [await api.given.admin(), await api.given.agent()];
    const change = { email: { status: false }, notifications: { scope: 'all', events: { created: { page: true } } } };
    const { body: defaults } = expectStatus(200, await admin.patch('/api/staff-defaults', change));
    expect(defaults).toMatchObject({ ...change, sound: true });
    expectStatus(200, await admin.patch('/api/staff-defaults', { sound: false }));
    expect(expectStatus(200, await admin.get('/api/staff-defaults')).body).toMatchObject({ ...change, sound: false });
    const preferencesOf = async (person: Person) => expectStatus(200, await person.get('/api/me')).body.preferences;
    const after = await api.given.agent();
    expect(await preferencesOf(after)).toMatchObject({ ...change, sound: false });
    for (const person of [before, await api.given.customer()])
      expect(await preferencesOf(person)).toMatchObject({
        sound: true,
        email: { status: true },
        notifications: { scope: 'followed' },
      });
    const { id } = await api.given.ticket();
    const heard = async (person: Person): Promise<number> =>
      expectStatus(200, await person.get('/api/notifications')).body.length;
    await until('the new one is told of new tickets', () => heard(after));
    expect(await heard(before)).toBe(0);
    expect(id).toBeGreaterThan(0);
  });

  it('stands in the log when it is changed', async () => {
    const admin = await api.given.admin();
    expectStatus(200, await admin.patch('/api/staff-defaults', { sound: false }));
    const { body } = expectStatus(200, await admin.get('/api/audit?action=settings.changed'));
    expect(body[0]).toMatchObject({
      action: 'settings.changed',
      actor: { id: admin.id },
      object: { type: 'settings', id: 'staff-defaults' },
      data: { sound: false },
    });
  });

  it.each([{ theme: 'dark' }, { notifications: { scope: 'team' } }, { sound: 'loud' }, { email: { chats: true } }])(
    'is not %j',
    async (change) => {
      const admin = await api.given.admin();
      expect((await admin.patch('/api/staff-defaults', change)).status).toBe(400);
    },
  );
});
