const ASCII = /^[\0-\x7f]*$/;
const MARKS = /\p{M}+/gu;
/** Letters that no normalisation takes apart. */
const LETTERS: Record<string, string> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ħ: 'h',
  ł: 'l',
  þ: 'th',
  ŋ: 'n',
  ı: 'i',
};
const OWN_LETTER = /[ßæœøđðħłþŋı]/g;
/** Letters that are also written as two where a keyboard lacks them. */
const TWINS: Record<string, string> = { ä: 'ae', ö: 'oe', ü: 'ue', ø: 'oe', å: 'aa' };
const HAS_TWIN = /[äöüøå]/g;

/** Text as words are compared: without regard to case, accents and width. */
export function fold(text: string): string {
  if (ASCII.test(text)) return text.toLowerCase();
  return text
    .normalize('NFKD')
    .replace(MARKS, '')
    .toLowerCase()
    .replace(OWN_LETTER, (letter) => LETTERS[letter]);
}

/** The other spelling of a word with an umlaut: `Müller` is also found, and also finds, as `mueller`. */
export function twinOf(text: string): string | null {
  if (ASCII.test(text)) return null;
  const lower = text.normalize('NFC').toLowerCase();
  const spelled = lower.replace(HAS_TWIN, (letter) => TWINS[letter]);
  return spelled === lower ? null : fold(spelled);
}
