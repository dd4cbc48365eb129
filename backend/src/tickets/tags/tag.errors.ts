import { DomainError, NotFound } from '../../common';

export class TagNotFound extends NotFound {
  constructor() {
    super('This tag');
  }
}

export class TagNameTaken extends DomainError {
  constructor(name: string) {
    super('conflict', `Tickets have the tag “${name}” already. Merge the two instead.`, { code: 'name-taken' });
  }
}

export class TagBusy extends DomainError {
  constructor() {
    super('conflict', 'Tickets are being moved from or to this tag. Try again when that is done.', {
      code: 'tag-busy',
    });
  }
}
