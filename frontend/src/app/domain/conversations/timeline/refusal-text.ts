import { TransportError } from '../engine/transport';

const REASONS: Record<string, string> = {
  ticket_closed: 'the ticket is closed',
  forbidden: 'you may not write here',
  not_found: 'the ticket is gone',
  validation: 'the server did not accept it',
  too_large: 'it is too large',
  edit_window_over: 'it can no longer be changed after 15 minutes',
  offline: 'there is no connection',
  disconnected: 'there is no connection',
  timeout: 'the server gave no answer',
  unavailable: 'the server is busy',
  rate_limited: 'that was too many at once',
  conflict: 'another message was sent in its place',
  attachment_unavailable: 'one of its files is no longer there',
};

/** Why something about a message was refused, as the rest of a sentence. */
export function refusalText(error: TransportError | null): string {
  return REASONS[error?.code ?? ''] ?? 'the server could not take it';
}
