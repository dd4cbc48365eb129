import { once } from 'node:events';
import { createServer, connect, type AddressInfo, type Server, type Socket } from 'node:net';

interface Pair {
  readonly near: Socket;
  readonly far: Socket;
  /** Once bytes were swallowed, the stream is broken for ever. */
  isBroken: boolean;
}

/**
 * The network between one client and the nodes: everything of that client passes here, so that it can be cut, turned
 * into a black hole, or made slow.
 */
export class Link {
  private readonly server: Server;
  private readonly pairs = new Set<Pair>();
  private state: 'open' | 'down' | 'hole' = 'open';
  private delayMs = 0;

  private constructor(private readonly route: () => number) {
    this.server = createServer((near) => this.accept(near));
  }

  /** `route` names the port of the node that a new connection goes to. */
  static async open(route: () => number): Promise<Link> {
    const link = new Link(route);
    link.server.listen(0, '127.0.0.1');
    await once(link.server, 'listening');
    return link;
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  get isOpen(): boolean {
    return this.state === 'open';
  }

  /** Resets every connection; new ones are reset as well, until it heals. */
  cut(): void {
    this.state = 'down';
    this.reset(() => true);
  }

  /** Resets every connection once; new ones work. */
  interrupt(): void {
    this.reset(() => true);
  }

  /** From now on bytes vanish in both directions, and nobody is told. */
  swallow(): void {
    this.state = 'hole';
    for (const pair of this.pairs) pair.isBroken = true;
  }

  slow(delayMs: number): void {
    this.delayMs = delayMs;
  }

  /** What lost bytes is reset, as by a router that has forgotten it; or, as a `zombie`, stays silent until somebody gives up. */
  heal({ zombies = false } = {}): void {
    this.state = 'open';
    this.delayMs = 0;
    if (!zombies) this.reset(({ isBroken }) => isBroken);
  }

  close(): void {
    this.reset(() => true);
    this.server.close();
  }

  private accept(near: Socket): void {
    near.on('error', () => undefined); // a reset connection is what this is about; its close follows
    if (this.state === 'down') {
      near.resetAndDestroy();
      return;
    }
    const pair: Pair = { near, far: connect(this.route(), '127.0.0.1'), isBroken: this.state === 'hole' };
    pair.far.on('error', () => undefined);
    this.pairs.add(pair);
    this.carry(pair, near, pair.far);
    this.carry(pair, pair.far, near);
  }

  private carry(pair: Pair, from: Socket, to: Socket): void {
    from.setNoDelay(true);
    from.on('data', (bytes: Buffer) => this.later(() => pair.isBroken || to.destroyed || to.write(bytes)));
    from.on('close', () => {
      this.pairs.delete(pair);
      this.later(() => pair.isBroken || to.destroyed || to.resetAndDestroy());
    });
  }

  /** Timers of one delay run in the order in which they were set, so bytes keep theirs. */
  private later(pass: () => void): void {
    if (this.delayMs > 0) setTimeout(pass, this.delayMs);
    else pass();
  }

  private reset(isMeant: (pair: Pair) => boolean): void {
    for (const pair of [...this.pairs].filter(isMeant)) {
      this.pairs.delete(pair);
      pair.near.resetAndDestroy();
      pair.far.resetAndDestroy();
    }
  }
}
