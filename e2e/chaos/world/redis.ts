import { connect } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import { mustBecome } from '../waiting';
import { freePort, Program } from './program';

/** A Redis of this round alone, which keeps nothing. */
export class Redis {
  /** When it last came back, on the clock of the wall. */
  backSince = 0;

  private constructor(
    private readonly program: Program,
    private readonly port: number,
  ) {}

  static async create(folder: string): Promise<Redis> {
    const port = await freePort();
    const program = new Program({
      command: 'redis-server',
      args: ['--port', `${port}`, '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--dir', folder],
      log: join(folder, 'redis.log'),
      folder,
    });
    const redis = new Redis(program, port);
    await redis.start();
    return redis;
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  async start(): Promise<void> {
    this.program.start();
    await mustBecome('The start of Redis', () => this.answers(), 10_000);
    this.backSince = Date.now();
  }

  stop(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    return this.program.stop(signal);
  }

  freeze(): void {
    this.program.freeze();
  }

  thaw(): void {
    if (this.program.isFrozen) this.backSince = Date.now();
    this.program.thaw();
  }

  private async answers(): Promise<boolean> {
    const socket = connect(this.port, '127.0.0.1');
    try {
      await once(socket, 'connect');
      return true;
    } finally {
      socket.destroy();
    }
  }
}
