/** One slash at the start: two, or a slash and a backslash, begin the name of another site. */
const PATH = /^\/(?![/\\])/;

/** Only paths of this very application count; everything else, such as `//evil.example`, leads home. */
export function internalPath(candidate: string | null | undefined): string {
  if (!candidate || !PATH.test(candidate) || hasControlCharacters(candidate)) return '/';
  const url = new URL(candidate, window.location.origin);
  // Resolving may uncover slashes, as in `/.//evil.example`.
  const isInternal = url.origin === window.location.origin && PATH.test(url.pathname);
  return isInternal ? url.pathname + url.search + url.hash : '/';
}

function hasControlCharacters(text: string): boolean {
  return [...text].some((character) => character < ' ' || character === '\\');
}
