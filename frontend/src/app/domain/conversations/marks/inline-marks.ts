/** A piece of a message as it is drawn. Only these shapes exist, so nothing a person types can become anything else. */
export type InlineToken =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'code'; readonly text: string }
  | { readonly type: 'strong' | 'em'; readonly children: readonly InlineToken[] }
  | { readonly type: 'link'; readonly href: string; readonly children: readonly InlineToken[] };

const SAFE_PROTOCOLS = new Set(['http:', 'https:', 'mailto:']);
const BARE_URL = /https?:\/\/[^\s<>"'`]+/y;
const MAX_DEPTH = 4;
const WORD = /[\p{L}\p{N}]/u;

/** Reads Markdown's inline marks (bold, italic, `code`, links); whatever isn't one stays the text it was. */
export function tokenizeInlineMarks(text: string): InlineToken[] {
  const lines = text.split('\n');
  const tokens = lines.flatMap((line, index) => [
    ...new LineReader(line, { links: true, depth: 0 }).read(),
    ...(index < lines.length - 1 ? [asText('\n')] : []),
  ]);
  return joinTexts(tokens);
}

/** The text without its marks, for a single line of preview. */
export function withoutInlineMarks(text: string): string {
  return tokenizeInlineMarks(text).map(plainText).join('');
}

function plainText(token: InlineToken): string {
  return 'text' in token ? token.text : token.children.map(plainText).join('');
}

interface Context {
  readonly links: boolean;
  readonly depth: number;
}

/** Reads one line; marks never reach over a line break. */
class LineReader {
  private readonly tokens: InlineToken[] = [];
  /** Marks without an end in the rest of the line: looking again would make long lines slow. */
  private readonly endless = new Set<string>();
  private place = 0;

  constructor(
    private readonly line: string,
    private readonly context: Context,
  ) {}

  read(): InlineToken[] {
    while (this.place < this.line.length) this.step();
    return joinTexts(this.tokens);
  }

  private step(): void {
    const found = this.escape() ?? this.code() ?? this.link() ?? this.bareUrl() ?? this.emphasis();
    const { token, end } = found ?? { token: asText(this.line.charAt(this.place)), end: this.place + 1 };
    this.tokens.push(token);
    this.place = end;
  }

  private escape(): Found | null {
    if (this.line[this.place] !== '\\' || !/[*_`[\]\\]/.test(this.line[this.place + 1] ?? '')) return null;
    return { token: asText(this.line.charAt(this.place + 1)), end: this.place + 2 };
  }

  private code(): Found | null {
    if (this.line[this.place] !== '`') return null;
    const end = this.find('`', this.place + 1);
    if (end <= this.place + 1) return null;
    return { token: { type: 'code', text: this.line.slice(this.place + 1, end) }, end: end + 1 };
  }

  private link(): Found | null {
    if (!this.context.links || this.line[this.place] !== '[') return null;
    const middle = this.find('](', this.place + 1);
    if (middle <= this.place + 1) return null;
    const end = this.find(')', middle + 2);
    if (end < 0) return null;
    const href = safeHref(this.line.slice(middle + 2, end));
    if (!href) return null;
    return { token: this.linkTo(href, this.line.slice(this.place + 1, middle)), end: end + 1 };
  }

  private linkTo(href: string, label: string): InlineToken {
    return { type: 'link', href, children: this.inner(label, false) };
  }

  private bareUrl(): Found | null {
    if (!this.context.links || this.line[this.place] !== 'h' || this.isInsideWord()) return null;
    BARE_URL.lastIndex = this.place;
    const match = BARE_URL.exec(this.line)?.[0];
    if (!match) return null;
    const address = withoutTrailingMarks(match);
    const href = safeHref(address);
    if (!href) return null;
    return { token: { type: 'link', href, children: [asText(address)] }, end: this.place + address.length };
  }

  private emphasis(): Found | null {
    const char = this.line[this.place];
    if ((char !== '*' && char !== '_') || this.context.depth >= MAX_DEPTH) return null;
    if (char === '_' && this.isInsideWord()) return null;
    const isDouble = this.line[this.place + 1] === char;
    return (isDouble && this.spanned(char + char, 'strong')) || (!isDouble && this.spanned(char, 'em')) || null;
  }

  private spanned(mark: string, type: 'strong' | 'em'): Found | null {
    const start = this.place + mark.length;
    if (/\s|^$/.test(this.line[start] ?? '')) return null;
    const end = this.findEnd(mark, start);
    if (end < 0) return null;
    const children = this.inner(this.line.slice(start, end), this.context.links);
    return { token: { type, children }, end: end + mark.length };
  }

  private findEnd(mark: string, from: number): number {
    if (this.endless.has(mark)) return -1;
    for (let end = this.line.indexOf(mark, from + 1); end >= 0; end = this.line.indexOf(mark, end + 1)) {
      if (this.canEnd(mark, end)) return end;
    }
    this.endless.add(mark);
    return -1;
  }

  private canEnd(mark: string, end: number): boolean {
    const after = this.line[end + mark.length] ?? '';
    if (/\s/.test(this.line.charAt(end - 1))) return false;
    if (after[0] === mark[0] || (mark.length === 1 && this.line[end - 1] === mark)) return false;
    return mark[0] !== '_' || !WORD.test(after);
  }

  private find(needle: string, from: number): number {
    if (this.endless.has(needle)) return -1;
    const place = this.line.indexOf(needle, from);
    if (place < 0) this.endless.add(needle);
    return place;
  }

  private inner(text: string, links: boolean): InlineToken[] {
    return new LineReader(text, { links, depth: this.context.depth + 1 }).read();
  }

  private isInsideWord(): boolean {
    return this.place > 0 && WORD.test(this.line.charAt(this.place - 1));
  }
}

interface Found {
  token: InlineToken;
  end: number;
}

/** The address if a browser may follow it: http, https and mailto only, judged as the browser itself would read it. */
function safeHref(address: string): string | null {
  if (!URL.canParse(address)) return null;
  const url = new URL(address);
  return SAFE_PROTOCOLS.has(url.protocol) ? url.href : null;
}

/** A full stop or bracket after an address belongs to the sentence, unless the bracket was opened in the address. */
function withoutTrailingMarks(address: string): string {
  let end = address.length;
  for (; end > 0; end--) {
    const last = address.charAt(end - 1);
    if (last === ')' && address.slice(0, end).includes('(')) break;
    if (!/[.,;:!?)\]}*_]/.test(last)) break;
  }
  return address.slice(0, end);
}

function asText(text: string): InlineToken {
  return { type: 'text', text };
}

function joinTexts(tokens: readonly InlineToken[]): InlineToken[] {
  const joined: InlineToken[] = [];
  let run: string[] = [];
  const flush = (): void => {
    if (run.length > 0) joined.push(asText(run.join('')));
    run = [];
  };
  for (const token of tokens) {
    if (token.type === 'text') {
      run.push(token.text);
      continue;
    }
    flush();
    joined.push(token);
  }
  flush();
  return joined;
}
