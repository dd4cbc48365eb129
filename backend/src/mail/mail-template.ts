import { escapeHtml } from './escape-html';
import { marksToHtml } from './inline-marks';
import type { MailLanguage } from './texts';

export interface MailContent {
  subject: string;
  text: string;
  html: string;
}

export interface MailLink {
  label: string;
  url: string;
}

/** The parts of a mail. All of it is plain text; the layout escapes it, and shows the marks of what was said. */
export interface MailParts {
  language: MailLanguage;
  subject: string;
  greeting: string;
  paragraphs: string[];
  /** What people wrote, each under a line that says who. */
  quotes?: readonly { heading: string; body: string }[];
  action?: MailLink;
  closing: string;
  /** Why the person gets this mail, and where that can be changed. */
  footer?: { reason: string; links: readonly MailLink[] };
}

/** Programs that know no style sheets use these; the style sheet turns them dark, and narrow on a phone. */
const STYLES = {
  page: 'margin:0;padding:0;background:#f4f4f8;color:#1b1b21;font:16px/1.5 system-ui,-apple-system,Segoe UI,sans-serif',
  frame: 'max-width:560px;margin:0 auto;padding:24px',
  card: 'background:#ffffff;border-radius:12px;padding:32px',
  line: 'margin:0 0 16px',
  who: 'margin:24px 0 8px;color:#5b5d6b;font-size:14px',
  quote: 'margin:0 0 16px;padding:4px 0 4px 16px;border-left:3px solid #3d4fd6;overflow-wrap:anywhere',
  button:
    'display:inline-block;padding:12px 20px;border-radius:8px;background:#3d4fd6;color:#ffffff;text-decoration:none',
  small: 'margin:0 0 16px;color:#5b5d6b;font-size:13px;overflow-wrap:anywhere',
  foot: 'margin:16px 8px 0;color:#5b5d6b;font-size:13px',
} as const;

const STYLE_SHEET =
  ':root{color-scheme:light dark;supported-color-schemes:light dark}' +
  '@media(prefers-color-scheme:dark){' +
  '.page{background:#131318!important;color:#e4e4ec!important}.card{background:#1e1f27!important}' +
  '.who,.small,.foot,.foot a{color:#a9abba!important}' +
  '.quote{border-color:#bac3ff!important}.button{background:#bac3ff!important;color:#101a5c!important}}' +
  '@media(max-width:480px){.frame{padding:0!important}.card{padding:20px!important;border-radius:0!important}}';

const element = (tag: string, style: keyof typeof STYLES, content: string): string =>
  `<${tag} class="${style}" style="${STYLES[style]}">${content}</${tag}>`;

const anchor = ({ label, url }: MailLink, style = ''): string =>
  `<a href="${escapeHtml(url)}"${style}>${escapeHtml(label)}</a>`;

/** Renders the plain text and the HTML of a mail from the same parts. The HTML loads nothing from anywhere. */
export function renderMail(parts: MailParts): MailContent {
  return { subject: parts.subject, text: textOf(parts), html: htmlOf(parts) };
}

function textOf({ greeting, paragraphs, quotes = [], action, closing, footer }: MailParts): string {
  const blocks = [
    greeting,
    ...paragraphs,
    ...quotes.map(({ heading, body }) => `${heading}\n\n${body.replace(/^/gm, '> ')}`),
    ...(action ? [`${action.label}:\n${action.url}`] : []),
    closing,
    ...(footer ? ['-- ', footer.reason, ...footer.links.map(({ label, url }) => `${label}:\n${url}`)] : []),
  ];
  return `${blocks.join('\n\n')}\n`;
}

function htmlOf({ language, subject, greeting, paragraphs, quotes = [], action, closing, footer }: MailParts): string {
  const line = (text: string): string => element('p', 'line', escapeHtml(text));
  const said = quotes.map(
    ({ heading, body }) => element('p', 'who', escapeHtml(heading)) + element('blockquote', 'quote', marksToHtml(body)),
  );
  const button = action
    ? `<p style="margin:24px 0">${anchor(action, ` class="button" style="${STYLES.button}"`)}</p>` +
      element('p', 'small', escapeHtml(action.url))
    : '';
  const foot = footer
    ? element('p', 'foot', `${escapeHtml(footer.reason)}<br>${footer.links.map((link) => anchor(link)).join(' · ')}`)
    : '';
  const card = [line(greeting), ...paragraphs.map(line), ...said, button, line(closing)].join('');
  return (
    `<!doctype html><html lang="${language}"><head><meta charset="utf-8">` +
    '<meta name="viewport" content="width=device-width, initial-scale=1">' +
    '<meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark">' +
    `<title>${escapeHtml(subject)}</title><style>${STYLE_SHEET}</style></head>` +
    `<body class="page" style="${STYLES.page}">` +
    `${element('div', 'frame', element('div', 'card', card) + foot)}</body></html>`
  );
}
