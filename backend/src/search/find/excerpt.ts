import type { SearchTerm, TicketMatch } from '../../tickets';
import { signsOf, tokensOf, type Token } from '../words/tokens';

const LINE_LENGTH = 160;
/** So much of the line stands before the first word that was found. */
const LEAD = 40;
const CUT = '…';

type Excerpt = TicketMatch['excerpt'];

interface Mark {
  start: number;
  end: number;
  term: number;
}

/** The line of a text that shows most of the terms, and how many it shows; null when it shows none. */
export function excerptOf(text: string, terms: readonly SearchTerm[]): { excerpt: Excerpt; shown: number } | null {
  let best: { line: string; marks: Mark[]; shown: number } | null = null;
  for (const line of text.split(/[\r\n]+/u)) {
    const marks = marksIn(line, terms);
    const shown = new Set(marks.map(({ term }) => term)).size;
    if (shown > (best?.shown ?? 0)) best = { line, marks, shown };
  }
  return best && { excerpt: cutOut(best.line, best.marks), shown: best.shown };
}

function marksIn(line: string, terms: readonly SearchTerm[]): Mark[] {
  const marks: Mark[] = [];
  for (const token of tokensOf(line)) {
    const term = terms.findIndex((one) => isShown(token, one));
    if (term >= 0) marks.push({ start: token.start, end: token.end, term });
  }
  for (const [term, { words }] of terms.entries())
    for (const sign of signsOf(words.join(''))) {
      const start = line.indexOf(sign);
      if (start >= 0) marks.push({ start, end: start + sign.length, term });
    }
  return marks.toSorted((a, b) => a.start - b.start);
}

const isShown = ({ word, twin }: Token, { words, isBeginning }: SearchTerm): boolean =>
  [word, twin].some(
    (shown) => shown !== null && words.some((one) => (isBeginning ? shown.startsWith(one) : shown === one)),
  );

/** At most so much of the line as is shown, in pieces. */
function cutOut(line: string, marks: readonly Mark[]): Excerpt {
  const [from, to] = windowOf(line, marks[0].start);
  const pieces: Excerpt = from > 0 ? [{ text: CUT, hit: false }] : [];
  let at = from;
  for (const { start, end } of marks) {
    if (end <= at || start >= to) continue;
    add(pieces, line.slice(at, start), false);
    add(pieces, line.slice(Math.max(start, at), Math.min(end, to)), true);
    at = Math.min(end, to);
  }
  add(pieces, line.slice(at, to), false);
  add(pieces, to < line.length ? CUT : '', false);
  return pieces;
}

/** Without half characters at the ends. */
function windowOf(line: string, first: number): [from: number, to: number] {
  if (line.length <= LINE_LENGTH) return [0, line.length];
  const room = LINE_LENGTH - 2 * CUT.length;
  let from = Math.min(Math.max(0, first - LEAD), line.length - room);
  if (from > 0 && isSecondHalf(line, from)) from += 1;
  let to = Math.min(line.length, from + room);
  if (isSecondHalf(line, to)) to -= 1;
  return [from, to];
}

const isSecondHalf = (line: string, at: number): boolean => /[\uDC00-\uDFFF]/.test(line[at] ?? '');

function add(pieces: Excerpt, text: string, hit: boolean): void {
  const last = pieces.at(-1);
  if (!text) return;
  if (last?.hit === hit) last.text += text;
  else pieces.push({ text, hit });
}
