import { Injectable } from '@nestjs/common';
import { ConversationsService } from '../../conversations';
import { UnitOfWork, type Transaction } from '../../database';
import { SIDES, type Side } from './index.entities';
import { IndexTables } from './index-tables';
import { IndexWriter, type Outcome, type Plan } from './index-writer';
import { TicketTexts } from './ticket-texts';
import { TicketWords, wordsOfFile, wordsOfHead, wordsOfMessage } from './ticket-words';

const BATCH = 25;
/** So many messages are read at once. */
const MESSAGES = 200;
/** After these the words of a ticket are read anew; others only add words, or none. */
const TAKING_AWAY = ['message.edited', 'message.removed', 'subject.changed', 'description.changed', 'ticket.created'];

interface Waiting {
  ticketNumber: number;
  staffSeq: number;
}

/** Looks at the words of tickets that have changed. Any number of nodes may do so at once. */
@Injectable()
export class Indexer {
  private running: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly conversations: ConversationsService,
    private readonly unitOfWork: UnitOfWork,
    private readonly tables: IndexTables,
    private readonly writer: IndexWriter,
    private readonly texts: TicketTexts,
  ) {}

  /** Looks at some of the tickets that wait; returns how many there were. */
  async some(limit = BATCH): Promise<number> {
    let count = 0;
    await this.inTurn(async () => {
      const waiting = await this.conversations.unsearched(limit);
      count = waiting.length;
      await this.look(waiting, { anew: false });
    });
    return count;
  }

  /** Looks at all tickets that wait, unless they are more than these. */
  async little(most: number): Promise<void> {
    const { length } = await this.conversations.unsearched(most + 1);
    if (length && length <= most) await this.some(most);
  }

  /** Reads the words of these tickets anew, although nothing was written in them. */
  async anew(numbers: readonly number[]): Promise<void> {
    for (let left = numbers; left.length; left = left.slice(BATCH)) {
      const part = left.slice(0, BATCH);
      const heads = await this.conversations.heads(part);
      await this.inTurn(() => this.look(heads, { anew: true }));
    }
  }

  /** Brings a half of the index that is not searched up to date with some tickets. */
  async into(side: Side, behind: readonly Waiting[]): Promise<void> {
    for (let left = behind; left.length; left = left.slice(BATCH)) {
      const plans = await this.plans(side, left.slice(0, BATCH), { anew: false });
      await this.write(plans, (tx, part) => this.writer.write(tx, side, part));
    }
  }

  /** Takes an erased ticket out. */
  async erase(ticketNumber: number): Promise<void> {
    await this.unitOfWork.run(async (tx) => {
      await this.tables.lock(tx);
      for (const side of SIDES) await this.writer.erase(tx, side, ticketNumber);
    });
  }

  /** One after the other in this process, so that callers do not do the same work side by side. */
  private inTurn(work: () => Promise<void>): Promise<void> {
    const turn = this.running.then(work);
    this.running = turn.catch(() => undefined);
    return turn;
  }

  private async look(waiting: readonly Waiting[], { anew }: { anew: boolean }): Promise<void> {
    for (let left = waiting; left.length;) left = await this.attempt(left, anew);
  }

  /** Returns the tickets that somebody else wrote meanwhile: they are looked at again. */
  private async attempt(waiting: readonly Waiting[], anew: boolean): Promise<readonly Waiting[]> {
    const side = await this.tables.side();
    const plans = await this.plans(side, waiting, { anew });
    const overtaken = await this.write(plans, (tx, part) => this.store(tx, side, part));
    return waiting.filter(({ ticketNumber }) => overtaken.has(ticketNumber));
  }

  private async plans(side: Side, waiting: readonly Waiting[], { anew }: { anew: boolean }): Promise<Plan[]> {
    const numbers = waiting.map(({ ticketNumber }) => ticketNumber);
    const known = new Map((await this.tables.progress(side, numbers)).map((row) => [row.ticketNumber, row]));
    const plans: Plan[] = [];
    for (const ticket of waiting) {
      const { revision = 0, indexedSeq = 0 } = known.get(ticket.ticketNumber) ?? {};
      plans.push(await this.plan(ticket, revision, anew ? 0 : indexedSeq));
    }
    return plans;
  }

  /** Writes plans, large ones in several units; returns the tickets that somebody else wrote meanwhile. */
  private async write(
    plans: readonly Plan[],
    store: (tx: Transaction, part: readonly Plan[]) => Promise<Map<number, Outcome>>,
  ): Promise<Set<number>> {
    const overtaken = new Set<number>();
    for (let left = plans; left.length;) {
      const part = left;
      const outcomes = await this.unitOfWork.run((tx) => store(tx, part));
      for (const [ticketNumber, outcome] of outcomes) if (outcome === 'overtaken') overtaken.add(ticketNumber);
      left = part
        .filter(({ ticketNumber }) => outcomes.get(ticketNumber) === 'unfinished')
        .map((plan) => ({ ...plan, revision: plan.revision + 1 }));
    }
    return overtaken;
  }

  /** Into the half that was searched when the plans were made; they are overtaken when it no longer is. */
  private async store(tx: Transaction, side: Side, plans: readonly Plan[]): Promise<Map<number, Outcome>> {
    if ((await this.tables.lock(tx)) !== side)
      return new Map(plans.map(({ ticketNumber }) => [ticketNumber, 'overtaken']));
    const outcomes = await this.writer.write(tx, side, plans);
    for (const { ticketNumber, seq } of plans)
      if (outcomes.get(ticketNumber) === 'done') await this.conversations.searched(tx, ticketNumber, seq);
    return outcomes;
  }

  /** What was written after `indexedSeq`; all of the ticket when words may have gone, or nothing is known of it. */
  private async plan({ ticketNumber, staffSeq }: Waiting, revision: number, indexedSeq: number): Promise<Plan> {
    const events = indexedSeq > 0 ? await this.texts.eventsAfter(ticketNumber, indexedSeq) : new Set<string>();
    const isWhole = indexedSeq === 0 || TAKING_AWAY.some((type) => events.has(type));
    const after = isWhole ? 0 : indexedSeq;
    const words = new TicketWords();
    const isSaid = isWhole || events.has('message.created');
    if (isWhole) for (const head of await this.texts.heads([ticketNumber])) wordsOfHead(head, words.add);
    if (isSaid) {
      await this.addMessages(words, ticketNumber, after, staffSeq);
      for (const named of await this.texts.named([ticketNumber])) wordsOfFile(named, words.add);
    }
    return { ticketNumber, revision, kind: isWhole ? 'whole' : 'add', words: words.fields, seq: staffSeq };
  }

  private async addMessages(words: TicketWords, ticketNumber: number, after: number, upTo: number): Promise<void> {
    for (let last = after; ;) {
      const said = await this.texts.said(ticketNumber, last, upTo, MESSAGES);
      for (const message of said) wordsOfMessage(message, words.add);
      if (said.length < MESSAGES) return;
      last = said[said.length - 1].staffSeq;
    }
  }
}
