import { InlineToken, tokenizeInlineMarks, withoutInlineMarks } from './inline-marks';

/** Writes tokens back in a form that shows what was understood. */
const drawn = (tokens: readonly InlineToken[]): string =>
  tokens
    .map((token) => {
      if (token.type === 'text') return token.text;
      if (token.type === 'code') return `<code>${token.text}</code>`;
      if (token.type === 'link') return `<a ${token.href}>${drawn(token.children)}</a>`;
      return `<${token.type}>${drawn(token.children)}</${token.type}>`;
    })
    .join('');
const read = (text: string): string => drawn(tokenizeInlineMarks(text));

describe('inline marks', () => {
  it.each([
    ['**bold** and __bold__', '<strong>bold</strong> and <strong>bold</strong>'],
    ['*italic* and _italic_', '<em>italic</em> and <em>italic</em>'],
    ['run `npm start` now', 'run <code>npm start</code> now'],
    ['**bold with `code` and *italic***', '<strong>bold with <code>code</code> and <em>italic</em></strong>'],
    ['[our page](https://example.com/a)', '<a https://example.com/a>our page</a>'],
    ['[write](mailto:help@example.com)', '<a mailto:help@example.com>write</a>'],
    ['see https://example.com/a?b=1#c.', 'see <a https://example.com/a?b=1#c>https://example.com/a?b=1#c</a>.'],
    ['(https://example.com/x)', '(<a https://example.com/x>https://example.com/x</a>)'],
    ['https://example.com/a_(b)', '<a https://example.com/a_(b)>https://example.com/a_(b)</a>'],
    ['**https://example.com/**', '<strong><a https://example.com/>https://example.com/</a></strong>'],
    ['first\n*second*', 'first\n<em>second</em>'],
  ])('reads %j', (text, expected) => expect(read(text)).toBe(expected));

  it.each([
    '',
    '2 * 3 * 4',
    '* one\n* two',
    'snake_case_name',
    'a**b',
    '**not closed',
    '*over\nlines*',
    '`not closed',
    '``',
    '[no address]()',
    '[text] (https://)',
    'xhttps://example',
    '****',
    '\\',
  ])('leaves %j as it is', (text) => expect(read(text)).toBe(text));

  it('takes a backslash as "leave this mark alone"', () => {
    expect(read('\\*not italic\\*')).toBe('*not italic*');
  });

  it.each([
    '[click](javascript:alert(1))',
    '[click](JaVaScRiPt:alert(1))',
    '[click](java\tscript:alert(1))',
    '[click](\u0001javascript:alert(1))',
    '[click](data:text/html,<script>alert(1)</script>)',
    '[click](vbscript:msgbox)',
    '[click](/relative)',
    '[click](file:///etc/passwd)',
  ])('makes no link of %j', (text) => expect(tokenizeInlineMarks(text).some(isLink)).toBe(false));

  it.each(['<script>alert(1)</script>', '<img src=x onerror=alert(1)>', '&lt;b&gt;', '"><svg onload=alert(1)>'])(
    'keeps the markup %j as text',
    (text) => expect(tokenizeInlineMarks(text)).toEqual([{ type: 'text', text }]),
  );

  it('gives the text without marks for a preview', () => {
    expect(withoutInlineMarks('**Hello** *you*, see `log` at [our page](https://example.com)')).toBe(
      'Hello you, see log at our page',
    );
  });

  it('makes no link inside a link', () => {
    expect(read('[https://other.example](https://example.com/)')).toBe(
      '<a https://example.com/>https://other.example</a>',
    );
  });

  it.each(['*a '.repeat(3_333), '**'.repeat(5_000), '['.repeat(10_000), '`'.repeat(9_999), '_a*b'.repeat(2_500)])(
    'reads a long hostile text quickly',
    (text) => {
      const start = performance.now();
      tokenizeInlineMarks(text);
      expect(performance.now() - start).toBeLessThan(200);
    },
  );
});

function isLink(token: InlineToken): boolean {
  return token.type === 'link';
}
