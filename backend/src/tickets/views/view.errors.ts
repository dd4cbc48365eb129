import { DomainError, Forbidden, NotFound } from '../../common';

export class ViewNotFound extends NotFound {
  constructor() {
    super('This view');
  }
}

export class ViewForbidden extends Forbidden {
  constructor() {
    super('Only its owner or an admin can change a shared view. Save it under another name instead.');
  }
}

export class ViewNameTaken extends DomainError {
  constructor(shared: boolean) {
    const whose = shared ? 'There is already a shared view' : 'You already have a view';
    super('conflict', `${whose} with this name. Choose another one.`, { code: 'name-taken' });
  }
}

export class TooManyViews extends DomainError {
  constructor(most: number, shared: boolean) {
    const whose = shared ? `There are ${most} shared views` : `You have ${most} views`;
    super('conflict', `${whose}, which is the most. Delete one first.`, { code: 'too-many-views' });
  }
}
