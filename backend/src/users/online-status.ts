/** Knows who is connected right now. Bound by a room above, because presence needs sockets. */
export abstract class OnlineStatus {
  /** Those of `userIds` that are online, away included. */
  abstract onlineAmong(userIds: readonly string[]): Promise<ReadonlySet<string>>;
}
