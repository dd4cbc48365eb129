import { fold, twinOf } from './fold';

/** Longer words are known by their beginning. */
export const MOST_LETTERS = 48;

/** A word of a text, and where it stands there. */
export interface Token {
  word: string;
  twin: string | null;
  start: number;
  end: number;
}

/** Scripts that write words without blanks between them. */
const UNSPACED = '\\p{sc=Han}\\p{sc=Hiragana}\\p{sc=Katakana}\\p{sc=Thai}\\p{sc=Lao}\\p{sc=Khmer}\\p{sc=Myanmar}';
const WORD = new RegExp(
  `[${UNSPACED}][${UNSPACED}\\p{M}ー]*|\\p{Extended_Pictographic}|(?:(?![${UNSPACED}])[\\p{L}\\p{N}])(?:(?![${UNSPACED}])[\\p{L}\\p{N}\\p{M}])*`,
  'gu',
);
const IS_UNSPACED = new RegExp(`^[${UNSPACED}]`, 'u');
const ASCII = /^[\0-\x7f]*$/;
const ASCII_WORD = /[a-zA-Z0-9]+/g;
/** Signs that mean something of their own; those of sentences are left out. */
const SIGN = /[%_+*#@$&=/\\<>|~^`[\]{}€£§°]/g;

/** The words of a text in their order. Scripts without blanks give each pair of neighbours, and the last letter. */
export function* tokensOf(text: string): Generator<Token> {
  for (const match of text.matchAll(ASCII.test(text) ? ASCII_WORD : WORD)) {
    const [found] = match;
    if (IS_UNSPACED.test(found)) yield* pairsOf(found, match.index);
    else yield tokenAt(found, match.index);
  }
}

/** The signs of a text that can be looked for. */
export const signsOf = (text: string): Set<string> => new Set(text.match(SIGN));

/** Calls `add` with all that a text can be found by; words that stand there twice come twice. */
export function eachWord(text: string, add: (word: string) => void): void {
  for (const sign of signsOf(text)) add(sign);
  if (ASCII.test(text)) {
    for (const word of text.toLowerCase().match(ASCII_WORD) ?? [])
      add(word.length > MOST_LETTERS ? word.slice(0, MOST_LETTERS) : word);
    return;
  }
  for (const { word, twin } of tokensOf(text)) {
    add(word);
    if (twin !== null) add(twin);
  }
}

function tokenAt(text: string, start: number): Token {
  const twin = twinOf(text);
  return { word: cut(fold(text)), twin: twin === null ? null : cut(twin), start, end: start + text.length };
}

function* pairsOf(text: string, start: number): Generator<Token> {
  const letters = [...text.matchAll(/\P{M}\p{M}*/gu)].map((match) => ({ text: match[0], at: start + match.index }));
  for (const [index, { text: letter, at }] of letters.entries()) {
    const next = letters[index + 1]?.text ?? '';
    yield { word: fold(letter + next), twin: null, start: at, end: at + letter.length + next.length };
  }
}

const cut = (word: string): string => (word.length > MOST_LETTERS ? word.slice(0, MOST_LETTERS) : word).toWellFormed();
