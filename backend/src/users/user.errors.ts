import { DomainError } from '../common';

export class EmailTaken extends DomainError {
  constructor() {
    super('conflict', 'There is already an account with this address. Sign in, or ask for a new password.', {
      code: 'email-taken',
    });
  }
}

export class LastAdmin extends DomainError {
  constructor() {
    super('conflict', 'This is the last active admin. Make another person admin first.', { code: 'last-admin' });
  }
}

export class NoOpenInvitation extends DomainError {
  constructor() {
    super('conflict', 'This person has no open invitation: they have accepted it, or are switched off.', {
      code: 'no-open-invitation',
    });
  }
}
