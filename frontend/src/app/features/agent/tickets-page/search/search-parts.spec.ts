import { choiceOf } from '../ticket-view';
import { narrowingParts } from './search-parts';

const partsOf = (address: Parameters<typeof choiceOf>[0]) => narrowingParts(choiceOf(address));

describe('what a list is narrowed by', () => {
  it('is each filter, by its words', () => {
    expect(partsOf({ view: 'all', status: 'closed,open', tag: 'vpn' })).toEqual([
      {
        words: 'Status: Open, Closed',
        change: { status: '' },
        queryWithout: { tag: ['vpn'], sort: '-updatedAt' },
      },
      { words: 'Tag: vpn', change: { tag: '' }, queryWithout: { status: ['open', 'closed'], sort: '-updatedAt' } },
    ]);
  });

  it('is each word, each operator and each text in quotes of a search', () => {
    const parts = partsOf({ view: 'all', q: 'printer  assignee:"Ana Silva" "on fire"' });
    expect(parts.map(({ words, change }) => [words, change.q])).toEqual([
      ['printer', 'assignee:"Ana Silva" "on fire"'],
      ['assignee:"Ana Silva"', 'printer "on fire"'],
      ['"on fire"', 'printer assignee:"Ana Silva"'],
    ]);
  });

  it('leaves what the view itself means', () => {
    const [part] = partsOf({ view: 'mine', q: 'printer' });
    expect(part?.queryWithout).toEqual({ assignee: 'me', status: ['open', 'in_progress'] });
  });

  it('is nothing in a view by itself', () => {
    expect(partsOf({ view: 'queue' })).toEqual([]);
  });
});
