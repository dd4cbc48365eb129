import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { OnEvent } from '@nestjs/event-emitter';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { DataSource } from 'typeorm';
import { messagePushed, type MessagePushed } from '../../chat';
import { FreezeWatch, requestContext } from '../../common';
import { TimelineGrew } from '../../conversations';
import { isDatabaseAway, poolUse, Replicas, type PoolUse } from '../../database';
import { OutboxBacklog } from '../../outbox';
import { SocketHub } from '../../realtime';

const REQUEST_BUCKETS = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
const MESSAGE_BUCKETS = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

/** One request that was answered. */
export interface AnsweredRequest {
  readonly method: string;
  /** As the router knows it, with the names of its parameters: there are only so many. */
  readonly route: string;
  readonly status: number;
  readonly seconds: number;
}

/**
 * What this process counts and measures, in the words of Prometheus. Counters begin at 0 with the process; what stands
 * in the database is asked for when somebody reads it.
 */
@Injectable()
export class Metrics implements OnModuleDestroy {
  private readonly registry = new Registry();
  private readonly requests = new Histogram({
    name: 'parley_http_request_seconds',
    help: 'Time from the arrival of a request to the end of its answer.',
    labelNames: ['method', 'route', 'status'],
    buckets: REQUEST_BUCKETS,
    registers: [this.registry],
  });
  private readonly messages = new Histogram({
    name: 'parley_message_seconds',
    help: 'Time from the arrival of a message until it was stored (commit), and told to all on this node (push).',
    labelNames: ['until'],
    buckets: MESSAGE_BUCKETS,
    registers: [this.registry],
  });
  private readonly sockets = new Gauge({
    name: 'parley_sockets',
    help: 'Sockets that are open on this node.',
    registers: [this.registry],
  });
  private readonly connections = new Gauge({
    name: 'parley_database_connections',
    help: 'Connections to MySQL (open), those that nobody uses (idle), and who waits for one (waiting).',
    labelNames: ['state'],
    registers: [this.registry],
  });
  private readonly replicasBy = new Gauge({
    name: 'parley_database_replicas',
    help: 'Replicas that lists and searches are read from (used), and that are away or behind (left_out).',
    labelNames: ['state'],
    registers: [this.registry],
  });
  private readonly reads = new Counter({
    name: 'parley_database_list_reads_total',
    help: 'Lists, counts and searches by who served them, where there are replicas.',
    labelNames: ['from'],
    registers: [this.registry],
  });
  private readonly jobs = new Gauge({
    name: 'parley_outbox_jobs',
    help: 'Jobs that wait (pending), and that were given up (parked), of all nodes.',
    labelNames: ['state'],
    registers: [this.registry],
  });
  private readonly lateJobs = new Gauge({
    name: 'parley_outbox_late_seconds',
    help: 'For how long the longest waiting job has been due.',
    registers: [this.registry],
  });
  private readonly onPushed = (message: unknown): void => this.observe('push', (message as MessagePushed).arrivedAt);

  constructor(
    private readonly hub: SocketHub,
    private readonly backlog: OutboxBacklog,
    private readonly dataSource: DataSource,
    private readonly freezes: FreezeWatch,
    private readonly replicas: Replicas,
  ) {
    collectDefaultMetrics({ register: this.registry });
    messagePushed.subscribe(this.onPushed);
  }

  onModuleDestroy(): void {
    messagePushed.unsubscribe(this.onPushed);
  }

  /** The media type that goes with `text`. */
  get contentType(): string {
    return this.registry.contentType;
  }

  answered({ method, route, status, seconds }: AnsweredRequest): void {
    this.requests.observe({ method, route, status }, seconds);
  }

  @OnEvent(TimelineGrew.eventName)
  grew({ said }: TimelineGrew): void {
    const arrivedAt = requestContext.getStore()?.arrivedAt;
    if (said && arrivedAt !== undefined) this.observe('commit', arrivedAt);
  }

  /** In the text format of Prometheus. While the database is away its figures are left out. */
  async text(): Promise<string> {
    this.sockets.set(this.hub.socketsHere().length);
    const use: Partial<PoolUse> = poolUse(this.dataSource) ?? {};
    for (const [state, count] of Object.entries(use)) this.connections.set({ state }, count);
    this.lookAtReplicas();
    await this.lookAtJobs();
    return this.registry.metrics();
  }

  private observe(until: 'commit' | 'push', arrivedAt: number): void {
    this.messages.observe({ until }, (this.freezes.now() - arrivedAt) / 1_000);
  }

  private lookAtReplicas(): void {
    const { used, leftOut } = this.replicas.counts;
    this.replicasBy.set({ state: 'used' }, used);
    this.replicasBy.set({ state: 'left_out' }, leftOut);
    this.reads.reset();
    for (const [from, count] of Object.entries<number>({ ...this.replicas.reads })) this.reads.inc({ from }, count);
  }

  private async lookAtJobs(): Promise<void> {
    try {
      const { pending, parked, lateSeconds } = await this.backlog.look();
      this.jobs.set({ state: 'pending' }, pending);
      this.jobs.set({ state: 'parked' }, parked);
      this.lateJobs.set(lateSeconds);
    } catch (error) {
      if (!isDatabaseAway(error)) throw error;
      this.jobs.reset();
      this.lateJobs.reset();
    }
  }
}
