import { COMMAND_IDS, commandEntry, CommandId } from './command-book';
import { keyConflict } from './key-conflicts';

const byDefault = (id: CommandId): string | null => commandEntry(id).key ?? null;

describe('another key for a command', () => {
  it('is free when nothing else answers to it', () => {
    expect(keyConflict('ticket.claim', 'v', byDefault)).toBeNull();
    expect(keyConflict('ticket.claim', 'g v', byDefault)).toBeNull();
    expect(keyConflict('ticket.claim', 'i', byDefault)).toBeNull();
  });

  it('is refused when another command has it', () => {
    expect(keyConflict('ticket.claim', 'r', byDefault)).toBe('ticket.reply');
    expect(keyConflict('ticket.claim', '?', byDefault)).toBe('keys');
  });

  it('is refused when it begins the two letters of another, or is begun by it', () => {
    expect(keyConflict('ticket.claim', 'g', byDefault)).toBe('go.mine');
    expect(keyConflict('go.mine', 'r x', byDefault)).toBe('ticket.reply');
  });

  it('has to be a character: combinations belong to the browser', () => {
    expect(keyConflict('ticket.claim', 'mod+j', byDefault)).toBe('no-character');
    expect(keyConflict('ticket.claim', 'F7', byDefault)).toBe('no-character');
  });

  it('is free of conflicts as the product comes', () => {
    const changeable = COMMAND_IDS.filter((id) => commandEntry(id).key && !commandEntry(id).isFixed);
    expect(changeable.filter((id) => keyConflict(id, byDefault(id) ?? '', byDefault) !== null)).toEqual([]);
  });
});
