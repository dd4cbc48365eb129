import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** `open`: all passes; `silent`: connections stay or are taken, and every byte is swallowed; `shut`: refused and cut. */
type State = 'open' | 'silent' | 'shut';

/** A way to a server that a test can cut, without doing anything to the server, which others may use too. */
export class PrivateNetwork {
  private state: State = 'open';
  private server: Server | undefined;
  private port = 0;
  private readonly sockets = new Set<Socket>();
  private lostAnswerTo: readonly string[] | undefined;
  private delayMs = 0;

  constructor(
    private readonly host: string,
    private readonly targetPort: number,
  ) {}

  static async to(url: string): Promise<PrivateNetwork> {
    const { hostname, port } = new URL(url);
    const network = new PrivateNetwork(hostname, Number(port || 3306));
    await network.listen();
    return network;
  }

  /** The same address, through this network. */
  through(url: string): string {
    const address = new URL(url);
    address.hostname = '127.0.0.1';
    address.port = String(this.port);
    return address.toString();
  }

  /** Open connections through it. */
  get connections(): number {
    return this.sockets.size / 2;
  }

  /** Nothing comes through any more, and nobody is told: a frozen server, or a cable that was cut. */
  swallow(): void {
    this.state = 'silent';
  }

  /** Everything still comes, in order, and each way takes so long. */
  slow(delayMs: number): void {
    this.delayMs = delayMs;
  }

  /**
   * The next statement with the last of these words, on a connection that has carried the others before it, reaches the
   * server, but its answer and all after it are lost.
   */
  loseAnswerTo(...words: string[]): void {
    this.lostAnswerTo = words;
  }

  /** Connections are cut and new ones refused: a server that was stopped. */
  async shut(): Promise<void> {
    this.state = 'shut';
    const closed = this.server && once(this.server, 'close');
    this.server?.close();
    this.cut();
    await closed;
    this.server = undefined;
  }

  /** All connections end at once, and new ones are welcome: a server that was started again. */
  cut(): void {
    for (const socket of this.sockets) socket.destroy();
    this.sockets.clear();
  }

  /** Back to normal. What was swallowed is lost, and the connections of that time stay deaf, as behind a firewall. */
  async restore(): Promise<void> {
    this.state = 'open';
    this.delayMs = 0;
    if (!this.server) await this.listen();
  }

  async close(): Promise<void> {
    await this.shut();
  }

  private async listen(): Promise<void> {
    this.server = createServer({ allowHalfOpen: true }, (client) => this.join(client));
    this.server.listen(this.port, '127.0.0.1');
    await once(this.server, 'listening');
    this.port = (this.server.address() as AddressInfo).port;
  }

  private join(client: Socket): void {
    const target = connect({ host: this.host, port: this.targetPort, allowHalfOpen: true });
    let isDeaf = false;
    let heard = 0;
    const passes = (): boolean => (isDeaf ||= this.state === 'silent') === false;
    for (const [from, to] of [
      [client, target],
      [target, client],
    ]) {
      const later = this.lane();
      this.sockets.add(from);
      from.on('data', (bytes) => {
        if (!passes()) return;
        later(() => to.write(bytes));
        const words = this.lostAnswerTo;
        if (!words) return void (heard = 0);
        if (!bytes.includes(words[heard])) return;
        heard += 1;
        if (heard < words.length) return;
        this.lostAnswerTo = undefined;
        isDeaf = true;
      });
      from.on('end', () => passes() && later(() => to.end()));
      from.on('error', () => undefined);
      from.on('close', () => {
        this.sockets.delete(from);
        if (passes()) later(() => to.destroy());
      });
    }
  }

  /** What comes after something that is still on its way waits for it, also when the way has become quick meanwhile. */
  private lane(): (pass: () => void) => void {
    let underWay = 0;
    let last = Promise.resolve();
    const carry = async (before: Promise<void>, arrival: number, pass: () => void): Promise<void> => {
      await before;
      await sleep(Math.max(0, arrival - Date.now()));
      pass();
      underWay -= 1;
    };
    return (pass) => {
      if (!this.delayMs && !underWay) return pass();
      underWay += 1;
      last = carry(last, Date.now() + this.delayMs, pass);
    };
  }
}
