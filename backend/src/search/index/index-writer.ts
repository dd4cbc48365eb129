import { Injectable } from '@nestjs/common';
import type { Transaction } from '../../database';
import type { Side } from './index.entities';
import { IndexTables, type TicketRow, type WordRow } from './index-tables';
import { blockOf, changedPostings, packWords, placeInBlock, unpackWords } from './postings';

/** So many words change in one transaction; what is more goes into further ones, so that nobody waits long. */
const MOST_CHANGES = 3_000;

/** What is to be known of one ticket. */
export interface Plan {
  ticketNumber: number;
  /** Of the row when the texts were read, 0 when there was none. */
  revision: number;
  /** `add`: these words besides those known. `whole`: these and no others. */
  kind: 'add' | 'whole';
  words: ReadonlyMap<string, number>;
  /** The last event that the words include. */
  seq: number;
}

export type Outcome = 'done' | 'unfinished' | 'overtaken';

interface Change {
  ticketNumber: number;
  word: WordRow;
  fields: number;
}

/** Writes words of tickets into one half of the index, under its lock. */
@Injectable()
export class IndexWriter {
  constructor(private readonly tables: IndexTables) {}

  /** A plan whose ticket was written by somebody else since its texts were read changes nothing: it is `overtaken`. */
  async write(tx: Transaction, side: Side, plans: readonly Plan[]): Promise<Map<number, Outcome>> {
    const rows = await this.tables.tickets(
      side,
      plans.map(({ ticketNumber }) => ticketNumber),
      tx,
    );
    const known = new Map(rows.map((row) => [row.ticketNumber, row]));
    const outcomes = new Map<number, Outcome>();
    const valid = plans.filter((plan) => {
      const isValid = (known.get(plan.ticketNumber)?.revision ?? 0) === plan.revision;
      if (!isValid) outcomes.set(plan.ticketNumber, 'overtaken');
      return isValid;
    });
    const dictionary = await this.dictionary(tx, side, valid, rows);
    const changes: Change[] = [];
    const after: TicketRow[] = [];
    for (const plan of valid) {
      const before = known.get(plan.ticketNumber);
      const words = before ? unpackWords(before.words) : new Map<number, number>();
      const room = Math.max(0, MOST_CHANGES - changes.length);
      const wanted = changesOf(plan, words, dictionary);
      const taken = wanted.slice(0, room);
      changes.push(...taken);
      for (const { word, fields } of taken) count(words, word, fields);
      const isDone = taken.length === wanted.length;
      outcomes.set(plan.ticketNumber, isDone ? 'done' : 'unfinished');
      after.push({
        ticketNumber: plan.ticketNumber,
        indexedSeq: isDone ? plan.seq : (before?.indexedSeq ?? 0),
        revision: plan.revision + 1,
        words: packWords(words),
      });
    }
    await this.store(tx, side, changes);
    await this.tables.putTickets(tx, side, after);
    return outcomes;
  }

  /** Takes a ticket out of a half of the index. */
  async erase(tx: Transaction, side: Side, ticketNumber: number): Promise<void> {
    const [row] = await this.tables.tickets(side, [ticketNumber], tx);
    if (!row) return;
    const words = unpackWords(row.words);
    const changes: Change[] = [];
    for (const word of await this.tables.wordsById(side, [...words.keys()], tx)) {
      changes.push({ ticketNumber, word, fields: 0 });
      count(words, word, 0);
    }
    await this.store(tx, side, changes);
    await this.tables.forgetTicket(tx, side, ticketNumber);
  }

  /** All words that these plans are about, unknown ones with a new id. */
  private async dictionary(
    tx: Transaction,
    side: Side,
    plans: readonly Plan[],
    rows: readonly TicketRow[],
  ): Promise<Dictionary> {
    const wanted = new Set(plans.flatMap(({ words }) => [...words.keys()]));
    const byWord = new Map((await this.tables.words(side, [...wanted], tx)).map((row) => [row.word, row]));
    let lastId: number | undefined;
    for (const word of wanted) {
      if (byWord.has(word)) continue;
      lastId ??= await this.tables.lastWordId(side, tx);
      byWord.set(word, { id: (lastId += 1), word, tickets: 0 });
    }
    const byId = new Map([...byWord.values()].map((row) => [row.id, row]));
    const whole = new Set(plans.filter(({ kind }) => kind === 'whole').map(({ ticketNumber }) => ticketNumber));
    const others = rows
      .filter(({ ticketNumber }) => whole.has(ticketNumber))
      .flatMap(({ words }) => [...unpackWords(words).keys()].filter((id) => !byId.has(id)));
    for (const row of await this.tables.wordsById(side, [...new Set(others)], tx)) byId.set(row.id, row);
    return { byWord, byId };
  }

  private async store(tx: Transaction, side: Side, changes: readonly Change[]): Promise<void> {
    await this.tables.putWords(
      tx,
      side,
      [...new Set(changes.map(({ word }) => word))].toSorted((a, b) => a.id - b.id),
    );
    for (const [block, ofBlock] of grouped(changes, ({ ticketNumber }) => blockOf(ticketNumber))) {
      const byWord = grouped(ofBlock, ({ word }) => word.id);
      const ids = [...byWord.keys()].toSorted((a, b) => a - b);
      const stored = await this.tables.postingsOfBlock(side, block, ids, tx);
      const before = new Map(stored.map(({ wordId, postings }) => [wordId, postings]));
      const rows = ids.map((wordId) => {
        const places = (byWord.get(wordId) ?? []).map(
          ({ ticketNumber, fields }) => [placeInBlock(ticketNumber), fields] as const,
        );
        return { wordId, block, postings: changedPostings(before.get(wordId), new Map(places)) };
      });
      await this.tables.putPostings(
        tx,
        side,
        rows.filter(({ postings }) => postings.length),
      );
      const empty = rows.filter(({ postings }) => !postings.length).map(({ wordId }) => wordId);
      await this.tables.forgetPostings(tx, side, block, empty);
    }
  }
}

interface Dictionary {
  byWord: ReadonlyMap<string, WordRow>;
  byId: ReadonlyMap<number, WordRow>;
}

function changesOf(
  { ticketNumber, kind, words }: Plan,
  known: Map<number, number>,
  { byWord, byId }: Dictionary,
): Change[] {
  const changes: Change[] = [];
  const kept = new Set<number>();
  for (const [text, wanted] of words) {
    const word = byWord.get(text);
    if (!word) continue;
    kept.add(word.id);
    const before = known.get(word.id) ?? 0;
    const fields = kind === 'add' ? before | wanted : wanted;
    if (fields !== before) changes.push({ ticketNumber, word, fields });
  }
  if (kind === 'add') return changes;
  for (const id of known.keys()) {
    const word = byId.get(id);
    if (word && !kept.has(id)) changes.push({ ticketNumber, word, fields: 0 });
  }
  return changes;
}

/** Keeps the words of a ticket and how many tickets have a word in step with a change. */
function count(words: Map<number, number>, word: WordRow, fields: number): void {
  if (fields && !words.has(word.id)) word.tickets += 1;
  if (!fields && words.delete(word.id)) word.tickets -= 1;
  if (fields) words.set(word.id, fields);
}

function grouped<Item, Key>(items: readonly Item[], keyOf: (item: Item) => Key): Map<Key, Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}
