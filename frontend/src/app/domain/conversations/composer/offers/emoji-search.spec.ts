import { EMOJI_NAMES } from './emoji-names';
import { emojiOf, searchEmoji } from './emoji-search';

const ALL = emojiOf(EMOJI_NAMES);
const found = (term: string): string[] => searchEmoji(ALL, term, 5).map(({ emoji }) => emoji);

describe('emoji by name', () => {
  it('finds the exact name first', () => {
    expect(found('smile')[0]).toBe('😄');
    expect(found('thumbsup')[0] ?? found('+1')[0]).toMatch(/^👍/u);
  });

  it('finds by the beginning of a name or of a part of it, whatever the case', () => {
    expect(found('GRINN')).toContain('😀');
    expect(found('with-big')).toContain('😃');
  });

  it('finds nothing for what nothing is called', () => {
    expect(found('zzzz')).toEqual([]);
  });

  it('knows a name for every emoji, and none twice', () => {
    expect(ALL.length).toBeGreaterThan(1_000);
    expect(ALL.filter(({ emoji, names }) => !emoji || !names.length)).toEqual([]);
    expect(new Set(ALL.map(({ emoji }) => emoji)).size).toBe(ALL.length);
  });
});
