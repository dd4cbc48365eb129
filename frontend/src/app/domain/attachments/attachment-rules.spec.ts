import { MESSAGE_RULES, NEW_TICKET_RULES, checkFiles, kindOf, withTellingName } from './attachment-rules';

const file = (name: string, type: string, size = 10, lastModified = 1) => {
  const made = new File(['x'], name, { type, lastModified });
  Object.defineProperty(made, 'size', { value: size });
  return made;
};
const png = (name: string, size?: number) => file(name, 'image/png', size);
const pdf = (name: string, size?: number) => file(name, 'application/pdf', size);
const MEBIBYTE = 1024 * 1024;

describe('the rules for files', () => {
  it('takes three pictures and two PDF files with a new ticket', () => {
    const files = [png('1.png'), png('2.png'), file('3.jpg', 'image/jpeg'), pdf('a.pdf'), pdf('b.pdf')];
    expect(checkFiles([], files, NEW_TICKET_RULES)).toEqual({ accepted: files, refused: [] });
  });

  it('refuses the fourth picture by name and takes the rest', () => {
    const { accepted, refused } = checkFiles(
      [png('1.png'), png('2.png')],
      [png('3.png'), png('4.png'), pdf('a.pdf')],
      NEW_TICKET_RULES,
    );
    expect(accepted.map(({ name }) => name)).toEqual(['3.png', 'a.pdf']);
    expect(refused).toEqual([{ name: '4.png', reason: '4.png was left out: 3 pictures at most.' }]);
  });

  it('refuses the third PDF file of a new ticket', () => {
    const { refused } = checkFiles([pdf('a.pdf'), pdf('b.pdf')], [pdf('c.pdf')], NEW_TICKET_RULES);
    expect(refused[0]?.reason).toBe('c.pdf was left out: 2 PDF files at most.');
  });

  it('lets a message have five files of any kind', () => {
    const five = ['1', '2', '3', '4', '5'].map((name) => png(`${name}.png`));
    expect(checkFiles([], five, MESSAGE_RULES).refused).toEqual([]);
    expect(checkFiles(five, [pdf('6.pdf')], MESSAGE_RULES).refused[0]?.reason).toContain('5 files at most');
  });

  it('takes a picture of exactly 4 MiB and refuses one byte more, saying both sizes', () => {
    expect(checkFiles([], [png('fits.png', 4 * MEBIBYTE)], NEW_TICKET_RULES).refused).toEqual([]);
    const { refused } = checkFiles([], [png('big.png', 4 * MEBIBYTE + 1)], NEW_TICKET_RULES);
    expect(refused[0]?.reason).toMatch(/^big\.png is 4 MB\. Pictures can have 4 MB at most\.$/);
  });

  it.each([
    ['a program', file('setup.exe', 'application/x-msdownload')],
    ['a drawing that can hold scripts', file('logo.svg', 'image/svg+xml')],
    ['a picture by name only', file('page.png', 'text/html')],
  ])('refuses %s', (_what, wrong) => {
    expect(checkFiles([], [wrong], NEW_TICKET_RULES).refused[0]?.reason).toContain('is not a PNG, JPEG or PDF file');
  });

  it('refuses an empty file', () => {
    expect(checkFiles([], [png('empty.png', 0)], NEW_TICKET_RULES).refused[0]?.reason).toBe('empty.png is empty.');
  });

  it('takes the same file once', () => {
    const { refused } = checkFiles([png('1.png')], [png('1.png')], NEW_TICKET_RULES);
    expect(refused[0]?.reason).toBe('1.png is already in the list.');
  });

  it('goes by the name where the browser knows no type', () => {
    expect(kindOf(file('SCAN.PDF', ''))).toBe('pdf');
    expect(kindOf(file('photo.JPEG', ''))).toBe('image');
    expect(kindOf(file('notes.txt', ''))).toBeNull();
  });

  it('gives pasted pictures a name with the date', () => {
    const pasted = withTellingName(png('image.png'), new Date(2026, 10, 21, 14, 2, 5));
    expect(pasted.name).toBe('pasted-2026-11-21-14-02-05.png');
    expect(withTellingName(png('holiday.png')).name).toBe('holiday.png');
  });
});
