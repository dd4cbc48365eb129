/** From this length on one mistake is forgiven, from the next on two. */
const ONE_MISTAKE_FROM = 4;
const TWO_MISTAKES_FROM = 8;

const EXACT = 10;
const WORD_START = 8;
const INSIDE = 5;
const WITH_MISTAKE = 3;

/** Lower case without accents; what else is not a letter or a digit parts words. */
export function wordsIn(text: string): string[] {
  return plain(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
}

/**
 * How well what was typed fits a text; 0 when it doesn't. Every typed word has to be found, in any order, at least as
 * the beginning of a word; a long one may be mistyped.
 */
export function fuzzyScore(typed: string, text: string): number {
  const wanted = wordsIn(typed);
  const words = wordsIn(text);
  if (wanted.length === 0) return 0;
  const initials = words.map((word) => word.charAt(0)).join('');
  if (wanted.length === 1 && wanted[0] && wanted[0].length > 1 && initials.startsWith(wanted[0])) return WORD_START;
  const scores = wanted.map((word) => bestScore(word, words));
  return scores.includes(0) ? 0 : scores.reduce((sum, score) => sum + score, 0) / scores.length;
}

function bestScore(wanted: string, words: readonly string[]): number {
  return Math.max(0, ...words.map((word, place) => scoreOf(wanted, word) - Math.min(place, 9) / 10));
}

function scoreOf(wanted: string, word: string): number {
  if (word === wanted) return EXACT;
  if (word.startsWith(wanted)) return WORD_START;
  if (wanted.length > 1 && word.includes(wanted)) return INSIDE;
  const forgiven = wanted.length >= TWO_MISTAKES_FROM ? 2 : wanted.length >= ONE_MISTAKE_FROM ? 1 : 0;
  if (forgiven === 0 || word.length < wanted.length - forgiven) return 0;
  // What is still being typed is compared with the beginning of the word, a letter more or less.
  const heads = [-1, 0, 1].map((by) => word.slice(0, wanted.length + by));
  return heads.some((head) => mistakes(wanted, head) <= forgiven) ? WITH_MISTAKE : 0;
}

/** Letters wrong, missing, too many, or two of them swapped. */
function mistakes(one: string, other: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let row = 1; row <= one.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= other.length; column += 1) {
      const isSame = one[row - 1] === other[column - 1];
      const isSwap = row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1];
      current[column] = Math.min(
        (last[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (isSame ? 0 : 1),
        ...(isSwap ? [(beforeLast[column - 2] ?? 0) + 1] : []),
      );
    }
    beforeLast = last;
    last = current;
  }
  return last[other.length] ?? 0;
}

const plain = (text: string): string =>
  text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/ß/g, 'ss').replace(/ı/g, 'i');
