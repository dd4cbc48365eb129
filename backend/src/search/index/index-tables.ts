import { Injectable } from '@nestjs/common';
import { filledUp, placeholders, Statements, type SqlValue, type Transaction } from '../../database';
import type { Side } from './index.entities';

/** So many rows are written with one statement, so that there are few statements to prepare. */
const LENGTHS = [1_024, 256, 64, 16, 4, 1];
const MOST_KEYS = 1_024;
const MOST_WORDS_OF_A_BEGINNING = 5_000;

export interface WordRow {
  id: number;
  word: string;
  tickets: number;
}

export interface PostingsRow {
  wordId: number;
  block: number;
  postings: Buffer;
}

export interface TicketRow {
  ticketNumber: number;
  indexedSeq: number;
  revision: number;
  words: Buffer;
}

const TAKE_TURN = 'UPDATE search_state SET turn = turn + 1 WHERE id = 1';

/** The tables of the index: all of its SQL, which is the same on both engines. */
@Injectable()
export class IndexTables {
  constructor(private readonly statements: Statements) {}

  /** The half that is searched now. */
  async side(tx?: Transaction): Promise<Side> {
    const [{ side }] = await this.statements.rows<{ side: Side }>('SELECT side FROM search_state WHERE id = 1', [], tx);
    return side;
  }

  /** Takes the lock of the index until commit; returns the half that is searched. Taken before that of any ticket. */
  async lock(tx: Transaction): Promise<Side> {
    await this.statements.write(tx, TAKE_TURN, []);
    return this.side(tx);
  }

  /** The rows of known words; unknown ones are absent. */
  words(side: Side, words: readonly string[], tx?: Transaction): Promise<WordRow[]> {
    return this.inParts(words, (marks, part) => [
      `SELECT id, word, tickets FROM search_words_${side} WHERE word IN (${marks})`,
      part,
      tx,
    ]);
  }

  wordsById(side: Side, ids: readonly number[], tx?: Transaction): Promise<WordRow[]> {
    return this.inParts(ids, (marks, part) => [
      `SELECT id, word, tickets FROM search_words_${side} WHERE id IN (${marks})`,
      part,
      tx,
    ]);
  }

  /** Words that begin so, the most frequent ones, among the first in the alphabet. */
  wordsBeginning(side: Side, beginning: string, limit: number): Promise<WordRow[]> {
    return this.statements.rows<WordRow>(
      `SELECT id, word, tickets FROM (
         SELECT id, word, tickets FROM search_words_${side} WHERE word >= ? AND word < ?
         ORDER BY word LIMIT ${MOST_WORDS_OF_A_BEGINNING}) beginning
       WHERE tickets > 0 ORDER BY tickets DESC, word LIMIT ${limit}`,
      [beginning, `${beginning}\u{10FFFF}`],
    );
  }

  async lastWordId(side: Side, tx: Transaction): Promise<number> {
    const [{ id }] = await this.statements.rows<{ id: number | null }>(
      `SELECT MAX(id) AS id FROM search_words_${side}`,
      [],
      tx,
    );
    return id ?? 0;
  }

  /** The postings of words in a range of blocks. */
  postings(side: Side, ids: readonly number[], [first, last]: readonly [number, number]): Promise<PostingsRow[]> {
    return this.inParts(ids, (marks, part) => [
      `SELECT wordId, block, postings FROM search_postings_${side} WHERE wordId IN (${marks}) AND block BETWEEN ? AND ?`,
      [...part, first, last],
    ]);
  }

  postingsOfBlock(side: Side, block: number, ids: readonly number[], tx: Transaction): Promise<PostingsRow[]> {
    return this.inParts(ids, (marks, part) => [
      `SELECT wordId, block, postings FROM search_postings_${side} WHERE wordId IN (${marks}) AND block = ?`,
      [...part, block],
      tx,
    ]);
  }

  tickets(side: Side, numbers: readonly number[], tx?: Transaction): Promise<TicketRow[]> {
    return this.inParts(numbers, (marks, part) => [
      `SELECT ticketNumber, indexedSeq, revision, words FROM search_tickets_${side} WHERE ticketNumber IN (${marks})`,
      part,
      tx,
    ]);
  }

  /** How far tickets are known, without their words. */
  progress(
    side: Side,
    numbers: readonly number[],
  ): Promise<Pick<TicketRow, 'ticketNumber' | 'indexedSeq' | 'revision'>[]> {
    return this.inParts(numbers, (marks, part) => [
      `SELECT ticketNumber, indexedSeq, revision FROM search_tickets_${side} WHERE ticketNumber IN (${marks})`,
      part,
    ]);
  }

  putWords(tx: Transaction, side: Side, rows: readonly WordRow[]): Promise<void> {
    const values = rows.map(({ id, word, tickets }) => [id, word, tickets]);
    return this.put(tx, `search_words_${side} (id, word, tickets)`, values);
  }

  putPostings(tx: Transaction, side: Side, rows: readonly PostingsRow[]): Promise<void> {
    const values = rows.map(({ wordId, block, postings }) => [wordId, block, postings]);
    return this.put(tx, `search_postings_${side} (wordId, block, postings)`, values);
  }

  putTickets(tx: Transaction, side: Side, rows: readonly TicketRow[]): Promise<void> {
    const values = rows.map(({ ticketNumber, indexedSeq, revision, words }) => [
      ticketNumber,
      indexedSeq,
      revision,
      words,
    ]);
    return this.put(tx, `search_tickets_${side} (ticketNumber, indexedSeq, revision, words)`, values);
  }

  async forgetPostings(tx: Transaction, side: Side, block: number, wordIds: readonly number[]): Promise<void> {
    for (const wordId of wordIds)
      await this.statements.write(tx, `DELETE FROM search_postings_${side} WHERE wordId = ? AND block = ?`, [
        wordId,
        block,
      ]);
  }

  async forgetTicket(tx: Transaction, side: Side, ticketNumber: number): Promise<void> {
    await this.statements.write(tx, `DELETE FROM search_tickets_${side} WHERE ticketNumber = ?`, [ticketNumber]);
  }

  /** REPLACE, because both engines know it: a row of the same key gives way. */
  private async put(tx: Transaction, table: string, rows: readonly SqlValue[][]): Promise<void> {
    for (const part of partsOf(rows)) {
      const row = `(${placeholders(part[0].length)})`;
      const sql = `REPLACE INTO ${table} VALUES ${part.map(() => row).join(', ')}`;
      await this.statements.write(tx, sql, part.flat());
    }
  }

  private async inParts<Row>(
    keys: readonly SqlValue[],
    question: (
      marks: string,
      part: readonly SqlValue[],
    ) => [sql: string, values: readonly SqlValue[], tx?: Transaction],
  ): Promise<Row[]> {
    const rows: Row[] = [];
    for (let start = 0; start < keys.length; start += MOST_KEYS) {
      const part = filledUp(keys.slice(start, start + MOST_KEYS));
      rows.push(...(await this.statements.rows<Row>(...question(placeholders(part.length), part))));
    }
    return rows;
  }
}

function* partsOf<Item>(items: readonly Item[]): Generator<readonly Item[]> {
  let start = 0;
  while (start < items.length) {
    const length = LENGTHS.find((size) => size <= items.length - start) ?? 1;
    yield items.slice(start, start + length);
    start += length;
  }
}
