import { mkdtemp, readdir, rm, utimes } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import S3rver from 's3rver';
import { freePort } from './free-port';

const BUCKET = 'files';
/** The only person the server knows. */
const KEYS = { id: 'S3RVER', secret: 'S3RVER' };

/** A store that speaks S3, on an address that stays, so that a test can take it away and bring it back. */
export class S3Server {
  private running: S3rver | undefined;
  private silent: { server: Server; sockets: Set<Socket> } | undefined;

  private constructor(
    private readonly port: number,
    private readonly directory: string,
  ) {}

  static async start(): Promise<S3Server> {
    const server = new S3Server(await freePort(), await mkdtemp(join(tmpdir(), 'parley-s3-')));
    await server.comeBack();
    return server;
  }

  /** What an application needs to know to keep its files here. */
  get env(): Record<string, string> {
    return {
      STORAGE_URL: `s3://${BUCKET}?endpoint=http://127.0.0.1:${this.port}&region=us-east-1`,
      AWS_ACCESS_KEY_ID: KEYS.id,
      AWS_SECRET_ACCESS_KEY: KEYS.secret,
    };
  }

  async comeBack(): Promise<void> {
    await this.endSilence();
    this.running = new S3rver({
      address: '127.0.0.1',
      port: this.port,
      directory: this.directory,
      silent: true,
      configureBuckets: [{ name: BUCKET, configs: [] }],
    });
    await this.running.run();
  }

  /** From now on connections are refused. */
  async goAway(): Promise<void> {
    const server = this.running;
    this.running = undefined;
    server?.httpServer?.closeAllConnections();
    await server?.close();
  }

  /** From now on connections are taken and never answered. */
  async fallSilent(): Promise<void> {
    await this.goAway();
    const sockets = new Set<Socket>();
    const server = createServer((socket) => sockets.add(socket.on('error', () => undefined)));
    await new Promise<void>((resolve) => server.listen(this.port, '127.0.0.1', resolve));
    this.silent = { server, sockets };
  }

  /** The keys of all that is stored. */
  async keys(): Promise<string[]> {
    const names = await readdir(join(this.directory, BUCKET, 'files')).catch(() => []);
    return names.filter((name) => name.endsWith('._S3rver_object')).map((name) => name.split('.')[0]);
  }

  /** As if everything had been stored so long ago. */
  async age(ms: number): Promise<void> {
    const folder = join(this.directory, BUCKET, 'files');
    const then = new Date(Date.now() - ms);
    for (const name of await readdir(folder)) await utimes(join(folder, name), then, then);
  }

  async stop(): Promise<void> {
    await this.endSilence();
    await this.goAway();
    await rm(this.directory, { recursive: true, force: true });
  }

  private async endSilence(): Promise<void> {
    const { silent } = this;
    this.silent = undefined;
    for (const socket of silent?.sockets ?? []) socket.destroy();
    if (silent) await new Promise((resolve) => silent.server.close(resolve));
  }
}
