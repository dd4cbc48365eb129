import { DomainError, Forbidden, NotFound } from '../common';

export class CannedReplyNotFound extends NotFound {
  constructor() {
    super('This canned reply');
  }
}

export class SharedReplyForbidden extends Forbidden {
  constructor() {
    super('Only admins write the canned replies that all share. Save your own one instead.');
  }
}

export class CannedReplyKeyTaken extends DomainError {
  constructor(shared: boolean) {
    const whose = shared ? 'There is already a shared canned reply' : 'You already have a canned reply';
    super('conflict', `${whose} with this key. Choose another one.`, { code: 'key-taken' });
  }
}

export class TooManyCannedReplies extends DomainError {
  constructor(most: number, shared: boolean) {
    const whose = shared ? `There are ${most} shared canned replies` : `You have ${most} canned replies`;
    super('conflict', `${whose}, which is the most. Delete one first.`, { code: 'too-many-canned-replies' });
  }
}

export class StaleCannedReply extends DomainError {
  constructor(version: number) {
    super('stale', 'The canned reply was changed meanwhile. Load it again and repeat the change.', {
      extensions: { version },
    });
  }
}
