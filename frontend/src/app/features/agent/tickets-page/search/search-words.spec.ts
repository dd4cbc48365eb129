import { beganWith, numberIn, offersFor, searchIn } from './search-words';

const known = { agents: ['Ana Silva', 'Ben'], categories: ['Billing'], tags: ['vpn', 'vip'] };
const offered = (q: string, recent: readonly string[] = []): string[] =>
  offersFor(q, recent, known).flatMap(({ offers }) => offers.map(({ words }) => words));
const taken = (q: string, words: string): string | undefined =>
  offersFor(q, [], known)
    .flatMap(({ offers }) => offers)
    .find((offer) => offer.words === words)?.q;

describe('what the search field offers', () => {
  it('is everything that narrows a search, under what was searched for lately', () => {
    expect(offered('', ['printer vpn'])).toEqual([
      'printer vpn',
      'status:',
      'priority:',
      'from:',
      'assignee:',
      'tag:',
      'category:',
      'before:',
      'after:',
      '"printer is offline"',
      '#1042',
    ]);
  });

  it('completes an operator that was begun', () => {
    expect(offered('printer ST')).toEqual(['status:']);
    expect(taken('printer st', 'status:')).toBe('printer status:');
  });

  it('offers the values of an operator by their word, too', () => {
    expect(offered('status:')).toEqual(['status:open', 'status:in_progress', 'status:resolved', 'status:closed']);
    expect(offered('status:progress')).toEqual(['status:in_progress']);
    expect(taken('a status:o', 'status:open')).toBe('a status:open ');
  });

  it('puts names of several words in quotes, and finishes those that were begun with one', () => {
    expect(taken('assignee:ana', 'assignee:"Ana Silva"')).toBe('assignee:"Ana Silva" ');
    expect(taken('x assignee:"ana s', 'assignee:"Ana Silva"')).toBe('x assignee:"Ana Silva" ');
  });

  it('is nothing in the middle of words that begin no operator', () => {
    expect([offered('printer'), offered('printer '), offered('http://x')]).toEqual([[], [], []]);
  });
});

describe('a search', () => {
  it.each([
    ['#1042', 1042],
    [' 1042 ', 1042],
    ['1042 printer', null],
    ['#', null],
    ['0', null],
  ])('for %j means the ticket %j', (q, number) => {
    expect(numberIn(q)).toBe(number);
  });

  it.each([
    ['printer status:', 'printer'],
    ['tag:"', ''],
    ['printer status:open ', 'printer status:open'],
    ['error:', 'error:'],
    ['printer status:op', 'printer'],
    ['printer status:open,closed', 'printer status:open,closed'],
    ['printer before:2026-', 'printer'],
    ['printer before:2026-10', 'printer before:2026-10'],
    ['tag:vp', 'tag:vp'],
  ])('for %j looks for %j', (q, searched) => {
    expect(searchIn(q)).toBe(searched);
  });

  it('tells which tag is being typed', () => {
    expect([beganWith('x tag:v', 'tag'), beganWith('tag:', 'tag'), beganWith('vpn', 'tag')]).toEqual(['v', '', null]);
  });
});
