import type { Device } from '../clients/device';
import type { Stage } from '../stage';
import type { ServerNode } from '../world/node';
import type { World } from '../world/world';

export type Lane = 'nodes' | 'stores' | 'clients';
type End = () => void | Promise<void>;

/** One thing that goes wrong. Two of one lane never overlap; those of different lanes do. */
export interface Fault {
  readonly lane: Lane;
  /** Shortest and longest time in milliseconds. */
  readonly lasts: readonly [number, number];
  /** How long it lasts in a short round. */
  readonly shortMs: number;
  /** Whether it can happen on one node with SQLite. */
  readonly onSqlite: boolean;
  /** What comes of it is over much later only: in a short round it strikes first. */
  readonly lingers?: boolean;
  /** Makes it happen, to the target of this number; the answer ends it. */
  begin(stage: Stage, target: number): End | Promise<End>;
}

const nodeOf = ({ world }: Stage, target: number): ServerNode => world.node(target % world.nodes.length);

function deviceOf({ devices }: Stage, target: number): Device {
  const device = devices[target % devices.length];
  if (!device) throw new Error('A stage has devices.');
  return device;
}

function storesOf({ world }: Stage): { database: NonNullable<World['database']>; redis: NonNullable<World['redis']> } {
  const { database, redis } = world;
  if (!database || !redis) throw new Error('This world has no servers to stop.');
  return { database, redis };
}

const NOTHING: End = () => undefined;

export const FAULTS = {
  'a node is killed': {
    ...{ lane: 'nodes', lasts: [500, 5_000], shortMs: 1_000, onSqlite: true },
    begin: async (stage, target) => {
      const node = nodeOf(stage, target);
      await node.kill();
      return () => node.start();
    },
  },
  'a node is told to stop': {
    ...{ lane: 'nodes', lasts: [500, 5_000], shortMs: 500, onSqlite: true },
    begin: async (stage, target) => {
      const node = nodeOf(stage, target);
      await node.stop('SIGTERM');
      return () => node.start();
    },
  },
  'a node freezes': {
    ...{ lane: 'nodes', lasts: [2_000, 30_000], shortMs: 4_000, onSqlite: true },
    begin: (stage, target) => {
      const node = nodeOf(stage, target);
      node.freeze();
      return () => node.thaw();
    },
  },
  'Redis stops': {
    ...{ lane: 'stores', lasts: [1_000, 15_000], shortMs: 2_000, onSqlite: false, lingers: true },
    begin: async (stage) => {
      const { redis } = storesOf(stage);
      await redis.stop('SIGTERM');
      return () => redis.start();
    },
  },
  'Redis freezes': {
    ...{ lane: 'stores', lasts: [1_000, 15_000], shortMs: 2_000, onSqlite: false, lingers: true },
    begin: (stage) => {
      const { redis } = storesOf(stage);
      redis.freeze();
      return () => redis.thaw();
    },
  },
  'the database stops': {
    ...{ lane: 'stores', lasts: [500, 8_000], shortMs: 1_000, onSqlite: false },
    begin: async (stage) => {
      const { database } = storesOf(stage);
      await database.stop('SIGTERM');
      return () => database.start();
    },
  },
  'the database is killed': {
    ...{ lane: 'stores', lasts: [500, 8_000], shortMs: 1_000, onSqlite: false },
    begin: async (stage) => {
      const { database } = storesOf(stage);
      await database.stop('SIGKILL');
      return () => database.start();
    },
  },
  'the database freezes': {
    ...{ lane: 'stores', lasts: [500, 10_000], shortMs: 2_000, onSqlite: false },
    begin: (stage) => {
      const { database } = storesOf(stage);
      database.freeze();
      return () => database.thaw();
    },
  },
  'a network is cut': {
    ...{ lane: 'clients', lasts: [300, 10_000], shortMs: 1_500, onSqlite: true },
    begin: (stage, target) => {
      const { link } = deviceOf(stage, target);
      link.cut();
      return () => link.heal();
    },
  },
  'a network becomes a black hole': {
    ...{ lane: 'clients', lasts: [1_000, 20_000], shortMs: 3_000, onSqlite: true },
    begin: (stage, target) => {
      const { link } = deviceOf(stage, target);
      link.swallow();
      return () => link.heal();
    },
  },
  'connections die without a word': {
    ...{ lane: 'clients', lasts: [200, 2_000], shortMs: 500, onSqlite: true },
    begin: (stage, target) => {
      const { link } = deviceOf(stage, target);
      link.swallow();
      return () => link.heal({ zombies: true });
    },
  },
  'a network is slow': {
    ...{ lane: 'clients', lasts: [1_000, 8_000], shortMs: 1_500, onSqlite: true },
    begin: (stage, target) => {
      const { link } = deviceOf(stage, target);
      link.slow(200 + (target % 1_300));
      return () => link.heal();
    },
  },
  'a balancer changes its mind': {
    ...{ lane: 'clients', lasts: [100, 500], shortMs: 100, onSqlite: false },
    begin: (stage, target) => {
      deviceOf(stage, target).roam();
      return NOTHING;
    },
  },
  'a page crashes': {
    ...{ lane: 'clients', lasts: [100, 3_000], shortMs: 500, onSqlite: true },
    begin: (stage, target) => {
      const device = deviceOf(stage, target);
      device.crash();
      return () => void device.openTab();
    },
  },
  'a second tab is opened': {
    ...{ lane: 'clients', lasts: [2_000, 8_000], shortMs: 2_500, onSqlite: true },
    begin: (stage, target) => {
      const device = deviceOf(stage, target);
      device.openTab();
      return () => device.crash(device.tabs.slice(0, 1));
    },
  },
  'somebody signs out and in again': {
    ...{ lane: 'clients', lasts: [100, 1_000], shortMs: 300, onSqlite: true },
    begin: async (stage, target) => {
      const device = deviceOf(stage, target);
      await device.tabs[0]?.session.signOut();
      device.crash();
      return () => void device.openTab();
    },
  },
  'a token is renewed': {
    ...{ lane: 'clients', lasts: [100, 300], shortMs: 100, onSqlite: true },
    begin: (stage, target) => {
      // Without an answer the page asks again when it next needs a token.
      for (const { session } of deviceOf(stage, target).tabs) session.refresh().catch(() => null);
      return NOTHING;
    },
  },
} satisfies Record<string, Fault>;

export type FaultName = keyof typeof FAULTS;
export const faultNames = Object.keys(FAULTS) as FaultName[];
export const faultOf = (name: FaultName): Fault => FAULTS[name];
