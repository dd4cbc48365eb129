import type { SearchCheck, SearchTerm, SearchWords } from '../../tickets';
import { fold } from '../words/fold';
import { STOP_WORDS } from '../words/stop-words';
import { signsOf, tokensOf, type Token } from '../words/tokens';

const MOST_TERMS = 16;
const QUOTES = /[“”„‟«»]/g;
const PART = /"([^"]*)("?)|([^\s"]+)/g;
const NUMBER = /^\d{1,9}$/;
/** Signs at the ends of a word that belong to the sentence around it. */
const AROUND = /^[\s.,;:!?'"()¿¡…-]+|[\s.,;:!?'"()¿¡…-]+$/g;
const ENDS_IN_WORD = /[\p{L}\p{N}\p{M}]$/u;

interface Gathered {
  /** Asked for in any case. */
  words: SearchTerm[];
  /** Asked for unless there are others. */
  stopWords: SearchTerm[];
  signs: Set<string>;
  phrases: SearchCheck[];
  literals: SearchCheck[];
}

/** Quotes mean exactly; the last word may be unfinished. */
export function parseWords(text: string): SearchWords {
  const line = text.replace(QUOTES, '"');
  const gathered: Gathered = { words: [], stopWords: [], signs: new Set(), phrases: [], literals: [] };
  for (const match of line.matchAll(PART)) {
    const isLast = match.index + match[0].length === line.length;
    const [, quoted, end, plain] = match;
    if (plain === undefined) addQuoted(gathered, quoted, isLast && end === '');
    else addPlain(gathered, plain, isLast && ENDS_IN_WORD.test(plain));
  }
  const { words, stopWords, signs, phrases, literals } = gathered;
  const terms = (words.length || signs.size ? words : stopWords).slice(0, MOST_TERMS);
  const loose = words.length || !signs.size ? terms : stopWords.slice(0, MOST_TERMS);
  if (!signs.size) return { terms, checks: phrases, withoutSigns: null };
  const ofSigns = [...signs].map((sign): SearchTerm => ({
    words: [sign],
    isBeginning: false,
    number: null,
    isOfPerson: false,
  }));
  const withoutSigns = { terms: loose, checks: phrases, withoutSigns: null };
  return { terms: [...terms, ...ofSigns], checks: [...phrases, ...literals], withoutSigns };
}

/** Words that the name or the address of the requester must begin with. */
export const personTerms = (name: string): SearchTerm[] =>
  asked([...tokensOf(name)]).map((token) => ({ ...termOf(token, true), number: null, isOfPerson: true }));

/** The same words, and these terms as well. */
export const withTerms = (words: SearchWords | null, terms: readonly SearchTerm[]): SearchWords | null => {
  if (!terms.length) return words;
  if (!words) return { terms, checks: [], withoutSigns: null };
  return {
    ...words,
    terms: [...words.terms, ...terms],
    withoutSigns: words.withoutSigns && withTerms(words.withoutSigns, terms),
  };
};

function addPlain(gathered: Gathered, text: string, isUnfinished: boolean): void {
  const tokens = asked([...tokensOf(text)]);
  const isStopWord = tokens.length === 1 && STOP_WORDS.has(tokens[0].word);
  for (const [index, token] of tokens.entries()) {
    const isLast = isUnfinished && index === tokens.length - 1;
    (isStopWord ? gathered.stopWords : gathered.words).push(termOf(token, isLast));
  }
  addSigns(gathered, text);
}

function addQuoted(gathered: Gathered, text: string, isUnfinished: boolean): void {
  const tokens = asked([...tokensOf(text)]);
  const isOpen = isUnfinished && ENDS_IN_WORD.test(text);
  for (const [index, token] of tokens.entries())
    gathered.words.push(termOf(token, isOpen && index === tokens.length - 1));
  const inOrder = [...tokensOf(text)].map(({ word }) => word).join(' ');
  if (inOrder) gathered.phrases.push({ kind: 'words', text: isOpen ? ` ${inOrder}` : ` ${inOrder} ` });
  addSigns(gathered, text);
}

function addSigns(gathered: Gathered, text: string): void {
  const signs = signsOf(text);
  if (!signs.size) return;
  for (const sign of signs) gathered.signs.add(sign);
  gathered.literals.push({ kind: 'signs', text: literalOf(text.replace(AROUND, '')) });
}

/** The last letter of a text without blanks stands for no pair; it is only asked for when it is alone. */
const asked = (tokens: Token[]): Token[] =>
  tokens.filter(({ end }, index) => index === 0 || end !== tokens[index - 1].end);

function termOf({ word, twin, start, end }: Token, isUnfinished: boolean): SearchTerm {
  const isLetterOfMany = end - start === 1 && /\p{Lo}/u.test(word);
  return {
    words: twin === null ? [word] : [word, twin],
    isBeginning: isUnfinished || isLetterOfMany,
    number: NUMBER.test(word) ? Number(word) : null,
    isOfPerson: false,
  };
}

/** Text as signs are compared: folded, each run of white space one blank. */
export const literalOf = (text: string): string => fold(text).replace(/\s+/gu, ' ');

/** Whether one text shows what a check asks for. */
export function passes(text: string, { kind, text: wanted }: SearchCheck): boolean {
  if (kind === 'signs') return literalOf(text).includes(wanted);
  const words = [...tokensOf(text)];
  const shown = (of: (token: Token) => string): boolean => ` ${words.map(of).join(' ')} `.includes(wanted);
  return shown(({ word }) => word) || shown(({ word, twin }) => twin ?? word);
}
