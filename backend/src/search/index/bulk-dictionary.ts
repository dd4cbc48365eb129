import { SUBJECT_SIGN } from './fields';
import type { WordRow } from './index-tables';

/** All words of a half of the index while it is built. */
export class BulkDictionary {
  private readonly byWord = new Map<string, WordRow>();
  readonly rows: WordRow[] = [];

  /** The row of a word, a new one when it was never seen. */
  of(word: string): WordRow {
    const known = this.byWord.get(word);
    if (known) return known;
    const row: WordRow = { id: this.rows.length + 1, word, tickets: 0 };
    this.rows.push(row);
    this.byWord.set(detached(word), row);
    return row;
  }
}

/** Words are cut out of texts, and would keep those in memory. */
const detached = (word: string): string =>
  word.startsWith(SUBJECT_SIGN) ? word : Buffer.from(word, 'utf8').toString('utf8');
