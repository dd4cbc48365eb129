import { DomainError, Forbidden, Unauthenticated } from '../common';

/** One wording for unknown addresses, wrong passwords and accounts that cannot sign in. */
export class InvalidCredentials extends Unauthenticated {
  constructor() {
    super('E-mail or password is not right.', { code: 'invalid-credentials' });
  }
}

export class WrongPassword extends Forbidden {
  constructor() {
    super('The current password is not right.', { code: 'wrong-password' });
  }
}

/** Used, too old, replaced by a newer one, or never given out: the sentence does not say which. */
export class InvalidToken extends DomainError {
  constructor() {
    super('validation', 'This link has been used or is too old. Ask for a new one.', { code: 'invalid-token' });
  }
}

export class ForeignOrigin extends Forbidden {
  constructor() {
    super('This request came from another site.', { code: 'foreign-origin' });
  }
}
