import type { WireMessageKind, WireTimelineEvent } from '@parley/socket-events';
import { FakeBrowser } from '../testing/an-outbox';
import { ana, ben, cora } from '../testing/builders';
import { FakeTimers } from '../testing/fake-timers';
import { SeededRandom } from '../testing/random';
import { SimulatedBrowser, SimulatedPage } from '../testing/simulated-page';
import { SimulatedServer } from '../testing/simulated-server';
import { LocalLocks } from './locks';
import { MemoryOutboxStore } from './memory-outbox-store';
import { messageKey, TimelineLog } from './timeline-log';

const SEEDS = Array.from({ length: 25 }, (_unused, index) => index + 1);
const STEPS = 60;

class RandomTimers extends FakeTimers {
  constructor(private readonly numbers: SeededRandom) {
    super();
  }

  override random(): number {
    return this.numbers.next();
  }
}

/** Several people, some with two tabs, write to one ticket while everything goes wrong that can. */
class World {
  readonly server = new SimulatedServer();
  readonly random: SeededRandom;
  readonly timers: FakeTimers;
  readonly pages: SimulatedPage[];
  /** What each person wrote, in order. */
  readonly written = new Map<string, string[]>([ana, ben, cora].map(({ id }) => [id, []]));

  constructor(seed: number) {
    this.random = new SeededRandom(seed);
    this.timers = new RandomTimers(this.random);
    const browsers = [ana, ben, cora].map((person): SimulatedBrowser => {
      const shared = new LocalLocks();
      const hasLocks = this.random.chance(0.5);
      const locks = () => (hasLocks ? shared : new LocalLocks());
      return { person, disk: new MemoryOutboxStore(), line: new FakeBrowser(), locks };
    });
    const tabs = [...browsers, this.random.pick(browsers)];
    this.pages = tabs.map((browser) => new SimulatedPage(browser, this));
  }

  async live(): Promise<void> {
    for (let step = 0; step < STEPS; step++) {
      this.happen(this.random.below(100));
      await this.timers.pass(this.random.below(1_500));
      for (const page of this.pages) this.assertTrue(page);
    }
  }

  async settle(): Promise<void> {
    for (const { network } of this.pages) network.heal();
    for (let second = 0; second < 60; second += 10) {
      await this.timers.pass(10_000);
      for (const { network } of this.pages) network.announceHead();
    }
  }

  /** At every moment a page shows a beginning of the record, and nothing in two places. */
  private assertTrue({ engine, outbox }: SimulatedPage): void {
    const { phase, entries, cursor, pending } = engine.snapshot;
    if (phase !== 'ready') return;
    const beginnings = (['staff', 'public'] as const).map((audience) => {
      return projected(this.server.view(audience).slice(0, cursor));
    });
    expect(beginnings).toContainEqual(shown(entries));
    const keys = [
      ...entries.map(({ key }) => key),
      ...pending.map((own) => messageKey(outbox.userId, own.clientMsgId)),
    ];
    expect(new Set(keys).size).toBe(keys.length);
  }

  private happen(dice: number): void {
    const page = this.random.pick(this.pages);
    if (dice < 46) this.write(page);
    else if (dice < 54) page.network.disconnect();
    else if (dice < 66) page.network.connect();
    else if (dice < 70) page.network.toggleBlackHole();
    else if (dice < 74) page.network.isRestBlocked = !page.network.isRestBlocked;
    else if (dice < 80) this.server.edit(this.random.below(100), `better ${dice}`);
    else if (dice < 82) this.server.rename();
    else if (dice < 87) page.network.announceHead();
    else if (dice < 91) this.reload(page);
    else this.changeRole();
  }

  private write(page: SimulatedPage): void {
    const { person } = page.browser;
    const words = this.written.get(person.id) ?? [];
    const body = `${person.id} ${words.length + 1}`;
    const kind: WireMessageKind = person === ana && this.random.chance(0.4) ? 'note' : 'chat';
    page.engine.send({ clientMsgId: body.replace(' ', '-'), kind, body, files: [] });
    this.written.set(person.id, [...words, body]);
  }

  private reload(page: SimulatedPage): void {
    page.crash();
    this.pages[this.pages.indexOf(page)] = new SimulatedPage(page.browser, this);
  }

  private changeRole(): void {
    for (const { browser, network } of this.pages) if (browser.person === ben) network.changeAudience();
  }
}

/** The messages as they stand at the end of a history. */
function projected(events: readonly WireTimelineEvent[]): string[] {
  const log = new TimelineLog();
  for (const event of events) log.accept(event);
  return shown(log.toArray());
}

const shown = (entries: ReturnType<TimelineLog['toArray']>): string[] =>
  entries.map((entry) =>
    entry.type === 'message' ? `${entry.seq} ${entry.message.author.id} ${entry.message.body}` : '',
  );

describe('a conversation in which everything goes wrong', () => {
  it.each(SEEDS)('ends the same for everybody, with every message once and in order (seed %i)', async (seed) => {
    const world = new World(seed);
    await world.live();
    await world.settle();

    for (const [author, words] of world.written) {
      const stored = world.server.view('staff').flatMap((event) => {
        const isOwn = event.type === 'message.created' && event.data.message.author.id === author;
        return isOwn ? [event.data.message.clientMsgId] : [];
      });
      expect([...stored].sort()).toEqual(words.map((body) => body.replace(' ', '-')).sort());
      const tabs = world.pages.filter(({ browser }) => browser.person.id === author);
      if (tabs.length === 1) expect(stored).toEqual(words.map((body) => body.replace(' ', '-')));
    }
    for (const { engine, network } of world.pages) {
      const record = world.server.view(network.audience);
      expect(engine.snapshot).toMatchObject({ phase: 'ready', connection: 'live', cursor: record.length });
      expect(engine.snapshot.pending).toEqual([]);
      expect(shown(engine.snapshot.entries)).toEqual(projected(record));
    }
    for (const page of world.pages) page.crash();
  });
});
