import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from './until';

export const HAS_REDIS = spawnSync('redis-server', ['--version']).status === 0;

/** A Redis of one test file, to be stopped, frozen and emptied as it likes. */
export class PrivateRedis {
  private process: ChildProcess | undefined;
  private readonly onExit = () => this.process?.kill('SIGKILL');

  private constructor(
    private readonly folder: string,
    private readonly port: number,
  ) {
    process.once('exit', this.onExit);
  }

  /** Keeps a port of its own; the server itself is started by `start`. */
  static async prepare(): Promise<PrivateRedis> {
    return new PrivateRedis(await mkdtemp(join(tmpdir(), 'parley-redis-')), await freePort());
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  async start(): Promise<void> {
    const server = ['--port', String(this.port), '--bind', '127.0.0.1', '--dir', this.folder];
    this.process = spawn('redis-server', [...server, '--save', '', '--appendonly', 'no'], { stdio: 'ignore' });
    await until('Redis answers', () => this.answers(), 10_000);
  }

  async stop(): Promise<void> {
    const running = this.process;
    this.process = undefined;
    if (!running) return;
    const ended = once(running, 'exit');
    running.kill('SIGKILL');
    await ended;
  }

  /** Connections stay, answers do not come. */
  freeze(): void {
    this.process?.kill('SIGSTOP');
  }

  thaw(): void {
    this.process?.kill('SIGCONT');
  }

  /** Forgets all that it holds. */
  async empty(): Promise<void> {
    if (!(await this.says('FLUSHALL', '+OK'))) throw new Error('Redis could not be emptied.');
  }

  async remove(): Promise<void> {
    await this.stop();
    process.off('exit', this.onExit);
    await rm(this.folder, { recursive: true, force: true });
  }

  private answers(): Promise<boolean> {
    return this.says('PING', '+PONG');
  }

  private says(command: string, answer: string): Promise<boolean> {
    return new Promise((resolve) => {
      const socket = connect(this.port, '127.0.0.1', () => socket.write(`${command}\r\n`));
      const settle = (isThere: boolean) => {
        socket.destroy();
        resolve(isThere);
      };
      socket.once('data', (data) => settle(data.toString().startsWith(answer)));
      socket.once('error', () => settle(false));
    });
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
