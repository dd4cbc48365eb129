import type { DomainEvent } from '../../database';

/** These sign-ins are over: their access tokens are worthless and their sockets are to be closed. */
export class SignInsEnded implements DomainEvent {
  static readonly eventName = 'sign-ins.ended';
  readonly name = SignInsEnded.eventName;
  constructor(
    readonly userId: string,
    readonly signInIds: readonly string[],
    /** What the page is told. */
    readonly reason: SignInEndReason,
  ) {}
}

export type SignInEndReason = 'signed-out' | 'password-changed' | 'disabled' | 'deleted' | 'token-reused';
