export interface TimesOfAccount {
  /** When they were here last, on whatever device. */
  lastSeenAt: Date | null;
  /** When the link of an open invitation was mailed last. */
  invitedAt: Date | null;
}

/** Knows when people were here, and were invited. Bound by a room above, because it keeps sign-ins and links. */
export abstract class AccountTimes {
  /** Whoever was never here and has no open invitation may be absent from the answer. */
  abstract of(userIds: readonly string[]): Promise<ReadonlyMap<string, TimesOfAccount>>;
}
