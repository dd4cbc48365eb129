import { escapeHtml } from './escape-html';

/** Code, bold, italic; a mark never reaches over the end of a line, nor into another one. */
const MARK = /`([^`\n]+)`|\*\*([^*\s](?:[^*\n]*[^*\s])?)\*\*|\*([^*\s](?:[^*\n]*[^*\s])?)\*/g;

/**
 * What somebody wrote, as HTML: escaped, with bold, italic and code. Links stay the text they were typed as, so that a
 * mail leads nowhere but to the help desk.
 */
export function marksToHtml(body: string): string {
  const parts: string[] = [];
  let place = 0;
  for (const match of body.matchAll(MARK)) {
    const [whole, code, strong, em] = match;
    parts.push(escapeHtml(body.slice(place, match.index)));
    if (code !== undefined) parts.push(`<code>${escapeHtml(code)}</code>`);
    else if (strong !== undefined) parts.push(`<strong>${escapeHtml(strong)}</strong>`);
    else parts.push(`<em>${escapeHtml(em)}</em>`);
    place = match.index + whole.length;
  }
  parts.push(escapeHtml(body.slice(place)));
  return parts.join('').replace(/\r?\n/g, '<br>');
}
