import { internalPath } from './return-url';

describe('internalPath', () => {
  it.each([
    '/portal/tickets/1001',
    '/agent/tickets?view=mine#end',
    // Encoded, they are no separators but part of a path of this application, which has no such page.
    '/%2F%2Fevil.example',
    '/%5Cevil.example',
    '/portal?to=//evil.example',
  ])('keeps %s', (path) => {
    expect(internalPath(path)).toBe(path);
  });

  it.each([
    'https://evil.example/',
    '//evil.example',
    '/\\evil.example',
    '/\t/evil.example',
    '/\n/evil.example',
    '\t//evil.example',
    ' //evil.example',
    '\\\\evil.example',
    '/.//evil.example',
    '/..//evil.example',
    '/portal/..//evil.example',
    '/.\\evil.example',
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    '\u0001javascript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'http:evil.example',
    '@evil.example',
    'portal/tickets',
    '',
    null,
    undefined,
  ])('leads home instead of to %j', (path) => {
    expect(internalPath(path)).toBe('/');
  });
});
