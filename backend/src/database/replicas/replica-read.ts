import { AsyncLocalStorage } from 'node:async_hooks';
import type { Pool } from 'mysql2';
import type { Replica } from './replica';

/** Whoever reads from a replica now, if anybody. */
export const currentRead = new AsyncLocalStorage<ReplicaRead>();

/** One use case that reads from a replica which had everything when it began. */
export class ReplicaRead {
  private replica: Replica | undefined;
  private following: Promise<unknown> = Promise.resolve();

  constructor(replica: Replica) {
    this.replica = replica;
  }

  /** What this very use case has written has to be there before it reads on. */
  wrote(): void {
    const { replica } = this;
    this.following = this.following
      .then(() => replica?.isCurrent())
      .then((isCurrent) => {
        if (!isCurrent) this.replica = undefined;
      });
  }

  /** Where the next statement goes; undefined for the primary. */
  async pool(): Promise<Pool | undefined> {
    await this.following;
    return this.replica?.pool;
  }

  /** Reading failed: the replica is left out if it was one. */
  failed(error: unknown): void {
    this.replica?.leaveOut(error);
  }
}
