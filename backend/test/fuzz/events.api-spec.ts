import fc, { type Arbitrary } from 'fast-check';
import { Logger } from '@nestjs/common';
import { testSockets, type Device } from '../sockets/support/device';
import { expectStatus, testApi, type Person } from '../support/api-client';
import { EVENT_SCHEMAS } from './support/event-schemas';
import { Values } from './support/from-schema';
import { aHostileText, aHostileValue } from './support/hostile';

const SEED = Number(process.env.FUZZ_SEED ?? 20_261_121);
const EVENTS_OF_EACH_KIND = Number(process.env.FUZZ_RUNS ?? 60);

/** Everything an event may be refused with; `internal` is a defect, and `unavailable` has no reason here. */
const REFUSALS = [
  'unauthenticated',
  'not_found',
  'forbidden',
  'validation',
  'conflict',
  'ticket_closed',
  'edit_window_over',
];
const ACK_MS = 5_000;

interface Ack {
  ok: boolean;
  error?: { code: string; retryable: boolean };
}

describe(`whatever a socket sends (seed ${SEED})`, () => {
  const api = testApi();
  const sockets = testSockets(api);
  const values = new Values({});
  let people: Record<'customer' | 'agent' | 'admin', Person>;
  let ticketIds: number[];
  let messageIds: string[];
  beforeAll(async () => {
    const [customer, agent, admin] = [await api.given.customer(), await api.given.agent(), await api.given.admin()];
    people = { customer, agent, admin };
    const [own, closed] = [
      await api.given.ticket({ by: customer }),
      await api.given.ticketIn('closed', { by: customer }),
    ];
    ticketIds = [own.id, closed.id, (await api.given.ticket()).id, 2_000_000_000];
    messageIds = [(await api.given.message(customer, own.id)).id, (await api.given.message(agent, own.id)).id];
  });

  /** Mostly about things that exist, so that it is not only refused at the door. */
  const payloads = (event: keyof typeof EVENT_SCHEMAS): Arbitrary<unknown> => {
    const schema = EVENT_SCHEMAS[event];
    const known = fc.record({ ticketId: fc.constantFrom(...ticketIds), messageId: fc.constantFrom(...messageIds) });
    const about = fc.tuple(fc.oneof(values.like(schema), values.unlike(schema)), known, fc.boolean());
    return about.map(([payload, ids, isKnown]) => (isKnown ? withIds(payload, ids) : payload));
  };

  /** Sends the frame and counts the answers, until one to a later event shows that no other can come. */
  async function answersTo(device: Device, event: string, load: unknown[]): Promise<Ack[]> {
    const answers: Ack[] = [];
    const untyped = device.socket as unknown as { emit(event: string, ...args: unknown[]): void };
    const answered = new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error('no answer')), ACK_MS);
      untyped.emit(event, ...load, (answer: Ack) => {
        answers.push(answer);
        clearTimeout(timer);
        resolve();
      });
    });
    await answered;
    await device.askAnything('ticket:unsubscribe', { ticketId: 1 });
    return answers;
  }

  function faultsOf(answers: Ack[]): string[] {
    const [answer] = answers;
    const isWellFormed =
      answer.ok || (typeof answer.error?.code === 'string' && typeof answer.error.retryable === 'boolean');
    return [
      ...(answers.length === 1 ? [] : [`${answers.length} answers`]),
      ...(isWellFormed ? [] : [`the answer ${JSON.stringify(answer)}`]),
      ...(answer.ok || REFUSALS.includes(String(answer.error?.code)) ? [] : [`the code ${answer.error?.code}`]),
    ];
  }

  async function expectAnswered(device: Device, event: string, loads: Arbitrary<unknown[]>): Promise<void> {
    const property = fc.asyncProperty(loads, async (load) => {
      const faults = faultsOf(await answersTo(device, event, load));
      if (faults.length) throw new Error(faults.join('; '));
    });
    await fc.assert(property, { seed: SEED, numRuns: EVENTS_OF_EACH_KIND });
  }

  it.each(['customer', 'agent', 'admin'] as const)(
    'of a %s is answered once each, and nobody else is harmed',
    async (role) => {
      const errors = jest.spyOn(Logger.prototype, 'error');
      const [device, other] = await Promise.all([
        sockets.connect(people[role]),
        sockets.connect(await api.given.agent()),
      ]);
      const { head } = await other.follow(ticketIds[2]);
      for (const event of Object.keys(EVENT_SCHEMAS) as (keyof typeof EVENT_SCHEMAS)[]) {
        const one = payloads(event).map((payload) => [payload]);
        const several = fc.array(fc.oneof(payloads(event), aHostileValue()), { maxLength: 3 });
        await expectAnswered(device, event, fc.oneof({ weight: 6, arbitrary: one }, { weight: 1, arbitrary: several }));
      }
      expect(device.ended).toBeUndefined();
      expect(device.names).not.toContain('exception');
      expect(errors).not.toHaveBeenCalled();
      errors.mockRestore();
      expect((await other.say(ticketIds[2], 'Still here', 'note')).seq).toBeGreaterThan(head);
      for (const person of Object.values(people)) expectStatus(200, await person.get('/api/me'));
    },
    120_000,
  );

  it('under a name that nobody knows is refused once each', async () => {
    const device = await sockets.connect(people.customer);
    const property = fc.asyncProperty(aHostileText(), aHostileValue(), async (name, payload) => {
      const [answer, ...more] = await answersTo(device, `x${name}`, [payload]);
      expect([answer.error?.code, more]).toEqual(['validation', []]);
    });
    await fc.assert(property, { seed: SEED, numRuns: EVENTS_OF_EACH_KIND });
  });
});

function withIds(payload: unknown, ids: Record<string, unknown>): unknown {
  if (typeof payload !== 'object' || payload === null || Array.isArray(payload)) return payload;
  const known = Object.entries(ids).filter(([name]) => Object.hasOwn(payload, name));
  return { ...payload, ...Object.fromEntries(known) };
}
