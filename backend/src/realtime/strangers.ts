import { networkOf } from '../common';
import type { ParleySocket } from './socket-types';

type Connection = ParleySocket['conn'];

/** Connections of one network that have not said yet whose they are; more than all pages of a large office at once. */
const MOST_WAITING = 1_000;

/** Counts connections that have not shown a token; they have ten seconds for it. */
export class Strangers {
  private readonly waiting = new Map<string, number>();
  private readonly releases = new WeakMap<Connection, () => void>();
  private readonly most: number;

  constructor(scale: number) {
    this.most = Math.max(1, Math.floor(MOST_WAITING * scale));
  }

  isFull(address = ''): boolean {
    return (this.waiting.get(networkOf(address)) ?? 0) >= this.most;
  }

  arrived(connection: Connection, address = ''): void {
    const network = networkOf(address);
    this.add(network, 1);
    const release = (): void => {
      if (this.releases.delete(connection)) this.add(network, -1);
    };
    this.releases.set(connection, release);
    connection.once('close', release);
  }

  isKnown(connection: Connection): void {
    this.releases.get(connection)?.();
  }

  private add(network: string, change: number): void {
    const count = (this.waiting.get(network) ?? 0) + change;
    if (count > 0) this.waiting.set(network, count);
    else this.waiting.delete(network);
  }
}
