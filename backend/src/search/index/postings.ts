/** So many tickets share one row of postings of a word. */
export const BLOCK_SIZE = 2048;
const BLOCK_BITS = 11;
const POSTING_BYTES = 3;
const WORD_BYTES = 5;

export const blockOf = (ticketNumber: number): number => ticketNumber >> BLOCK_BITS;
export const placeInBlock = (ticketNumber: number): number => ticketNumber & (BLOCK_SIZE - 1);
export const numberAt = (block: number, place: number): number => block * BLOCK_SIZE + place;

/** Calls `each` with the tickets of a block that have the word, lowest first. */
export function eachPosting(postings: Buffer, each: (place: number, fields: number) => void): void {
  for (let at = 0; at < postings.length; at += POSTING_BYTES) each(postings.readUInt16LE(at), postings[at + 2]);
}

/** The postings with changes made; a place with no fields goes away. */
export function changedPostings(postings: Buffer | undefined, changes: ReadonlyMap<number, number>): Buffer {
  const fieldsAt = new Map<number, number>();
  if (postings) eachPosting(postings, (place, fields) => void fieldsAt.set(place, fields));
  for (const [place, fields] of changes)
    if (fields) fieldsAt.set(place, fields);
    else fieldsAt.delete(place);
  const bytes = Buffer.allocUnsafe(fieldsAt.size * POSTING_BYTES);
  let at = 0;
  for (const [place, fields] of [...fieldsAt].toSorted(([a], [b]) => a - b)) {
    bytes.writeUInt16LE(place, at);
    bytes[at + 2] = fields;
    at += POSTING_BYTES;
  }
  return bytes;
}

/** The words of one ticket with their fields, as bytes: by word id. */
export function packWords(words: ReadonlyMap<number, number>): Buffer {
  const bytes = Buffer.allocUnsafe(words.size * WORD_BYTES);
  let at = 0;
  for (const [id, fields] of words) {
    bytes.writeUInt32LE(id, at);
    bytes[at + 4] = fields;
    at += WORD_BYTES;
  }
  return bytes;
}

export function unpackWords(bytes: Buffer): Map<number, number> {
  const words = new Map<number, number>();
  for (let at = 0; at < bytes.length; at += WORD_BYTES) words.set(bytes.readUInt32LE(at), bytes[at + 4]);
  return words;
}
