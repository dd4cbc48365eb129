import { fuzzyScore } from './fuzzy';

const fits = (typed: string, text: string): boolean => fuzzyScore(typed, text) > 0;

describe('finding a text by what was typed', () => {
  it.each([
    ['prio', 'Change the priority…'],
    ['priority change', 'Change the priority…'],
    ['PRIORITY', 'Change the priority…'],
    ['olga muller', 'Olga Müller'],
    ['strasse', 'Große Straße'],
    ['ctp', 'Change the priority…'],
  ])('“%s” finds “%s”', (typed, text) => expect(fits(typed, text)).toBe(true));

  it.each([
    ['priorty', 'Change the priority…'],
    ['proirity', 'Change the priority…'],
    ['prioriity', 'Change the priority…'],
    ['notofications', 'Go to the notifications'],
    ['notifcatoins', 'Go to the notifications'],
  ])('“%s”, mistyped, finds “%s”', (typed, text) => expect(fits(typed, text)).toBe(true));

  it.each([
    ['', 'Reply'],
    ['   ', 'Reply'],
    ['xyz', 'Reply'],
    ['reply now', 'Reply'],
    ['rxp', 'Reply'],
  ])('“%s” does not find “%s”', (typed, text) => expect(fits(typed, text)).toBe(false));

  it('puts whole words before beginnings, those before middles, and mistakes last', () => {
    const texts = ['Unread tickets', 'Read', 'Reading room', 'Reda the plan'];
    const sorted = texts.toSorted((one, other) => fuzzyScore('read', other) - fuzzyScore('read', one));
    expect(sorted).toEqual(['Read', 'Reading room', 'Unread tickets', 'Reda the plan']);
  });
});
