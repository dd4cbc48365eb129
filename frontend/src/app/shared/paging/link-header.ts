/** The cursor in `<…?cursor=…>; rel="next"` (RFC 8288); null when there is no further page. */
export function nextCursorOf(link: string | null): string | null {
  const target = link?.match(/<([^>]+)>\s*;[^,]*rel="?next"?/)?.[1];
  return target ? new URL(target, window.location.origin).searchParams.get('cursor') : null;
}
