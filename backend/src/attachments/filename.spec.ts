import { cleanFilename } from './filename';

describe('cleanFilename', () => {
  it.each([
    ['keeps an ordinary name', 'Invoice März 2026.pdf', 'Invoice März 2026.pdf'],
    ['drops a Unix path', '../../etc/passwd', 'passwd.png'],
    ['drops a Windows path', '..\\..\\x.png', 'x.png'],
    ['drops an absolute path', '/var/tmp/shot.png', 'shot.png'],
    ['replaces what systems reserve', '"><svg onload=alert(1)>.jpg', '___svg onload=alert(1)_.jpg'],
    ['drops overrides of the reading direction', 'photo\u202Egnp.exe.png', 'photognp.exe.png'],
    ['drops control characters and line breaks', 'a\0b\r\nc.png', 'abc.png'],
    ['escapes names of devices', 'con.png', '_con.png'],
    ['drops leading dashes and dots', '--.rf.png', 'rf.png'],
    ['names the nameless', '', 'file.png'],
    ['names what is only invisible', '\u200B\u200B', 'file.png'],
    ['names what is only an extension', '.png', 'file.png'],
  ])('%s', (_sentence, raw, clean) => {
    expect(cleanFilename(raw, 'png')).toBe(clean);
  });

  it('cuts a long name to 255 units and keeps its extension', () => {
    const clean = cleanFilename(`${'a'.repeat(300)}.jpeg`, 'jpg');
    expect(clean).toHaveLength(255);
    expect(clean.endsWith('a.jpeg')).toBe(true);
  });

  it('never cuts a character in half', () => {
    expect(cleanFilename(`${'😀'.repeat(200)}.png`, 'png').isWellFormed()).toBe(true);
  });
});
