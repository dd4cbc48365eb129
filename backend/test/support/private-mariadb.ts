import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createConnection } from 'mysql2/promise';
import { MYSQL_CHARSET, MYSQL_COLLATION } from '../../src/database';
import { freePort } from './free-port';
import { until } from './until';

const START_MS = 60_000;
const DATABASE = 'parley';
const OWN_USER = ['--no-defaults', ...(process.getuid?.() === 0 ? ['--user=root'] : [])];

/** A MariaDB of its own for a test that stops, freezes or kills it; never do that to the one that all tests share. */
export class PrivateMariaDb {
  private process: ChildProcess | undefined;

  private constructor(
    private readonly folder: string,
    private readonly port: number,
  ) {}

  /** Whether the server's programs are installed here. */
  static get isInstalled(): boolean {
    return ['mariadbd', 'mariadb-install-db'].every((name) => spawnSync(name, ['--version']).status === 0);
  }

  static async start(): Promise<PrivateMariaDb> {
    const folder = await mkdtemp(join(tmpdir(), 'parley-mariadb-'));
    const installed = spawnSync(
      'mariadb-install-db',
      [...OWN_USER, '--auth-root-authentication-method=normal', '--skip-test-db', `--datadir=${folder}/data`],
      { encoding: 'utf8' },
    );
    if (installed.status !== 0) throw new Error(`MariaDB could not be set up: ${installed.stdout}${installed.stderr}`);
    const server = new PrivateMariaDb(folder, await freePort());
    await server.resurrect();
    await server.onServer(`CREATE DATABASE ${DATABASE} CHARACTER SET ${MYSQL_CHARSET} COLLATE ${MYSQL_COLLATION}`);
    return server;
  }

  /** Of the one database on it. */
  get url(): string {
    return `${this.origin}/${DATABASE}`;
  }

  private get origin(): string {
    return `mysql://root@127.0.0.1:${this.port}`;
  }

  /** Starts it again after `kill`. */
  async resurrect(): Promise<void> {
    this.process = spawn(
      'mariadbd',
      [
        ...OWN_USER,
        `--datadir=${this.folder}/data`,
        `--socket=${this.folder}/socket`,
        `--pid-file=${this.folder}/pid`,
        `--port=${this.port}`,
        '--bind-address=127.0.0.1',
        '--innodb-buffer-pool-size=64M',
      ],
      { stdio: 'ignore' },
    );
    await until('MariaDB answers', () => this.answers(), START_MS);
  }

  /** Nothing is answered and nothing ends, until `thaw`. */
  freeze(): void {
    this.process?.kill('SIGSTOP');
  }

  thaw(): void {
    this.process?.kill('SIGCONT');
  }

  async kill(): Promise<void> {
    if (!this.process || this.process.signalCode !== null || this.process.exitCode !== null) return;
    const exited = once(this.process, 'exit');
    this.process.kill('SIGKILL');
    await exited;
  }

  async remove(): Promise<void> {
    await this.kill();
    await rm(this.folder, { recursive: true, force: true });
  }

  private async answers(): Promise<boolean> {
    return this.onServer('DO 1').then(
      () => true,
      () => false,
    );
  }

  private async onServer(statement: string): Promise<void> {
    const connection = await createConnection({ uri: this.origin, connectTimeout: 1_000 });
    await connection.query(statement).finally(() => connection.destroy());
  }
}
