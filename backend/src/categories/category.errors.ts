import { DomainError } from '../common';

export class CategoryNameTaken extends DomainError {
  constructor() {
    super('conflict', 'There is already a category with this name. Choose another one.', { code: 'name-taken' });
  }
}

export class CategoryOrderOutdated extends DomainError {
  constructor() {
    super('conflict', 'Categories were added or removed meanwhile. Look at the list again, then order it.', {
      code: 'order-outdated',
    });
  }
}

export class CategoryInUse extends DomainError {
  constructor() {
    super('conflict', 'Tickets use this category. Archive it instead: then it is not offered any more.', {
      code: 'in-use',
    });
  }
}
