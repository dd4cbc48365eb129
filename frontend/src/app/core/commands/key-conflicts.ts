import { COMMAND_IDS, commandEntry, CommandId } from './command-book';
import { isCharacterKey } from './key-names';

export type KeysOfCommands = (id: CommandId) => string | null;

/** Why a command can't have this key; null when it can. */
export function keyConflict(id: CommandId, key: string, keyOf: KeysOfCommands): CommandId | 'no-character' | null {
  if (!isCharacterKey(key)) return 'no-character';
  const clashing = COMMAND_IDS.find((other) => {
    if (other === id || commandEntry(other).sharesKeyWith) return false;
    const theirs = keyOf(other);
    return theirs !== null && isEither(theirs, key) && !isElsewhere(id, other);
  });
  return clashing ?? null;
}

/** The first letter of two would never be waited for. */
const isEither = (one: string, other: string): boolean =>
  one === other || one.startsWith(`${other} `) || other.startsWith(`${one} `);

/** The focus stands in a row of the list or in a message, never in both. */
const isElsewhere = (one: CommandId, other: CommandId): boolean =>
  [one, other].includes('row.menu') && [one, other].includes('message.menu');
