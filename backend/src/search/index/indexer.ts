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

/** So many events after what is known are read together with those of other tickets. */
const LITTLE = 20;

interface Waiting {
  ticketNumber: number;
  staffSeq: number;
}

/** A ticket that waits, and what is known of it. */
interface News extends Waiting {
  revision: number;
  /** The last event that is known. */
  after: number;
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
    const isOvertaken = ({ ticketNumber }: Waiting): boolean => overtaken.has(ticketNumber);
    const known = waiting.filter((ticket) => !isOvertaken(ticket));
    return (await this.settle(side, known)) ? waiting.filter(isOvertaken) : waiting;
  }

  /**
   * Takes the flags off, apart from storing the words, so that no ticket is locked meanwhile; a crash between makes them be
   * looked at again. False when another half is searched by now, which may not know the words.
   */
  private settle(side: Side, known: readonly Waiting[]): Promise<boolean> {
    return this.unitOfWork.run(async (tx) => {
      if ((await this.tables.lock(tx)) !== side) return false;
      await this.conversations.searched(tx, known);
      return true;
    });
  }

  private async plans(side: Side, waiting: readonly Waiting[], { anew }: { anew: boolean }): Promise<Plan[]> {
    const numbers = waiting.map(({ ticketNumber }) => ticketNumber);
    const known = new Map((await this.tables.progress(side, numbers)).map((row) => [row.ticketNumber, row]));
    const news = waiting.map((ticket): News => {
      const { revision = 0, indexedSeq = 0 } = known.get(ticket.ticketNumber) ?? {};
      return { ...ticket, revision, after: anew ? 0 : indexedSeq };
    });
    const events = await this.texts.eventsAfter(news.filter(({ after }) => after > 0));
    const isWhole = ({ ticketNumber, after }: News): boolean =>
      after === 0 || TAKING_AWAY.some((type) => events.get(ticketNumber)?.has(type));
    const isSaid = ({ ticketNumber }: News): boolean => events.get(ticketNumber)?.has('message.created') ?? false;
    const whole = news.filter(isWhole).map((one) => ({ ...one, after: 0 }));
    const grown = news.filter((one) => !isWhole(one));
    return [...(await this.wholePlans(whole)), ...(await this.addedPlans(grown, isSaid))];
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
    return this.writer.write(tx, side, plans);
  }

  /** All words of tickets: words may have gone, or nothing is known of them yet. */
  private async wholePlans(news: readonly News[]): Promise<Plan[]> {
    if (!news.length) return [];
    const words = new Words(news);
    const numbers = news.map(({ ticketNumber }) => ticketNumber);
    for (const head of await this.texts.heads(numbers)) wordsOfHead(head, words.of(head.number).add);
    for (const file of await this.texts.named(numbers)) wordsOfFile(file, words.of(file.ticketNumber).add);
    for (const one of news) await this.addMessages(words.of(one.ticketNumber), one);
    return words.plans('whole');
  }

  /** Words that were added by messages. */
  private async addedPlans(news: readonly News[], isSaid: (one: News) => boolean): Promise<Plan[]> {
    const words = new Words(news);
    const said = news.filter(isSaid);
    const isLittle = ({ after, staffSeq }: News): boolean => staffSeq - after <= LITTLE;
    for (const message of await this.texts.saidAfter(said.filter(isLittle)))
      wordsOfMessage(message, words.of(message.ticketNumber).add);
    for (const one of said) if (!isLittle(one)) await this.addMessages(words.of(one.ticketNumber), one);
    const numbers = said.map(({ ticketNumber }) => ticketNumber);
    for (const file of numbers.length ? await this.texts.named(numbers) : [])
      wordsOfFile(file, words.of(file.ticketNumber).add);
    return words.plans('add');
  }

  private async addMessages(words: TicketWords, { ticketNumber, after, staffSeq }: News): Promise<void> {
    for (let last = after; ;) {
      const said = await this.texts.said(ticketNumber, last, staffSeq, MESSAGES);
      for (const message of said) wordsOfMessage(message, words.add);
      if (said.length < MESSAGES) return;
      last = said[said.length - 1].staffSeq;
    }
  }
}

/** The words of some tickets. */
class Words {
  private readonly byTicket = new Map<number, TicketWords>();

  constructor(private readonly news: readonly News[]) {
    for (const { ticketNumber } of news) this.byTicket.set(ticketNumber, new TicketWords());
  }

  of(ticketNumber: number): TicketWords {
    const words = this.byTicket.get(ticketNumber);
    if (!words) throw new Error(`Nobody asked for the words of ticket ${ticketNumber}.`);
    return words;
  }

  plans(kind: Plan['kind']): Plan[] {
    return this.news.map(({ ticketNumber, revision, staffSeq: seq }) => ({
      ...{ ticketNumber, revision, kind, seq },
      words: this.of(ticketNumber).fields,
    }));
  }
}
