import type { Actor, Role } from '../../access';
import type { DomainEvent } from '../../database';
import type { Preferences } from '../preferences';

/** A person was created by an admin and has no password yet. */
export class UserInvited implements DomainEvent {
  static readonly eventName = 'user.invited';
  readonly name = UserInvited.eventName;
  constructor(
    readonly user: { readonly id: string; readonly email: string; readonly name: string },
    readonly inviter: Actor,
  ) {}
}

export class UserRoleChanged implements DomainEvent {
  static readonly eventName = 'user.role-changed';
  readonly name = UserRoleChanged.eventName;
  constructor(
    readonly userId: string,
    readonly from: Role,
    readonly to: Role,
  ) {}
}

/** Others see, or find, the person by another name or address from now on. */
export class UserRenamed implements DomainEvent {
  static readonly eventName = 'user.renamed';
  readonly name = UserRenamed.eventName;
  constructor(readonly userId: string) {}
}

/** The person is gone for good; what they did stays, under a placeholder. */
export class UserAnonymised implements DomainEvent {
  static readonly eventName = 'user.anonymised';
  readonly name = UserAnonymised.eventName;
  constructor(
    readonly userId: string,
    /** The address that was theirs. */
    readonly email: string,
  ) {}
}

export class UserDisabled implements DomainEvent {
  static readonly eventName = 'user.disabled';
  readonly name = UserDisabled.eventName;
  constructor(readonly userId: string) {}
}

/** Somebody who could hold tickets cannot any more: switched off, deleted, or a customer from now on. */
export class StaffLeft implements DomainEvent {
  static readonly eventName = 'user.staff-left';
  readonly name = StaffLeft.eventName;
  constructor(
    readonly userId: string,
    /** Who gets the tickets that are not closed; null for the queue. */
    readonly successorId: string | null,
    readonly actor: Pick<Actor, 'id' | 'role'>,
  ) {}
}

/** How somebody wants to be told is different from now on; also sent for new staff. */
export class PreferencesChanged implements DomainEvent {
  static readonly eventName = 'user.preferences-changed';
  readonly name = PreferencesChanged.eventName;
  constructor(
    readonly userId: string,
    readonly preferences: Preferences,
  ) {}
}
