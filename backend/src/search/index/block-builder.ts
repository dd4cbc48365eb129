import { FIELD } from './fields';
import { BLOCK_SIZE } from './postings';

const FIELD_STEPS = 256;
const WORD_STEPS = BLOCK_SIZE * FIELD_STEPS;
const HEAD_BYTES = 6;
const POSTING_BYTES = 3;
const ALL_FIELDS = Object.values(FIELD).reduce((all, field) => all | field, 0);

/** All postings of one block of tickets, by word: words follow each other as id, length and postings. */
export class BuiltBlock {
  private at = 0;

  constructor(
    readonly block: number,
    private readonly bytes: Buffer,
  ) {}

  get size(): number {
    return this.bytes.length;
  }

  /** The postings of this word, when it is the next one here. */
  take(wordId: number): Buffer | null {
    if (this.at >= this.bytes.length || this.bytes.readUInt32LE(this.at) !== wordId) return null;
    const start = this.at + HEAD_BYTES;
    this.at = start + this.bytes.readUInt16LE(this.at + 4) * POSTING_BYTES;
    return this.bytes.subarray(start, this.at);
  }
}

/** Gathers the postings of one block of tickets. */
export class BlockBuilder {
  private keys = new Float64Array(1 << 17);
  private count = 0;

  constructor(private readonly block: number) {}

  add(wordId: number, place: number, fields: number): void {
    if (this.count === this.keys.length) {
      const larger = new Float64Array(this.keys.length * 2);
      larger.set(this.keys);
      this.keys = larger;
    }
    this.keys[this.count] = wordId * WORD_STEPS + place * FIELD_STEPS + (fields & ALL_FIELDS);
    this.count += 1;
  }

  build(): BuiltBlock {
    const keys = this.keys.subarray(0, this.count).sort();
    const bytes = Buffer.allocUnsafe(this.count * (HEAD_BYTES + POSTING_BYTES));
    let at = 0;
    let head = 0;
    let last = -1;
    for (const key of keys) {
      const wordId = Math.floor(key / WORD_STEPS);
      const rest = key % WORD_STEPS;
      if (wordId !== last) {
        head = at;
        bytes.writeUInt32LE(wordId, at);
        bytes.writeUInt16LE(0, at + 4);
        at += HEAD_BYTES;
        last = wordId;
      }
      bytes.writeUInt16LE(bytes.readUInt16LE(head + 4) + 1, head + 4);
      bytes.writeUInt16LE(Math.floor(rest / FIELD_STEPS), at);
      bytes[at + 2] = rest % FIELD_STEPS;
      at += POSTING_BYTES;
    }
    return new BuiltBlock(this.block, Buffer.from(bytes.subarray(0, at)));
  }
}
