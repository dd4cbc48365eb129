import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** A TCP connection to the server that sends what no HTTP library would. */
export class RawConnection {
  private text = '';
  /** Whether the server has ended it. */
  isEnded = false;

  private constructor(private readonly socket: Socket) {
    socket.on('data', (bytes) => (this.text += bytes.toString('latin1')));
    socket.on('close', () => (this.isEnded = true));
    socket.on('end', () => (this.isEnded = true));
    socket.on('error', () => undefined);
    // What a test leaves open keeps nobody from ending.
    socket.unref();
  }

  static async to(origin: string): Promise<RawConnection> {
    const { hostname, port } = new URL(origin);
    const socket = connect(Number(port), hostname);
    const connection = new RawConnection(socket);
    await once(socket, 'connect');
    return connection;
  }

  send(bytes: string | Buffer): void {
    this.socket.write(typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes);
  }

  /** Sends nothing more, and still listens. */
  finish(): void {
    this.socket.end();
  }

  destroy(): void {
    this.socket.destroy();
  }

  /** All that has come so far. */
  get received(): string {
    return this.text;
  }

  /** Everything the server says until it ends the connection or falls silent. */
  async answer(silenceMs = 400): Promise<string> {
    for (let before = -1; !this.isEnded && (before !== this.text.length || !this.text);) {
      before = this.text.length;
      await sleep(silenceMs);
      if (before === 0 && !this.text) break;
    }
    return this.text;
  }

  /** Whether such words come in time. */
  async receives(words: RegExp, withinMs = 5_000): Promise<boolean> {
    for (const end = Date.now() + withinMs; !words.test(this.text) && Date.now() < end;) await sleep(10);
    return words.test(this.text);
  }

  async ended(withinMs: number): Promise<boolean> {
    for (const end = Date.now() + withinMs; !this.isEnded && Date.now() < end;) await sleep(20);
    return this.isEnded;
  }
}

export interface RawAnswer {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** The first of the answers in what a connection received. */
export function parsed(text: string): RawAnswer {
  const [head = '', ...rest] = text.split('\r\n\r\n');
  const [line = '', ...fields] = head.split('\r\n');
  const headers = fields.map((field) => [
    field.slice(0, field.indexOf(':')).toLowerCase(),
    field.slice(field.indexOf(':') + 1).trim(),
  ]);
  return {
    status: Number(line.split(' ')[1]),
    headers: Object.fromEntries(headers) as Record<string, string>,
    body: rest.join('\r\n\r\n'),
  };
}

/** How many answers a connection received. */
export const answersIn = (text: string): number => text.match(/HTTP\/1\.1 \d{3} /g)?.length ?? 0;
