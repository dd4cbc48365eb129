import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { DomainError, newId, Unavailable } from '../common';
import { isDatabaseAway, UnitOfWork, type Transaction } from '../database';
import { BlockBuilder, type BuiltBlock } from './index/block-builder';
import { BulkDictionary } from './index/bulk-dictionary';
import type { Side } from './index/index.entities';
import { IndexTables, type PostingsRow, type TicketRow } from './index/index-tables';
import { Indexer } from './index/indexer';
import { PeopleWatch } from './index/people-watch';
import { blockOf, BLOCK_SIZE, packWords, placeInBlock } from './index/postings';
import { RebuildTables } from './index/rebuild-tables';
import { TicketTexts, type Texts } from './index/ticket-texts';
import { wordsOfFile, wordsOfHead, wordsOfMessage } from './index/ticket-words';

/** Postings are kept in memory up to so many bytes, and then written in the order of the table. */
const MOST_BYTES = 256 * 1024 * 1024;
const ROWS = 4_096;
const CATCH_UP = 200;
const NEARLY = 50;
/** Whoever has begun to search the old half has ended after so long. */
const LAST_SEARCHES_MS = 1_000;

/** A database that does not answer is asked again, because so long a work is not to be begun anew for that. */
const TRIES = 60;
const PAUSE_MS = 1_000;

class RebuildRunning extends DomainError {
  constructor() {
    super('conflict', 'The search index is being rebuilt already. Wait until that has ended.', {
      code: 'rebuild-running',
    });
  }
}

/** Of the parts in which tickets are read. */
export interface RebuildProgress {
  done: number;
  of: number;
}

/** Builds the index anew while the product runs: in the half that is not searched, which then takes the other's place. */
@Injectable()
export class SearchRebuild {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly tables: IndexTables,
    private readonly database: RebuildTables,
    private readonly texts: TicketTexts,
    private readonly indexer: Indexer,
    private readonly people: PeopleWatch,
  ) {}

  /** @returns how many tickets there were */
  async run({
    onProgress = () => undefined,
  }: { onProgress?: (progress: RebuildProgress) => void } = {}): Promise<number> {
    const token = newId();
    const goOn = async (): Promise<void> => {
      if (!(await patiently(() => this.database.lease(token)))) throw new RebuildRunning();
    };
    await goOn();
    try {
      return await this.replace(goOn, onProgress);
    } finally {
      await patiently(() => this.database.release(token));
    }
  }

  private async replace(goOn: () => Promise<void>, onProgress: (progress: RebuildProgress) => void): Promise<number> {
    const old = await this.tables.side();
    const side: Side = old === 'a' ? 'b' : 'a';
    await this.database.empty(side);
    const names = await this.people.names();
    const blocks = await this.blocks();
    const tickets = await this.build(side, blocks, async (done) => {
      await goOn();
      onProgress({ done, of: blocks.length });
    });
    await this.catchUp(side);
    await this.database.swap(side);
    for (const block of blocks) await patiently(() => this.database.settle(side, ...numbersOf(block)));
    await this.people.lookAgain(names);
    await sleep(LAST_SEARCHES_MS);
    await this.database.empty(old);
    return tickets;
  }

  private async build(side: Side, blocks: readonly number[], step: (done: number) => Promise<void>): Promise<number> {
    const dictionary = new BulkDictionary();
    let tickets = 0;
    let built: BuiltBlock[] = [];
    let size = 0;
    let storing = Promise.resolve();
    let reading = blocks.length ? begun(this.read(blocks[0])) : undefined;
    for (const [index, block] of blocks.entries()) {
      const texts = await reading;
      reading = index + 1 < blocks.length ? begun(this.read(blocks[index + 1])) : undefined;
      if (!texts) continue;
      const { rows, postings } = gather(block, texts, dictionary);
      await storing;
      storing = begun(this.inParts(rows, (tx, part) => this.tables.putTickets(tx, side, part)));
      tickets += rows.length;
      built.push(postings);
      size += postings.size;
      if (size > MOST_BYTES || index === blocks.length - 1) {
        await this.storePostings(side, built, dictionary.rows.length, () => step(index));
        [built, size] = [[], 0];
      }
      await step(index + 1);
    }
    await storing;
    await this.inParts(dictionary.rows, (tx, part) => this.tables.putWords(tx, side, part));
    return tickets;
  }

  private async blocks(): Promise<number[]> {
    const range = await this.database.range();
    if (!range) return [];
    const [first, last] = range.map(blockOf);
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  }

  private read(block: number): Promise<Texts> {
    return patiently(() => this.texts.block(...numbersOf(block)));
  }

  /** Word by word over all blocks: the order of the table, in which rows are added fastest. */
  private async storePostings(
    side: Side,
    built: readonly BuiltBlock[],
    words: number,
    step: () => Promise<void>,
  ): Promise<void> {
    let rows: PostingsRow[] = [];
    let storing = Promise.resolve();
    const store = async (): Promise<void> => {
      await storing;
      await step();
      const part = rows;
      rows = [];
      storing = begun(patiently(() => this.unitOfWork.run((tx) => this.tables.putPostings(tx, side, part))));
    };
    for (let wordId = 1; wordId <= words; wordId += 1) {
      for (const block of built) {
        const postings = block.take(wordId);
        if (postings) rows.push({ wordId, block: block.block, postings });
      }
      if (rows.length >= ROWS) await store();
    }
    await store();
    await storing;
  }

  /** Adds what was written since the blocks were read; the little that is left then waits as usual. */
  private async catchUp(side: Side): Promise<void> {
    for (;;) {
      const behind = await patiently(() => this.database.behind(side, CATCH_UP));
      if (behind.length) await patiently(() => this.indexer.into(side, behind));
      if (behind.length <= NEARLY) return;
    }
  }

  private async inParts<Row>(
    rows: readonly Row[],
    write: (tx: Transaction, part: readonly Row[]) => Promise<void>,
  ): Promise<void> {
    for (let start = 0; start < rows.length; start += ROWS)
      await patiently(() => this.unitOfWork.run((tx) => write(tx, rows.slice(start, start + ROWS))));
  }
}

