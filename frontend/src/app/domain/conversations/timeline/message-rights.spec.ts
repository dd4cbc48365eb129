import { aMessage, ana, cora } from '../testing/builders';
import { messageRights, RightsReader } from './message-rights';
import { ShownMessage } from './timeline-items';
import type { Message } from '../../../core/api/models';

const MINUTE = 60_000;

describe('message rights', () => {
  const shown = (message: Partial<Message> = {}): ShownMessage => {
    const stored = aMessage(1, message);
    return { key: 'k', seq: 1, kind: stored.kind, at: stored.createdAt, stored, pending: null, removedBy: null };
  };
  const minutesAfter = (minutes: number, reader: Partial<RightsReader> = {}): RightsReader => ({
    selfId: cora.id,
    staff: false,
    status: 'open',
    now: Date.parse(aMessage(1).createdAt) + minutes * MINUTE,
    ...reader,
  });

  it('lets the author edit and remove for fifteen minutes', () => {
    expect(messageRights(shown(), minutesAfter(3))).toEqual({ editMinutes: 12, remove: true });
    expect(messageRights(shown(), minutesAfter(15))).toEqual({ editMinutes: null, remove: false });
  });

  it('lets staff remove what others wrote, but not edit it', () => {
    const reader = minutesAfter(60, { selfId: ana.id, staff: true });
    expect(messageRights(shown(), reader)).toEqual({ editMinutes: null, remove: true });
  });

  it('gives customers no rights over the messages of others', () => {
    expect(messageRights(shown({ author: ana }), minutesAfter(1))).toEqual({ editMinutes: null, remove: false });
  });

  it('freezes chat on a closed ticket, but not the notes of staff', () => {
    const closed = minutesAfter(1, { selfId: ana.id, staff: true, status: 'closed' });
    expect(messageRights(shown({ author: ana }), closed).editMinutes).toBeNull();
    expect(messageRights(shown({ author: ana, kind: 'note' }), closed).editMinutes).toBe(14);
    expect(messageRights(shown(), minutesAfter(1, { status: 'closed' }))).toEqual({ editMinutes: null, remove: false });
  });

  it('offers nothing at a message that is removed or on its way', () => {
    const removed = shown({ removedAt: '2026-03-02T09:02:00.000Z' });
    expect(messageRights(removed, minutesAfter(1))).toEqual({ editMinutes: null, remove: false });
    expect(messageRights({ ...shown(), stored: null }, minutesAfter(1)).remove).toBe(false);
  });
});
