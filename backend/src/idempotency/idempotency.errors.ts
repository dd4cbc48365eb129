import { DomainError } from '../common';

export class IdempotencyMismatch extends DomainError {
  constructor() {
    super('idempotency-mismatch', 'This Idempotency-Key was used for another request. Choose a new one.');
  }
}

export class StillRunning extends DomainError {
  constructor() {
    super('conflict', 'The same request is still being worked on. Repeat it in a moment.', {
      code: 'in-progress',
      retryAfterSeconds: 1,
    });
  }
}
