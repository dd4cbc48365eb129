import { initialsOf } from './avatar';

describe('initialsOf', () => {
  it.each([
    ['Ana Silva', 'AS'],
    ['ana maria silva', 'AS'],
    ['Cora', 'C'],
    ['  Ben   Okafor ', 'BO'],
    ['🦊 Fox', '🦊F'],
    ['', '?'],
  ])('makes of %j: %s', (name, initials) => {
    expect(initialsOf(name)).toBe(initials);
  });
});
