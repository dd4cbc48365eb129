import { internalPath } from './return-url';

describe('internalPath', () => {
  it.each(['/portal/tickets/1001', '/agent/tickets?view=mine#end'])('keeps %s', (path) => {
    expect(internalPath(path)).toBe(path);
  });

  it.each([
    'https://evil.example/',
    '//evil.example',
    '/\\evil.example',
    '/\t/evil.example',
    'javascript:alert(1)',
    'portal/tickets',
    '',
    null,
    undefined,
  ])('leads home instead of to %j', (path) => {
    expect(internalPath(path)).toBe('/');
  });
});
