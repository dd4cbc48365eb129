import { join } from 'node:path';
import { becomes, mustBecome } from '../waiting';
import { Program } from './program';

const READY_WITHIN_MS = 120_000;
const START_AGAIN_MS = 500;

export interface NodeOptions {
  readonly name: string;
  readonly port: number;
  /** The built server. */
  readonly entry: string;
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
}

/** One server process of the product, with somebody who starts it again when it could not start. */
export class ServerNode {
  readonly name: string;
  readonly port: number;
  readonly log: string;
  /** How it ended by itself after it had been ready: that must never happen. */
  readonly deaths: string[] = [];
  private readonly program: Program;
  private wanted = false;
  private wasReady = false;
  private frozenSince: number | null = null;

  constructor(options: NodeOptions) {
    const { name, port, entry, folder, env } = options;
    this.name = name;
    this.port = port;
    this.log = join(folder, `${name}.log`);
    this.program = new Program({
      command: process.execPath,
      args: ['--enable-source-maps', entry],
      env: { ...env, PORT: String(port) },
      log: this.log,
      folder,
    });
  }

  get origin(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get isRunning(): boolean {
    return this.program.isRunning;
  }

  /** Whether a balancer would send people here: a frozen node is found out after a while. */
  isWelcoming(noticeFreezeAfterMs: number): boolean {
    const isFrozenForLong = this.frozenSince !== null && Date.now() - this.frozenSince > noticeFreezeAfterMs;
    return this.isRunning && this.wasReady && !isFrozenForLong;
  }

  /** Starts it; resolves when it is ready to serve, or has been stopped again. */
  async start(): Promise<void> {
    this.wanted = true;
    this.launch();
    await mustBecome(`The start of ${this.name}`, () => !this.wanted || this.isReady(), READY_WITHIN_MS);
    this.wasReady = this.wanted;
  }

  kill(): Promise<void> {
    return this.stop('SIGKILL');
  }

  /** `SIGTERM` lets it finish what is under way. */
  async stop(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    this.wanted = false;
    this.wasReady = false;
    this.frozenSince = null;
    await this.program.stop(signal);
  }

  freeze(): void {
    this.program.freeze();
    this.frozenSince = Date.now();
  }

  thaw(): void {
    this.program.thaw();
    this.frozenSince = null;
  }

  becomesReady(withinMs: number): Promise<boolean> {
    return becomes(() => this.isReady(), withinMs);
  }

  private launch(): void {
    this.program.start((how) => this.ended(how));
  }

  private ended(how: string): void {
    if (!this.wanted) return;
    if (this.wasReady) this.deaths.push(`${this.name} ended by itself: ${how}`);
    this.wasReady = false;
    setTimeout(() => this.wanted && this.launch(), START_AGAIN_MS);
  }

  private async isReady(): Promise<boolean> {
    const answer = await fetch(`${this.origin}/health/ready`, { signal: AbortSignal.timeout(2_000) });
    await answer.arrayBuffer();
    this.wasReady ||= answer.ok;
    return answer.ok;
  }
}
