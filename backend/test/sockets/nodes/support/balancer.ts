import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** Hands each new connection to the next node in turn, and remembers nobody. */
export class Balancer {
  /** How many connections each node got. */
  readonly served: number[];
  private readonly sockets = new Set<Socket>();

  private constructor(
    private readonly server: Server,
    private readonly nodeUrls: readonly string[],
  ) {
    this.served = nodeUrls.map(() => 0);
    server.on('connection', (socket) => this.forward(socket));
  }

  static async before(nodeUrls: readonly string[]): Promise<Balancer> {
    const balancer = new Balancer(createServer(), nodeUrls);
    balancer.server.listen(0, '127.0.0.1');
    await once(balancer.server, 'listening');
    return balancer;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    this.server.close();
    await once(this.server, 'close');
  }

  private forward(socket: Socket): void {
    const turn = this.served.reduce((sum, count) => sum + count, 0) % this.nodeUrls.length;
    this.served[turn] += 1;
    const node = connect(Number(new URL(this.nodeUrls[turn]).port), '127.0.0.1');
    for (const [from, to] of [
      [socket, node],
      [node, socket],
    ]) {
      this.sockets.add(from);
      from.pipe(to);
      from.on('error', () => to.destroy()).on('close', () => this.sockets.delete(from));
    }
  }
}
