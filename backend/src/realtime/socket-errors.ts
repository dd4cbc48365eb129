import type { DomainError } from '../common';
import type { SocketError } from './socket-events';

const RETRYABLE = new Set(['rate-limited', 'unavailable']);

/** The problem of HTTP in the words of sockets: snake case, and whether trying again can help. */
export function socketErrorOf(error: DomainError | undefined): SocketError {
  if (!error) return { code: 'internal', retryable: true };
  const code = error.kind === 'validation' ? 'validation' : error.code.replaceAll('-', '_');
  return {
    code,
    retryable: RETRYABLE.has(error.kind),
    ...(error.retryAfterSeconds && { retryAfterMs: error.retryAfterSeconds * 1_000 }),
  };
}
