import { renderMail, type MailParts } from './mail-template';

const aMail = (parts: Partial<MailParts> = {}): MailParts => ({
  language: 'en',
  subject: 'Reset your password',
  greeting: 'Hello Cora,',
  paragraphs: ['Somebody asked for a new password.'],
  closing: 'Your help desk',
  ...parts,
});

describe('a mail', () => {
  it('says the same as text and as HTML', () => {
    const url = 'https://help.example.com/reset-password?token=abc';
    const mail = renderMail(aMail({ action: { label: 'Choose a password', url } }));
    for (const part of [
      'Hello Cora,',
      'Somebody asked for a new password.',
      'Choose a password',
      url,
      'Your help desk',
    ]) {
      expect(mail.text).toContain(part);
      expect(mail.html).toContain(part);
    }
    expect(mail.subject).toBe('Reset your password');
  });

  it('has a link only when there is something to follow', () => {
    expect(renderMail(aMail()).html).not.toContain('<a ');
  });

  it.each([
    '<img src=x onerror=alert(1)>',
    '<script>alert(1)</script>',
    '</p></div><form action="https://evil.test">',
    `" onmouseover="alert(1)`,
    `' style='background:url(https://evil.test)`,
    '&lt;b&gt;',
  ])('shows %j as it was typed, everywhere', (text) => {
    const action = { label: text, url: `https://help.example.com/?x=${text}` };
    const { html, text: plain } = renderMail(
      aMail({ subject: text, greeting: text, paragraphs: [text], closing: text, action }),
    );
    const escaped = text
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
      .replaceAll("'", '&#39;');
    expect(html).not.toContain(text);
    expect(html.split(escaped)).toHaveLength(8);
    expect(plain).toContain(text);
  });

  it('loads nothing from elsewhere', () => {
    const { html } = renderMail(aMail({ action: { label: 'Open', url: 'https://help.example.com/tickets/1001' } }));
    expect(html).not.toMatch(/<(?:img|script|link|iframe)\b/);
    expect(html).not.toMatch(/url\(|@import/);
  });

  it('shows what was said with its marks, and says in the text who said it', () => {
    const quotes = [{ heading: 'Ana wrote:', body: 'Try **this**:\n`a < b`, *please*' }];
    const { html, text } = renderMail(aMail({ quotes }));
    expect(html).toContain('Try <strong>this</strong>:<br><code>a &lt; b</code>, <em>please</em>');
    expect(text).toContain('Ana wrote:\n\n> Try **this**:\n> `a < b`, *please*');
  });

  it.each([
    '[click](javascript:alert(1))',
    '[click](https://evil.test)',
    'https://evil.test/',
    '![](https://evil.test/pixel.png)',
    '<a href="https://evil.test">x</a>',
    '**<img src=x onerror=alert(1)>**',
    '`</code><script>alert(1)</script>`',
  ])('makes no link, picture or script of %j, which somebody wrote', (body) => {
    const { html } = renderMail(aMail({ quotes: [{ heading: 'Cora wrote:', body }] }));
    expect(html).not.toMatch(/<(?:a|img|script)\b/);
  });

  it('reads a long text with many marks quickly', () => {
    const before = performance.now();
    for (const body of ['*'.repeat(10_000), '*a '.repeat(3_333), '`'.repeat(9_999), '**a*'.repeat(2_500)])
      renderMail(aMail({ quotes: [{ heading: 'Cora wrote:', body }] }));
    expect(performance.now() - before).toBeLessThan(1_000);
  });

  it('says why it was sent, and where that can be changed, in both forms', () => {
    const links = [{ label: 'Choose', url: 'https://help.example.com/profile' }];
    const { html, text } = renderMail(aMail({ footer: { reason: 'It is your ticket.', links } }));
    for (const part of ['It is your ticket.', 'Choose', 'https://help.example.com/profile']) {
      expect(html).toContain(part);
      expect(text).toContain(part);
    }
  });

  it('turns dark where the reader wants it, in the language it is written in', () => {
    const { html } = renderMail(aMail({ language: 'de' }));
    expect(html).toContain('<html lang="de">');
    expect(html).toContain('prefers-color-scheme:dark');
    expect(html).toContain('<meta name="color-scheme" content="light dark">');
  });
});
