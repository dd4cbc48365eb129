import type { WireDraft } from '@parley/socket-events';

import { begun, DraftRecord, isUnsaved, markOf, meet } from './draft-record';

const AT = '2026-03-02T09:00:00.000Z';

const theirs = (body: string, overrides: Partial<WireDraft> = {}): WireDraft => ({
  ticketId: 1001,
  kind: 'chat',
  body,
  attachments: [],
  clientMsgId: 'draft-1',
  baseSeq: 3,
  updatedAt: AT,
  ...overrides,
});

const typed = (body: string, overrides: Partial<DraftRecord> = {}): DraftRecord => ({
  ...begun('draft-1', 3),
  body,
  changedAt: Date.parse(AT) - 1_000,
  ...overrides,
});

function savedAs(body: string, overrides: Partial<DraftRecord> = {}): DraftRecord {
  const record = typed(body, overrides);
  return { ...record, saved: markOf(record) };
}

describe('meeting what the server has', () => {
  it('takes it over when there is nothing here', () => {
    const { record } = meet(null, theirs('from the phone'), false);
    expect(record).toMatchObject({ body: 'from the phone', clientMsgId: 'draft-1', baseSeq: 3 });
    expect(record && isUnsaved(record)).toBe(false);
  });

  it('follows when nothing was changed here since it was saved', () => {
    const { record, spare } = meet(savedAs('old'), theirs('new', { clientMsgId: 'draft-2' }), true);
    expect([record?.body, record?.clientMsgId, spare]).toEqual(['new', 'draft-2', null]);
  });

  it('is told of its own saving while more is typed already', () => {
    const first = typed('Hel');
    const own = { ...typed('Hello'), saving: markOf(first) };
    const { record, spare } = meet(own, theirs('Hel'), false);
    expect([record?.body, spare, record?.saved]).toEqual(['Hello', null, markOf(first)]);
    expect(record && isUnsaved(record)).toBe(true);
  });

  it('keeps what is being written, and offers the other words', () => {
    const { record, spare } = meet(typed('here'), theirs('there'), true);
    expect([record?.body, spare]).toEqual(['here', 'there']);
    expect(record && isUnsaved(record)).toBe(true);
  });

  it('lets the later one win where nobody writes, and offers the earlier words', () => {
    expect(meet(typed('here'), theirs('there'), false)).toMatchObject({ record: { body: 'there' }, spare: 'here' });
    const later = typed('here', { changedAt: Date.parse(AT) + 1_000 });
    expect(meet(later, theirs('there'), false)).toMatchObject({ record: { body: 'here' }, spare: 'there' });
  });

  it('offers nothing that is there already', () => {
    expect(meet(typed('Hello there'), theirs('Hello'), true).spare).toBeNull();
  });

  it('shares the id when both wrote the same', () => {
    const { record } = meet(typed('same'), theirs('same', { clientMsgId: 'draft-2' }), true);
    expect(record?.clientMsgId).toBe('draft-2');
  });

  it('does not bring back what was handed over', () => {
    const own = begun('draft-2', 0, 'draft-1');
    expect(meet(own, theirs('sent'), false).record).toBe(own);
    expect(meet({ ...own, body: 'next' }, theirs('sent'), false).record?.body).toBe('next');
  });

  it('empties the field when the draft is gone there, and keeps what was typed since', () => {
    expect(meet(savedAs('sent elsewhere'), null, false).record).toBeNull();
    const own = { ...typed('sent elsewhere, and more'), saved: markOf(typed('sent elsewhere')) };
    expect(meet(own, null, false).record).toMatchObject({ body: 'sent elsewhere, and more', saved: null });
  });

  it('keeps a file that the server has not got yet', () => {
    const own = typed('', { unstaged: 1 });
    expect(meet(own, null, false).record).toMatchObject({ unstaged: 1 });
  });

  it('stays empty until the server has heard that it was emptied', () => {
    const own = { ...typed(''), saved: markOf(typed('old')) };
    expect(isUnsaved(own)).toBe(true);
    expect(meet(own, theirs('old'), false).record?.body).toBe('');
  });
});
