/** What begins a list of offers: people, canned replies, emoji. */
export type Sign = '@' | '/' | ':';

/** A word that is being typed behind a sign; it stands from `start` to `end` of the text. */
export interface Trigger {
  readonly sign: Sign;
  readonly start: number;
  readonly end: number;
  readonly term: string;
}

/** So far back a word can begin. */
const LONGEST = 60;
const BEFORE_A_WORD = /^[\s([{"'„“«]$/u;
const TERMS: Readonly<Record<Sign, RegExp>> = {
  // Names and titles have several words; a blank right behind the sign is none.
  '@': /^(?:[^\s@][^\n@]*)?$/u,
  '/': /^(?:[^\s/][^\n/]*)?$/u,
  // One letter is a smiley of its own, as in ":D".
  ':': /^[\p{L}\p{N}_+-]{2,}$/u,
};

const isSign = (character: string): character is Sign => character in TERMS;

/** The word with a sign that the cursor stands behind; null where nothing is to be offered. */
export function triggerBefore(text: string, cursor: number): Trigger | null {
  const first = Math.max(0, cursor - LONGEST);
  for (let start = cursor - 1; start >= first; start -= 1) {
    const character = text.charAt(start);
    if (character === '\n') return null;
    if (!isSign(character) || (start > 0 && !BEFORE_A_WORD.test(text.charAt(start - 1)))) continue;
    const term = text.slice(start + 1, cursor);
    if (TERMS[character].test(term)) return { sign: character, start, end: cursor, term };
  }
  return null;
}
