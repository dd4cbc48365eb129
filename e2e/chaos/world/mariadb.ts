import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createConnection } from 'mysql2/promise';
import { mustBecome } from '../waiting';
import { freePort, Program } from './program';

/** A row as the database has it; columns that are read here hold nothing else. */
export type Row = Record<string, string | number | null>;

const DATABASE = 'parley_chaos';
const ANSWERS_WITHIN_MS = 30_000;

/** A MariaDB server of this round alone, which may be stopped, killed and frozen. */
export class MariaDb {
  private constructor(
    private readonly program: Program,
    private readonly port: number,
  ) {}

  static async create(folder: string): Promise<MariaDb> {
    const data = join(folder, 'mariadb');
    const user = process.getuid?.() === 0 ? ['--user=root'] : [];
    await promisify(execFile)('mariadb-install-db', [
      ...['--no-defaults', '--auth-root-authentication-method=normal', '--skip-test-db'],
      ...[`--datadir=${data}`, ...user],
    ]);
    const port = await freePort();
    const program = new Program({
      command: 'mariadbd',
      args: [
        ...['--no-defaults', `--datadir=${data}`, ...user, '--bind-address=127.0.0.1', `--port=${port}`],
        ...[`--socket=${join(folder, 'mariadb.sock')}`, '--innodb-buffer-pool-size=64M'],
      ],
      log: join(folder, 'mariadb.log'),
      folder,
    });
    const database = new MariaDb(program, port);
    await database.start();
    await database.query(`CREATE DATABASE ${DATABASE} CHARACTER SET utf8mb4`, [], '');
    return database;
  }

  get url(): string {
    return `mysql://root@127.0.0.1:${this.port}/${DATABASE}`;
  }

  async start(): Promise<void> {
    this.program.start();
    await mustBecome('The start of MariaDB', () => this.answers(), ANSWERS_WITHIN_MS);
  }

  stop(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    return this.program.stop(signal);
  }

  freeze(): void {
    this.program.freeze();
  }

  thaw(): void {
    this.program.thaw();
  }

  async query(sql: string, values: unknown[] = [], database: string = DATABASE): Promise<Row[]> {
    const uri = new URL(this.url);
    uri.pathname = `/${database}`;
    const connection = await createConnection({ uri: uri.toString(), connectTimeout: 2_000 });
    try {
      const [rows] = await connection.query(sql, values);
      return rows as Row[];
    } finally {
      await connection.end();
    }
  }

  private async answers(): Promise<boolean> {
    await this.query('SELECT 1', [], '');
    return true;
  }
}
