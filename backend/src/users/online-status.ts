export type PresenceState = 'online' | 'away' | 'offline';

/** Knows who is connected right now. Bound by a room above, because presence needs sockets. */
export abstract class OnlineStatus {
  /** The state of each of `userIds`; whoever is absent from the answer is offline. */
  abstract statesOf(userIds: readonly string[]): Promise<ReadonlyMap<string, PresenceState>>;

  /** Those of `userIds` that are online, away included. */
  async onlineAmong(userIds: readonly string[]): Promise<ReadonlySet<string>> {
    return new Set((await this.statesOf(userIds)).keys());
  }

  /**
   * Those of `userIds` who may have a page open and are to be told of news: among several nodes everybody, because
   * whoever has just connected to another one is not known here yet.
   */
  abstract reachableAmong(userIds: readonly string[]): Promise<ReadonlySet<string>>;
}
