import {
  DomainError,
  Forbidden,
  NotFound,
  RateLimited,
  Unauthenticated,
  Unavailable,
  ValidationFailed,
} from '../common';
import { socketErrorOf } from './socket-errors';

describe('a refusal on a socket', () => {
  it.each([
    [new Unauthenticated(), 'unauthenticated'],
    [new Forbidden(), 'forbidden'],
    [new NotFound('Ticket #1001'), 'not_found'],
    [ValidationFailed.of('body', 'is empty'), 'validation'],
    [new DomainError('too-large', 'Too large.'), 'too_large'],
    [new DomainError('conflict', 'Reused.'), 'conflict'],
    [new DomainError('conflict', 'Closed.', { code: 'ticket-closed' }), 'ticket_closed'],
    [new DomainError('conflict', 'Too late.', { code: 'edit-window-over' }), 'edit_window_over'],
  ])('for %s is final: %s', (error, code) => {
    expect(socketErrorOf(error)).toEqual({ code, retryable: false });
  });

  it('invites another try when that can help, and says when', () => {
    expect(socketErrorOf(new RateLimited(7))).toEqual({ code: 'rate_limited', retryable: true, retryAfterMs: 7_000 });
    expect(socketErrorOf(new Unavailable())).toEqual({ code: 'unavailable', retryable: true, retryAfterMs: 3_000 });
  });

  it('says nothing of a defect', () => {
    expect(socketErrorOf(undefined)).toEqual({ code: 'internal', retryable: true });
  });
});
