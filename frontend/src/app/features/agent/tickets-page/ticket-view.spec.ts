import { choiceOf, hasFilters, queryOf } from './ticket-view';

describe('the list that an address means', () => {
  it('is the queue of what waits when nothing is said', () => {
    expect(queryOf(choiceOf({}))).toMatchObject({
      assignee: 'none',
      status: ['open', 'in_progress'],
      sort: '-createdAt',
    });
  });

  it('is what is mine and not yet solved', () => {
    expect(queryOf(choiceOf({ view: 'mine' }))).toMatchObject({ assignee: 'me', status: ['open', 'in_progress'] });
  });

  it('is everything, in every status', () => {
    expect(queryOf(choiceOf({ view: 'all' }))).toMatchObject({ assignee: undefined, status: [] });
  });

  it('takes filters and order from the address', () => {
    const choice = choiceOf({
      view: 'all',
      status: 'closed,open',
      priority: 'urgent',
      assignee: 'ben',
      sort: '-priority',
    });
    expect(queryOf(choice)).toMatchObject({
      status: ['open', 'closed'],
      priority: ['urgent'],
      assignee: 'ben',
      sort: '-priority',
    });
    expect(hasFilters(choice)).toBe(true);
  });

  it('ignores what it does not know', () => {
    const choice = choiceOf({ view: 'nonsense', status: 'broken', priority: '', sort: 'password', q: '  ' });
    expect(choice).toMatchObject({ view: 'queue', status: [], priority: [], sort: '-createdAt', q: '' });
    expect(hasFilters(choice)).toBe(false);
  });

  it('lets nobody filter the queue or their own tickets by somebody else', () => {
    expect(queryOf(choiceOf({ view: 'queue', assignee: 'ben' })).assignee).toBe('none');
  });
});
