import { extensionOf } from './file-kinds';

const MAX_LENGTH = 255;
/** Control and format characters: also the ones that turn the reading direction around. */
const UNSEEN = /[\p{Cc}\p{Cf}\u2028\u2029]/gu;
const RESERVED = /[<>:"|?*/\\]/g;
const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/i;

/**
 * A name that can be shown and saved anywhere: no path, nothing invisible, no name that a system keeps for itself, at
 * most 255 UTF-16 units with the extension kept, never empty.
 *
 * @param extension what a name without one gets
 */
export function cleanFilename(raw: string, extension: string): string {
  const name = raw
    .toWellFormed()
    .normalize('NFC')
    .split(/[/\\]/)
    .at(-1)!
    .replace(UNSEEN, '')
    .replace(RESERVED, '_')
    .replace(/\s+/gu, ' ')
    .replace(/^[\s.-]+|[\s.]+$/gu, '')
    .replace(DEVICE, '_$1');
  const own = name.includes('.') ? extensionOf(name) : '';
  const ending = `.${own || extension}`;
  const stem = own ? name.slice(0, -ending.length) : name === extension ? '' : name;
  return `${cut(stem.trimEnd() || 'file', MAX_LENGTH - ending.length)}${ending}`;
}

/** Never leaves half of a character at the end. */
const cut = (text: string, length: number): string => text.slice(0, length).replace(/[\uD800-\uDBFF]$/u, '');
