import { COMMON_WORDS } from './common-words';

/** Figures and signs that people put for letters. */
const STAND_INS: Record<string, string> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '8': 'b',
  '@': 'a',
  $: 's',
  '!': 'i',
  '|': 'l',
  '€': 'e',
};

/** Rows of keyboards and alphabets, along which fingers walk. */
const ROWS = [
  'abcdefghijklmnopqrstuvwxyz',
  '0123456789',
  'qwertyuiop',
  'qwertzuiop',
  'asdfghjkl',
  'zxcvbnm',
  'yxcvbnm',
  'azertyuiop',
  'qsdfghjklm',
  'wxcvbn',
  '1qaz2wsx3edc4rfv5tgb6yhn7ujm',
  '1q2w3e4r5t6y7u8i9o0p',
  'q1w2e3r4t5y6u7i8o9p0',
  'qazwsxedcrfvtgbyhnujm',
  '!@#$%^&*()',
  '!"§$%&/()=',
];
const WALKS = ROWS.flatMap((row) => [row, [...row].reverse().join('')]).map((row) => row + row);

const SHORTEST_WALK = 3;
/** So much beside a common word does not make it hard to guess. */
const DECORATION = 6;
/** A mail address with a shorter local part says too little. */
const SHORTEST_OWN_WORD = 4;

const fold = (text: string): string => text.normalize('NFKC').toLowerCase();
const asLetters = (text: string): string => text.replace(/[01345780@$!|€]/gu, (sign) => STAND_INS[sign] ?? sign);

/** What is written again and again, once: `abcabc` is `abc`. */
function once(text: string): string {
  const [, part] = /^(.+?)\1+$/su.exec(text) ?? [];
  return part ?? text;
}

/** Whether the text is nothing but walks along rows: `qwertz12345`, `abc123`. */
function isWalk(text: string): boolean {
  for (let rest = text; rest;) {
    const length = longestStep(rest);
    if (length < Math.min(SHORTEST_WALK, text.length)) return false;
    rest = rest.slice(length);
  }
  return true;
}

function longestStep(text: string): number {
  const same = /^(.)\1*/su.exec(text)?.[0].length ?? 0;
  let length = 1;
  while (length < text.length && WALKS.some((walk) => walk.includes(text.slice(0, length + 1)))) length += 1;
  return Math.max(same, length);
}

/** 24121999, 1999-12-24 and the like. */
const isDate = (text: string): boolean =>
  /^(0?[1-9]|[12]\d|3[01])[./-]?(0?[1-9]|[12]\d|3[01])[./-]?(19|20)\d\d$/.test(text) ||
  /^(19|20)\d\d[./-]?(0?[1-9]|1[0-2])[./-]?(0?[1-9]|[12]\d|3[01])$/.test(text);

/** What stands around a word, when it adds next to nothing. */
const isDecoration = (text: string): boolean => text.length <= DECORATION || isWalk(text) || isDate(text);

/** The words that a folded text may be meant as: as it is and with stand-ins undone, with and without decoration. */
function wordsIn(text: string): string[] {
  const [, before = '', core = '', after = ''] = /^([^\p{L}]*)(.*?)([^\p{L}]*)$/su.exec(text) ?? [];
  const bare = isDecoration(before) && isDecoration(after) ? [core, asLetters(core)] : [];
  return [text, asLetters(text), ...bare].flatMap((word) => [word, once(word)]);
}

/** Whether the password is, but for numbers and signs around it, one of the first that anybody would try. */
export function isCommon(password: string): boolean {
  const text = fold(password);
  return isWalk(once(text)) || isDate(text) || wordsIn(text).some((word) => COMMON_WORDS.has(word));
}

/** Whether the password is one of `names`, an address or the product, with next to nothing added. */
export function isNamed(password: string, names: readonly string[]): boolean {
  const text = fold(password);
  return names
    .map(fold)
    .filter((name) => name.length >= SHORTEST_OWN_WORD)
    .some((name) => leaves(text, name) || leaves(asLetters(text), asLetters(name)));
}

const leaves = (text: string, name: string): boolean => text.includes(name) && isDecoration(text.replaceAll(name, ''));
