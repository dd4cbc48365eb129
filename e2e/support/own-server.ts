import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from '@playwright/test';

const ENTRY = join(__dirname, '../../dist/backend/main.js');

/** Where nothing listens. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}

/** The built product as a process of one test, on an address that stays while it is killed and started again. */
export class OwnServer {
  private readonly folder = mkdtempSync(join(tmpdir(), 'parley-e2e-own-'));
  private process: ChildProcess | undefined;

  private constructor(
    private readonly port: number,
    private readonly settings: Record<string, string>,
  ) {}

  /** @param settings further ones, by the names of the environment */
  static async start(settings: Record<string, string> = {}): Promise<OwnServer> {
    const server = new OwnServer(await freePort(), settings);
    await server.start();
    return server;
  }

  get origin(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  async start(): Promise<void> {
    this.process = spawn(process.execPath, [ENTRY], {
      cwd: this.folder,
      stdio: 'ignore',
      env: {
        PATH: process.env.PATH,
        PORT: String(this.port),
        DATA_DIR: this.folder,
        DEMO: 'false',
        RATE_LIMIT_SCALE: '50',
        LOG_LEVEL: 'warn',
        NODE_ENV: 'development',
        ...this.settings,
      },
    });
    const isReady = (): Promise<boolean> =>
      fetch(`${this.origin}/health/ready`).then(
        ({ ok }) => ok,
        () => false,
      );
    await expect.poll(isReady, { timeout: 30_000, intervals: [100] }).toBe(true);
  }

  /** Ends it as the system does, without a chance to say goodbye. */
  async kill(): Promise<void> {
    if (!this.process || this.process.exitCode !== null || this.process.signalCode !== null) return;
    const exited = once(this.process, 'exit');
    this.process.kill('SIGKILL');
    await exited;
  }

  async remove(): Promise<void> {
    await this.kill();
    await rm(this.folder, { recursive: true, force: true });
  }
}
