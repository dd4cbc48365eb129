import { SavedView } from '../../../core/api/models';
import { ana } from '../../../domain/conversations/testing/builders';
import { changeOfAddress, choiceOf, hasFilters, noFilters, queryOf, wholeFilterOf } from './ticket-view';

const urgent: SavedView = {
  id: '019c9f47-2222-7333-8444-555566667777',
  name: 'Urgent',
  filter: { priority: ['urgent', 'high'], status: ['open'] },
  sort: 'createdAt',
  shared: true,
  owner: ana,
  createdAt: '2026-03-02T09:00:00.000Z',
  updatedAt: '2026-03-02T09:00:00.000Z',
};

describe('the list that an address means', () => {
  it('is the queue of what waits when nothing is said', () => {
    expect(queryOf(choiceOf({}))).toEqual({ assignee: 'none', status: ['open', 'in_progress'], sort: '-createdAt' });
  });

  it.each([
    ['mine', { assignee: 'me', status: ['open', 'in_progress'], sort: '-updatedAt' }],
    ['needs-reply', { needsReply: true, sort: '-updatedAt' }],
    ['unread', { unread: true, sort: '-updatedAt' }],
    ['all', { sort: '-updatedAt' }],
  ])('is for %s exactly what the name says', (view, query) => {
    expect(queryOf(choiceOf({ view }))).toEqual(query);
  });

  it('takes filters and order from the address', () => {
    const choice = choiceOf({
      view: 'all',
      status: 'closed,open',
      priority: 'urgent',
      assignee: 'ben',
      tag: 'vpn,office',
      needsReply: 'true',
      createdAfter: '2026-03-01T00:00:00.000Z',
      sort: '-priority',
    });
    expect(queryOf(choice)).toEqual({
      status: ['open', 'closed'],
      priority: ['urgent'],
      assignee: 'ben',
      tag: ['vpn', 'office'],
      needsReply: true,
      createdAfter: '2026-03-01T00:00:00.000Z',
      sort: '-priority',
    });
    expect(hasFilters(choice)).toBe(true);
    expect(choice.isChanged).toBe(true);
  });

  it('leaves the order of what was searched for to the server, unless one was chosen', () => {
    expect(queryOf(choiceOf({ view: 'all', q: 'printer' }))).toEqual({ q: 'printer' });
    expect(queryOf(choiceOf({ view: 'all', q: 'printer', sort: '-createdAt' }))).toMatchObject({ sort: '-createdAt' });
    expect(queryOf(choiceOf({ view: urgent.id, q: 'printer' }, urgent))).not.toHaveProperty('sort');
  });

  it('keeps the order under which a search was saved', () => {
    const search = { ...urgent, filter: { q: 'printer' } };
    expect(queryOf(choiceOf({ view: search.id }, search))).toEqual({ q: 'printer', sort: 'createdAt' });
  });

  it('ignores what it does not know', () => {
    const choice = choiceOf({
      view: 'nonsense',
      status: 'broken',
      priority: '',
      sort: 'password',
      q: '  ',
      unread: 'perhaps',
      createdAfter: 'yesterday',
    });
    expect(choice).toEqual({ view: 'queue', saved: null, filter: {}, sort: '-createdAt', isChanged: false });
  });

  it('lets nobody filter the queue or their own tickets by somebody else', () => {
    expect(queryOf(choiceOf({ view: 'queue', assignee: 'ben' })).assignee).toBe('none');
    expect(queryOf(choiceOf({ view: 'unread', unread: 'false' })).unread).toBe(true);
  });

  it('is what a saved view keeps, under its own order', () => {
    const choice = choiceOf({ view: urgent.id }, urgent);
    expect(queryOf(choice)).toEqual({ ...urgent.filter, sort: 'createdAt' });
    expect(choice.isChanged).toBe(false);
  });

  it('changes parts of a saved view, and takes them away by an empty part', () => {
    const choice = choiceOf({ view: urgent.id, status: '', category: 'none' }, urgent);
    expect(queryOf(choice)).toEqual({ priority: ['urgent', 'high'], category: ['none'], sort: 'createdAt' });
    expect(choice.isChanged).toBe(true);
  });

  it('sees no change in the same filter in another order', () => {
    expect(choiceOf({ view: urgent.id, priority: 'high,urgent', sort: 'createdAt' }, urgent).isChanged).toBe(false);
  });
});

describe('a change of the address', () => {
  const choice = choiceOf({ view: urgent.id }, urgent);

  it('names only what differs from the view', () => {
    expect(changeOfAddress(choice, { status: 'open', priority: 'low' })).toEqual({ status: null, priority: 'low' });
  });

  it('says expressly that a filter of the view is off', () => {
    expect(changeOfAddress(choice, { status: '', q: '' })).toEqual({ status: '', q: null });
    expect(noFilters(choice)).toMatchObject({ status: '', priority: '', tag: null });
  });

  it('keeps with a new view all that is shown', () => {
    expect(wholeFilterOf(choiceOf({ view: 'mine', priority: 'urgent' }))).toEqual({
      assignee: 'me',
      status: ['open', 'in_progress'],
      priority: ['urgent'],
    });
  });
});
