import { audienceOf, headOf, seqFor, streamOf } from './audience';
import type { Conversation } from './conversation.entity';

const aConversation: Conversation = {
  ticketNumber: 1001,
  staffSeq: 9,
  publicSeq: 5,
  stream: '0195b3c0-0000-7000-8000-000000000001',
};

describe('the two numberings of a timeline', () => {
  it('puts customers into one audience and all staff into the other', () => {
    expect(audienceOf({ role: 'customer' })).toBe('public');
    expect(audienceOf({ role: 'agent' })).toBe('staff');
    expect(audienceOf({ role: 'admin' })).toBe('staff');
  });

  it('numbers the same entry for each audience', () => {
    const entry = { staffSeq: 7, publicSeq: 3 };
    expect(seqFor('staff', entry)).toBe(7);
    expect(seqFor('public', entry)).toBe(3);
  });

  it('never numbers a note for customers', () => {
    const note = { staffSeq: 7, publicSeq: null };
    expect(seqFor('staff', note)).toBe(7);
    expect(() => seqFor('public', note)).toThrow('staff only');
  });

  it('has a head for each audience', () => {
    expect(headOf('staff', aConversation)).toBe(9);
    expect(headOf('public', aConversation)).toBe(5);
  });

  it('names the numberings differently, and differently again after a restore', () => {
    const restored = { ...aConversation, stream: '0195b3c0-0000-7000-8000-000000000002' };
    const names = [aConversation, restored].flatMap((conversation) => [
      streamOf('staff', conversation),
      streamOf('public', conversation),
    ]);
    expect(new Set(names).size).toBe(4);
    expect(names.every((name) => name.length <= 100)).toBe(true);
  });
});
