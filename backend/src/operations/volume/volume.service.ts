import { setImmediate as nextTurn } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Passwords } from '../../auth';
import { Clock, comparisonKey, DomainError, newId, newSecret } from '../../common';
import { Conversation, Message, Participant, TimelineEntry } from '../../conversations';
import { Tag, Ticket, TicketTag } from '../../tickets';
import { User } from '../../users';
import { withoutIndexes } from './volume-indexes';
import { categoryIds, makePeople, type VolumeCast } from './volume-people';
import { SeededRandom } from './volume-random';
import { MessageShares, storyOf } from './volume-story';
import { TicketTeller, type TicketRows } from './volume-ticket';
import { VolumeWriter } from './volume-writer';

const SEED = 20_260_101;
const AGENTS = 200;
const TICKETS_PER_CUSTOMER = 20;
const YEARS_MS = 3 * 365 * 86_400_000;
const TAG_KEY_LENGTH = 80;
const TICKETS_PER_TURN = 50;
/** Rows that belong together in one transaction: large enough to be fast, small enough to undo. */
const MESSAGES_PER_BATCH = 4_000;
/** While the database stores one batch, the next one is made. */
const BATCHES_AT_ONCE = 2;

const LARGE = [Ticket, Message, TimelineEntry, Participant, TicketTag];

export interface VolumePlan {
  tickets: number;
  messages: number;
  /** Called after each batch with how many tickets are stored, and when what follows begins. */
  onProgress?: (tickets: number, next?: 'indexes') => void;
}

export class DeskNotEmpty extends DomainError {
  constructor() {
    super(
      'conflict',
      'There are tickets in this database. Volume can be loaded into a database without tickets only.',
      {
        code: 'not-empty',
      },
    );
  }
}

/**
 * Fills an empty desk with as much as is asked for, to measure with: 200 agents, few customers with very many tickets,
 * most tickets closed. Rows are written as the product would have left them, though not by way of it.
 */
@Injectable()
export class VolumeLoader {
  private readonly writer: VolumeWriter;

  constructor(
    private readonly dataSource: DataSource,
    private readonly passwords: Passwords,
    private readonly clock: Clock,
  ) {
    this.writer = new VolumeWriter(dataSource);
  }

  async load({ tickets, messages, onProgress = () => undefined }: VolumePlan): Promise<void> {
    if (await this.dataSource.manager.existsBy(Ticket, {})) throw new DeskNotEmpty();
    const random = new SeededRandom(SEED);
    const now = this.clock.now().getTime();
    const since = now - YEARS_MS;
    const restored = await this.withoutIndexes();
    const cast = await this.loadPeople(random, Math.ceil(tickets / TICKETS_PER_CUSTOMER), since);
    const shares = new MessageShares(tickets, messages);
    const running = new Set<Promise<void>>();
    const uses = new Map<string, number>();
    let batch: TicketRows[] = [];
    let waiting = 0;
    for (let index = 0; index < tickets; index += 1) {
      // Answers of the database are listened to meanwhile, or its connections would be taken for dead.
      if (index % TICKETS_PER_TURN === 0) await nextTurn();
      const story = storyOf(random, { index, count: tickets, since, now }, cast, shares.next(random));
      const rows = new TicketTeller(random, cast, story).tell();
      for (const { tag } of rows.tags) uses.set(tag, (uses.get(tag) ?? 0) + 1);
      batch.push(rows);
      waiting += 1 + rows.messages.length;
      if (waiting < MESSAGES_PER_BATCH && index < tickets - 1) continue;
      const done = index + 1;
      const storing: Promise<void> = this.store(batch).then(() => {
        running.delete(storing);
        onProgress(done);
      });
      running.add(storing);
      if (running.size >= BATCHES_AT_ONCE) await Promise.race(running);
      batch = [];
      waiting = 0;
    }
    await Promise.all(running);
    await this.loadTags(uses);
    onProgress(tickets, 'indexes');
    for (const restore of restored) await restore();
  }

  private async withoutIndexes(): Promise<(() => Promise<void>)[]> {
    const restored: (() => Promise<void>)[] = [];
    for (const entity of LARGE)
      restored.push(await withoutIndexes(this.dataSource, this.dataSource.getMetadata(entity).tableName));
    return restored;
  }

  private async loadPeople(random: SeededRandom, customers: number, since: number): Promise<VolumeCast> {
    const counts = { agents: AGENTS, customers };
    // Nobody knows this password; without one they would count as invited only.
    const passwordHash = await this.passwords.hash(newSecret());
    const { rows, cast } = makePeople(random, counts, await categoryIds(this.dataSource), since, passwordHash);
    await this.writer.inLastingTransaction((manager) => this.writer.insert(manager, User, rows));
    return cast;
  }

  private store(batch: readonly TicketRows[]): Promise<void> {
    const { writer } = this;
    return writer.inLastingTransaction(async (manager) => {
      await writer.insert(
        manager,
        Ticket,
        batch.map(({ ticket }) => ticket),
      );
      await writer.insert(
        manager,
        Conversation,
        batch.map(({ conversation }) => conversation),
      );
      await writer.insert(
        manager,
        Message,
        batch.flatMap(({ messages }) => messages),
      );
      await writer.insert(
        manager,
        TimelineEntry,
        batch.flatMap(({ events }) => events),
      );
      await writer.insert(
        manager,
        Participant,
        batch.flatMap(({ participants }) => participants),
      );
      await writer.insert(
        manager,
        TicketTag,
        batch.flatMap(({ tags }) => tags),
      );
    });
  }

  private async loadTags(uses: ReadonlyMap<string, number>): Promise<void> {
    const rows = [...uses].map(([tag, count]) => ({
      tag,
      tagKey: comparisonKey(tag, TAG_KEY_LENGTH),
      uses: count,
      id: newId(),
      isMoving: false,
      movesTo: null,
    }));
    await this.writer.inTransaction((manager) => this.writer.insert(manager, Tag, rows));
  }
}
