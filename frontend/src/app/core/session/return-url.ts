/** Only paths of this very application count; everything else, such as `//evil.example`, leads home. */
export function internalPath(candidate: string | null | undefined): string {
  if (!candidate || !/^\/(?![/\\])/.test(candidate) || hasControlCharacters(candidate)) return '/';
  const url = new URL(candidate, window.location.origin);
  return url.origin === window.location.origin ? url.pathname + url.search + url.hash : '/';
}

function hasControlCharacters(text: string): boolean {
  return [...text].some((character) => character < ' ' || character === '\\');
}
