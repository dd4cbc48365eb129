export interface MailContent {
  subject: string;
  text: string;
  html: string;
}

/** The parts of a short mail with at most one link to follow. All of it is plain text; the layout escapes it. */
export interface MailParts {
  subject: string;
  greeting: string;
  paragraphs: string[];
  action?: { label: string; url: string };
  closing: string;
}

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => ESCAPES[character]);

const paragraph = (text: string): string => `<p style="margin:0 0 16px">${escapeHtml(text)}</p>`;

/** Renders the plain text and the HTML of a mail from the same parts. */
export function renderMail({ subject, greeting, paragraphs, action, closing }: MailParts): MailContent {
  const text = [greeting, ...paragraphs, ...(action ? [`${action.label}:\n${action.url}`] : []), closing].join('\n\n');
  const button = action
    ? `<p style="margin:24px 0"><a href="${escapeHtml(action.url)}" style="background:#3d4fd6;color:#ffffff;padding:12px 20px;border-radius:8px;text-decoration:none;display:inline-block">${escapeHtml(action.label)}</a></p>` +
      `<p style="margin:0 0 16px;color:#5b5d6b;font-size:13px;word-break:break-all">${escapeHtml(action.url)}</p>`
    : '';
  const html =
    '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"></head>' +
    '<body style="margin:0;background:#f4f4f8;font:16px/1.5 system-ui,sans-serif;color:#1b1b21">' +
    '<div style="max-width:560px;margin:0 auto;padding:24px"><div style="background:#ffffff;border-radius:12px;padding:32px">' +
    `${paragraph(greeting)}${paragraphs.map(paragraph).join('')}${button}${paragraph(closing)}</div></div></body></html>`;
  return { subject, text: `${text}\n`, html };
}
