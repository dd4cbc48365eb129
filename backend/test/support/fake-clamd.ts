import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';

/** The text that every scanner finds, and that does nothing; in two parts, so that none finds it here. */
export const EICAR = ['X5O!P%@AP[4\\PZX54(P^)7CC)7}$', 'EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'].join('');

type Mood = 'scanning' | 'hanging' | 'closing early' | 'refusing the size' | 'talking nonsense';

/** Speaks INSTREAM as clamd does, and can be in a bad mood. */
export class FakeClamd {
  mood: Mood = 'scanning';
  /** How many bytes each stream brought that came to its end. */
  readonly scanned: number[] = [];
  private readonly sockets = new Set<Socket>();

  private constructor(
    private readonly server: Server,
    private readonly port: number,
  ) {}

  static async start(): Promise<FakeClamd> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const clamd = new FakeClamd(server, (server.address() as AddressInfo).port);
    server.on('connection', (socket) => clamd.serve(socket));
    return clamd;
  }

  get url(): string {
    return `clamd://127.0.0.1:${this.port}`;
  }

  async stop(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }

  async comeBack(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(this.port, '127.0.0.1', resolve));
  }

  private serve(socket: Socket): void {
    this.sockets.add(socket);
    socket.on('error', () => undefined).on('close', () => this.sockets.delete(socket));
    let received = Buffer.alloc(0);
    socket.on('data', (bytes) => {
      received = Buffer.concat([received, bytes]);
      if (this.mood === 'closing early') socket.destroy();
      else if (this.mood === 'refusing the size') socket.end('INSTREAM size limit exceeded. ERROR\0');
      else this.answer(socket, received);
    });
  }

  private answer(socket: Socket, received: Buffer): void {
    const content = contentOf(received);
    if (!content || this.mood === 'hanging') return;
    this.scanned.push(content.length);
    const found = content.includes(EICAR) ? 'stream: Win.Test.EICAR_HDB-1 FOUND\0' : 'stream: OK\0';
    socket.end(this.mood === 'talking nonsense' ? 'UNKNOWN COMMAND\0' : found);
  }
}

/** Undefined until the piece of length nought has come. */
function contentOf(received: Buffer): Buffer | undefined {
  const command = 'zINSTREAM\0';
  if (received.length < command.length) return undefined;
  if (received.toString('latin1', 0, command.length) !== command) throw new Error('Not what clamd understands.');
  const pieces: Buffer[] = [];
  for (let at = command.length; at + 4 <= received.length;) {
    const length = received.readUInt32BE(at);
    if (length === 0) return Buffer.concat(pieces);
    pieces.push(received.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  return undefined;
}
