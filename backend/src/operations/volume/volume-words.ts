import type { SeededRandom } from './volume-random';

/** Words that measurements look for, and the share of tickets that have them. */
export const KNOWN_WORDS = {
  rare: { word: 'quasar', share: 0.001 },
  frequent: { word: 'invoice', share: 0.1 },
} as const;

/** Said in a row in some tickets; its words stand in many more. */
export const KNOWN_PHRASE = { phrase: 'blank pages after the update', share: 0.005 } as const;

const COMMON = (
  'the to and a of is in it for on we not have that with this you can was but are be my please after when our from ' +
  'your will do so page error as there an at if now then one all time they has no new out up just or get work still ' +
  'update system user help need does try again since screen today login file see order printer customer account ' +
  'password email team report open button click message server network data change issue problem thanks hello regards'
).split(' ');
const SYLLABLES =
  'ba be bo da de do fa fi ga go ka ke ko la le lo ma me mi na ne no pa pe po ra re ro sa se so ta te to va ve'.split(
    ' ',
  );
const MADE_WORDS = 20_000;

/** A few hundred words make most of a text, and the rest is rare: about as in any language. */
const VOCABULARY: readonly string[] = [
  ...COMMON,
  ...Array.from({ length: MADE_WORDS }, (_, index) => madeWord(index + SYLLABLES.length ** 2)),
];

function madeWord(index: number): string {
  let rest = index;
  let word = '';
  while (rest > 0) {
    word += SYLLABLES[rest % SYLLABLES.length];
    rest = Math.floor(rest / SYLLABLES.length);
  }
  return word;
}

/** `count` words; the n-th of the vocabulary comes about 1/n as often as the first. */
export function words(random: SeededRandom, count: number): string {
  let text = '';
  for (let index = 0; index < count; index += 1) {
    const rank = Math.floor(VOCABULARY.length ** random.next()) - 1;
    text += index ? ` ${VOCABULARY[rank]}` : VOCABULARY[rank];
  }
  return text;
}

/** Words and phrases that are looked for, put into the texts of one ticket. */
export function knownText(random: SeededRandom): string {
  const parts = [
    ...Object.values(KNOWN_WORDS)
      .filter(({ share }) => random.chance(share))
      .map(({ word }) => word),
    ...(random.chance(KNOWN_PHRASE.share) ? [KNOWN_PHRASE.phrase] : []),
  ];
  return parts.length ? ` ${parts.join(' ')}` : '';
}
