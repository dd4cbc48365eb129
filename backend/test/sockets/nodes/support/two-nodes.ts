import { NodeTimes, Nodes } from '../../../../src/nodes';
import { Api } from '../../../support/api-client';
import { scratch, type Scratch } from '../../../support/databases';
import { HAS_REDIS, PrivateRedis } from '../../../support/private-redis';
import type { TestAppOptions } from '../../../support/test-app';
import { until } from '../../../support/until';
import { Sockets } from '../../support/device';

/** What is told within a second takes less here, so that the tests do. */
const SHORT = {
  beat: 100,
  connect: 500,
  reconnect: 200,
  snapshot: 1_000,
  forget: 2_000,
  farewell: 500,
  catchUp: 2_000,
};

type Times = Partial<NodeTimes>;

/** One node of the installation, and the people who are connected to it. */
export interface TestNode {
  api: Api;
  sockets: Sockets;
}

/** Two nodes on one database, linked by a Redis of their own. */
export class TwoNodes {
  readonly one: TestNode;
  readonly two: TestNode;
  private readonly options: TestAppOptions = {};
  private database: Scratch | undefined;
  private server: PrivateRedis | undefined;

  constructor(
    private readonly times: Times,
    private readonly env: Record<string, string>,
  ) {
    const [one, two] = [new Api(this.options), new Api(this.options)];
    this.one = { api: one, sockets: new Sockets(one) };
    this.two = { api: two, sockets: new Sockets(two) };
  }

  get redis(): PrivateRedis {
    if (!this.server) throw new Error('Redis is prepared before the first test, not earlier.');
    return this.server;
  }

  /** @param redisThrough the way to Redis, for tests that spoil it */
  async start({ withRedis = true, redisThrough = (url: string) => Promise.resolve(url) } = {}): Promise<void> {
    this.database = await scratch();
    this.server = await PrivateRedis.prepare();
    if (withRedis) await this.server.start();
    const times = { ...new NodeTimes(), ...SHORT, ...this.times };
    Object.assign(this.options, {
      database: this.database,
      env: { REDIS_URL: await redisThrough(this.server.url), ...this.env },
      replace: [{ token: NodeTimes, value: times }],
    });
    await this.one.api.start();
    await this.two.api.start();
    if (withRedis) await this.areLinked();
  }

  async stop(): Promise<void> {
    this.server?.thaw();
    await Promise.all([this.one.api.stop(), this.two.api.stop()]);
    await this.server?.remove();
    await this.database?.drop();
  }

  /** Each node knows of the other, or neither can reach Redis. */
  async areLinked(): Promise<void> {
    await until('the nodes know of each other', () =>
      this.nodes().every(({ state, count }) => state === 'linked' && count === 2),
    );
  }

  async areApart(): Promise<void> {
    await until('the nodes noticed that Redis is away', () => this.nodes().every(({ state }) => state === 'away'));
  }

  disconnectAll(): void {
    for (const { sockets } of [this.one, this.two]) sockets.closeAll();
  }

  private nodes(): Nodes[] {
    return [this.one, this.two].map(({ api }) => api.part(Nodes));
  }
}

export function describeWithRedis(title: string, tests: () => void): void {
  if (HAS_REDIS) describe(title, tests);
  else describe.skip(`${title} (there is no redis-server here)`, tests);
}

/** Two nodes for all tests of a file. */
export function twoNodes({
  withRedis = true,
  times = {},
  env = {},
}: { withRedis?: boolean; times?: Times; env?: Record<string, string> } = {}): TwoNodes {
  jest.setTimeout(30_000);
  const nodes = new TwoNodes(times, env);
  beforeAll(() => nodes.start({ withRedis }), 60_000);
  afterEach(() => nodes.disconnectAll());
  afterAll(() => nodes.stop(), 20_000);
  return nodes;
}
