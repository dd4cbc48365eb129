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
    private readonly options: readonly string[],
  ) {}

  /** Whether the server's programs are installed here. */
  static get isInstalled(): boolean {
    return ['mariadbd', 'mariadb-install-db'].every((name) => spawnSync(name, ['--version']).status === 0);
  }

  /** @param options further ones of the server */
  static async start(options: readonly string[] = []): Promise<PrivateMariaDb> {
    const folder = await mkdtemp(join(tmpdir(), 'parley-mariadb-'));
    const installed = spawnSync(
      'mariadb-install-db',
      [...OWN_USER, '--auth-root-authentication-method=normal', '--skip-test-db', `--datadir=${folder}/data`],
      { encoding: 'utf8' },
    );
    if (installed.status !== 0) throw new Error(`MariaDB could not be set up: ${installed.stdout}${installed.stderr}`);
    const server = new PrivateMariaDb(folder, await freePort(), options);
    await server.resurrect();
    await server.run(
      `CREATE DATABASE IF NOT EXISTS ${DATABASE} CHARACTER SET ${MYSQL_CHARSET} COLLATE ${MYSQL_COLLATION}`,
    );
    return server;
  }

  /** A pair of which the second one follows the first. */
  static async startWithReplica(): Promise<{ primary: PrivateMariaDb; replica: PrivateMariaDb }> {
    const counted = ['--log-bin', '--binlog-format=ROW'];
    const [primary, replica] = await Promise.all([
      PrivateMariaDb.start([...counted, '--server-id=1']),
      PrivateMariaDb.start([...counted, '--server-id=2']),
    ]);
    await replica.run(
      `CHANGE MASTER TO MASTER_HOST = '127.0.0.1', MASTER_PORT = ${primary.port}, MASTER_USER = 'root',
        MASTER_USE_GTID = slave_pos, MASTER_CONNECT_RETRY = 1`,
    );
    await replica.run('START SLAVE');
    return { primary, replica };
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
        ...this.options,
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

  async run(statement: string): Promise<void> {
    const connection = await createConnection({ uri: this.origin, connectTimeout: 1_000 });
    await connection.query(statement).finally(() => connection.destroy());
  }

  /** Ends all connections to it, whatever they are at, as an operator would one by one. */
  async killConnections(): Promise<void> {
    const connection = await createConnection({ uri: this.origin });
    const [threads] = (await connection.query('SHOW PROCESSLIST')) as unknown as [{ Id: number; User: string }[]];
    for (const { Id, User } of threads)
      if (User === 'root' && Id !== connection.threadId) await connection.query(`KILL ${Id}`).catch(() => undefined);
    connection.destroy();
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
    return this.run('DO 1').then(
      () => true,
      () => false,
    );
  }
}
