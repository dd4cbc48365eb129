import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import type BetterSqlite from 'better-sqlite3';
import { Link } from './link';
import { MariaDb, type Row } from './mariadb';
import { ServerNode } from './node';
import { freePort } from './program';
import { Redis } from './redis';

export type Engine = 'mysql' | 'sqlite';
export const ADMIN = { email: 'admin@chaos.example', password: 'the quiet before the storm' };

const ENTRY = resolve(__dirname, '../../../dist/backend/main.js');
/** A balancer notices after so long that a node has stopped answering. */
const HEALTH_CHECK_MS = 3_000;

/** Everything that serves people in one round: nodes, database, Redis, and the network in front of them. */
export class World {
  private readonly links: Link[] = [];

  private constructor(
    readonly folder: string,
    readonly nodes: readonly ServerNode[],
    readonly database: MariaDb | null,
    readonly redis: Redis | null,
  ) {}

  /** On MariaDB with Redis there are two nodes; a file of SQLite has one. */
  static async open(engine: Engine, folder: string): Promise<World> {
    if (!existsSync(ENTRY)) throw new Error('The backend is not built.');
    const data = join(folder, 'data');
    await mkdir(data, { recursive: true });
    const [database, redis] =
      engine === 'mysql' ? await Promise.all([MariaDb.create(folder), Redis.create(folder)]) : [null, null];
    const env = settings(data, database, redis);
    const names = engine === 'mysql' ? ['node-1', 'node-2'] : ['node-1'];
    const nodes = await Promise.all(
      names.map(async (name) => new ServerNode({ name, port: await freePort(), entry: ENTRY, folder, env })),
    );
    const world = new World(folder, nodes, database, redis);
    await Promise.all(nodes.map((node) => node.start()));
    return world;
  }

  get anyOrigin(): string {
    return this.welcoming()[0]?.origin ?? this.node(0).origin;
  }

  node(index: number): ServerNode {
    const node = this.nodes[index];
    if (!node) throw new Error(`There is no node ${index}.`);
    return node;
  }

  /** A client's own way in. `preferred` names the node it is sent to while that one serves. */
  async link(preferred: () => number): Promise<Link> {
    const link = await Link.open(() => {
      const node = this.node(preferred() % this.nodes.length);
      return (this.welcoming().includes(node) ? node : (this.welcoming()[0] ?? node)).port;
    });
    this.links.push(link);
    return link;
  }

  /** Rows as the database has them. */
  async rows(sql: string, values: unknown[] = []): Promise<Row[]> {
    if (this.database) return this.database.query(sql, values);
    const file = this.sqliteFile();
    const Sqlite = createRequire(__filename)('better-sqlite3') as typeof BetterSqlite;
    const connection = new Sqlite(file, { readonly: true });
    try {
      return connection.prepare(sql).all(...values) as Row[];
    } finally {
      connection.close();
    }
  }

  /** Undoes whatever a fault has done, and waits until all nodes serve again. */
  async heal(): Promise<void> {
    for (const link of this.links) link.heal();
    this.database?.thaw();
    this.redis?.thaw();
    for (const node of this.nodes) node.thaw();
    await Promise.all([this.database?.start(), this.redis?.start()]);
    await Promise.all(this.nodes.map((node) => node.start()));
  }

  async close(): Promise<void> {
    for (const link of this.links) link.close();
    await Promise.all(this.nodes.map((node) => node.kill()));
    await Promise.all([this.database?.stop('SIGKILL'), this.redis?.stop('SIGKILL')]);
  }

  private welcoming(): ServerNode[] {
    return this.nodes.filter((node) => node.isWelcoming(HEALTH_CHECK_MS));
  }

  private sqliteFile(): string {
    const file = join(this.folder, 'data', 'parley.sqlite');
    if (!existsSync(file)) throw new Error(`The SQLite file is not at ${file}.`);
    return file;
  }
}

const settings = (data: string, database: MariaDb | null, redis: Redis | null): NodeJS.ProcessEnv => ({
  PATH: process.env['PATH'],
  NODE_ENV: 'development',
  HOST: '127.0.0.1',
  DATA_DIR: data,
  DEMO: 'false',
  LOG_LEVEL: 'warn',
  RATE_LIMIT_SCALE: '1000',
  JWT_SECRET: 'one secret for all the nodes of this round',
  ADMIN_EMAIL: ADMIN.email,
  ADMIN_PASSWORD: ADMIN.password,
  ...(database && { DATABASE_URL: database.url }),
  ...(redis && { REDIS_URL: redis.url }),
});
