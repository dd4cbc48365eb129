import { renderMail, type MailParts } from './mail-template';

const aMail = (parts: Partial<MailParts> = {}): MailParts => ({
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
    const { html, text: plain } = renderMail(aMail({ greeting: text, paragraphs: [text], closing: text, action }));
    const escaped = text
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
      .replaceAll("'", '&#39;');
    expect(html).not.toContain(text);
    expect(html.split(escaped)).toHaveLength(7);
    expect(plain).toContain(text);
  });

  it('loads nothing from elsewhere', () => {
    const { html } = renderMail(aMail({ action: { label: 'Open', url: 'https://help.example.com/tickets/1001' } }));
    expect(html).not.toMatch(/<(?:img|script|link|iframe|style)\b/);
    expect(html).not.toMatch(/url\(/);
  });
});
