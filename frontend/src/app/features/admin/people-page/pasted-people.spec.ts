import { pastedPeople } from './pasted-people';

const peopleOf = (text: string): (string | null)[] =>
  pastedPeople(text).map(({ person }) => person && `${person.name} = ${person.email}`);

describe('pastedPeople', () => {
  it.each([
    ['Ana Silva <ana@example.com>', 'Ana Silva = ana@example.com'],
    ['"Silva, Ana" <ana@example.com>', 'Silva Ana = ana@example.com'],
    ['<ana@example.com>', 'ana = ana@example.com'],
    ['ana@example.com', 'ana = ana@example.com'],
    ['ana@example.com,Ana Silva', 'Ana Silva = ana@example.com'],
    ['Ana;Silva;ana@example.com', 'Ana Silva = ana@example.com'],
    ['Ana Silva\tana@example.com', 'Ana Silva = ana@example.com'],
    ['"Ana Silva","ana@example.com"', 'Ana Silva = ana@example.com'],
  ])('reads %s', (text, person) => expect(peopleOf(text)).toEqual([person]));

  it('takes several addresses on one line for several people', () => {
    expect(peopleOf('a@example.com; Ben <b@example.com>')).toEqual(['a = a@example.com', 'Ben = b@example.com']);
  });

  it('leaves out empty lines and the names of columns, and counts lines as they stand', () => {
    const lines = pastedPeople('Name,E-mail\r\n\r\nAna,ana@example.com\r\nnobody\r\n');
    expect(lines.map(({ line, trouble }) => [line, trouble])).toEqual([
      [3, null],
      [4, 'There is no e-mail address.'],
    ]);
  });

  it('says which address came before', () => {
    const lines = pastedPeople('ana@example.com\nAna <ANA@example.com>');
    expect(lines.map(({ trouble }) => trouble)).toEqual([null, 'The address is in the list already.']);
  });

  it('calls nobody by more than a hundred characters', () => {
    expect(pastedPeople(`${'x'.repeat(300)} <a@example.com>`)[0]?.person?.name).toHaveLength(100);
  });
});
