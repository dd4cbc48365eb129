import { readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { at } from '../lib/checkout.mjs';
import { exitWith } from '../lib/failure.mjs';

const TARGET = 'frontend/src/app/domain/conversations/composer/offers/emoji-names.ts';
/** What newer ones draw is missing on many devices. */
const NEWEST_VERSION = 14;
const FLAGS = 9;

/** `npm run emoji:generate`: the emoji that can be written by name, with one or two names each, as text the client fetches. */
export const run = () =>
  exitWith(async () => {
    const source = createRequire(import.meta.url).resolve('emoji-picker-element-data/en/emojibase/data.json');
    const known = JSON.parse(await readFile(source, 'utf8'));
    const lines = known
      .filter(({ version, group, shortcodes }) => version <= NEWEST_VERSION && group !== FLAGS && shortcodes?.length)
      .map(({ emoji, shortcodes }) => [emoji, ...shortcodes.slice(0, 2)].join(' '));
    const about = '/** One emoji and its names on each line. Written by `npm run emoji:generate`. */';
    await writeFile(at(TARGET), `${about}\nexport const EMOJI_NAMES = \`${lines.join('\n')}\`;\n`);
    console.log(`Wrote ${lines.length} emoji to ${TARGET}.`);
    return 0;
  });