/** `work` can be done twice: rows take the place of those that were there. */
async function patiently<Result>(work: () => Promise<Result>): Promise<Result> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await work();
    } catch (error) {
      const isAway = error instanceof Unavailable || isDatabaseAway(error);
      if (!isAway || tries === TRIES) throw error;
      await sleep(PAUSE_MS);
    }
  }
}

/** What is awaited later must not end the process when it fails before. */
function begun<Result>(work: Promise<Result>): Promise<Result> {
  work.catch(() => undefined);
  return work;
}

const numbersOf = (block: number): [first: number, last: number] => [block * BLOCK_SIZE, (block + 1) * BLOCK_SIZE - 1];

function gather(
  block: number,
  { heads, tickets, said, named }: Texts,
  dictionary: BulkDictionary,
): { rows: TicketRow[]; postings: BuiltBlock } {
  const fields = new Map<number, Map<number, number>>();
  const adderFor = (number: number) => {
    const words = fields.get(number);
    return (word: string, field: number): void => {
      if (!words) return;
      const row = dictionary.of(word);
      const known = words.get(row.id);
      if (known === undefined) row.tickets += 1;
      words.set(row.id, (known ?? 0) | field);
    };
  };
  for (const ticket of tickets) {
    fields.set(ticket.number, new Map());
    wordsOfHead(ticket, adderFor(ticket.number));
  }
  for (const message of said) wordsOfMessage(message, adderFor(message.ticketNumber));
  for (const file of named) wordsOfFile(file, adderFor(file.ticketNumber));
  const seqs = new Map(heads.map(({ ticketNumber, staffSeq }) => [ticketNumber, staffSeq]));
  const builder = new BlockBuilder(block);
  const rows = [...fields].map(([ticketNumber, words]) => {
    for (const [wordId, wordFields] of words) builder.add(wordId, placeInBlock(ticketNumber), wordFields);
    return { ticketNumber, indexedSeq: seqs.get(ticketNumber) ?? 0, revision: 1, words: packWords(words) };
  });
  return { rows, postings: builder.build() };
}
