import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { Caller } from './caller';
import type { Scratch } from './databases';
import { freePort } from './free-port';
import { until } from './until';

const MAIN = join(__dirname, '../../src/main.ts');
const TYPESCRIPT = join(__dirname, 'typescript.cjs');
const START_MS = 60_000;

export const ADMIN = { email: 'ada@example.com', password: 'correct horse battery staple' };

/** The product as a process of its own, on an address that stays, so that a test can kill it and start it again. */
export class PrivateServer {
  private process: ChildProcess | undefined;
  private output = '';

  private constructor(
    private readonly database: Scratch,
    private readonly port: number,
    private readonly env: Record<string, string>,
  ) {}

  static async on(database: Scratch, env: Record<string, string> = {}): Promise<PrivateServer> {
    const server = new PrivateServer(database, await freePort(), env);
    await server.start();
    return server;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get pid(): number | undefined {
    return this.process?.pid;
  }

  /** Everything it has written to its console. */
  get log(): string {
    return this.output;
  }

  async start(): Promise<void> {
    const { dataDir, databaseUrl } = this.database;
    const child = spawn(process.execPath, ['--require', TYPESCRIPT, MAIN], {
      cwd: dataDir,
      env: {
        PATH: process.env.PATH,
        NODE_ENV: 'test',
        LOG_LEVEL: 'warn',
        DEMO: 'false',
        RATE_LIMIT_SCALE: '1000',
        PORT: String(this.port),
        DATA_DIR: dataDir,
        ADMIN_EMAIL: ADMIN.email,
        ADMIN_PASSWORD: ADMIN.password,
        ...(databaseUrl && { DATABASE_URL: databaseUrl }),
        ...this.env,
      },
    });
    this.process = child;
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (bytes) => (this.output += String(bytes)));
    const anyone = new Caller(() => this.url);
    await until(
      'the server is ready',
      async () => {
        if (child.exitCode !== null) throw new Error(`The server ended by itself: ${this.output}`);
        return anyone.get('/health/ready').then(
          ({ status }) => status === 200,
          () => false,
        );
      },
      START_MS,
    );
  }

  /** Ends the process as the system does it, without a chance to say goodbye. */
  async kill(): Promise<void> {
    await this.signal('SIGKILL');
  }

  async stop(): Promise<void> {
    await this.signal('SIGTERM');
  }

  /** Sends it a signal; answers its exit code once it has ended. */
  async signal(signal: NodeJS.Signals): Promise<number | null> {
    if (!this.process || this.process.exitCode !== null || this.process.signalCode !== null) return null;
    const exited = once(this.process, 'exit') as Promise<[code: number | null]>;
    this.process.kill(signal);
    return (await exited)[0];
  }
}
