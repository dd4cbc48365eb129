import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdirSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { dirname } from 'node:path';

/** Those that run. None outlives the command, however it ends. */
const running = new Set<ChildProcess>();
process.on('exit', () => running.forEach((child) => child.kill('SIGKILL')));

export interface ProgramOptions {
  readonly command: string;
  readonly args: readonly string[];
  /** Everything it prints goes here, over all its lives. */
  readonly log: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly folder: string;
}

/** A program of the world, which can be started, killed, frozen and started again. */
export class Program {
  private child: ChildProcess | undefined;
  private frozen = false;

  constructor(private readonly options: ProgramOptions) {
    mkdirSync(dirname(options.log), { recursive: true });
  }

  get isRunning(): boolean {
    return this.child !== undefined && this.child.exitCode === null && this.child.signalCode === null;
  }

  get isFrozen(): boolean {
    return this.frozen;
  }

  /** Starts it. `ended` is called when it ends by itself, not when it is stopped from here. */
  start(ended: (how: string) => void = () => undefined): void {
    if (this.isRunning) return;
    const { command, args, env, folder, log } = this.options;
    const child = spawn(command, args, { cwd: folder, env: env ?? process.env, stdio: ['ignore', 'pipe', 'pipe'] });
    const output = createWriteStream(log, { flags: 'a' });
    child.stdout.pipe(output, { end: false });
    child.stderr.pipe(output, { end: false });
    running.add(child);
    this.child = child;
    child.once('error', (error) => ended(error.message));
    child.once('close', (code, signal) => {
      running.delete(child);
      output.end();
      if (this.child === child) ended(signal ?? `code ${code}`);
    });
  }

  async stop(signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
    const { child } = this;
    if (!child || !this.isRunning) return;
    this.child = undefined;
    const closed = once(child, 'close');
    child.kill(signal);
    if (this.frozen && signal !== 'SIGKILL') child.kill('SIGCONT');
    this.frozen = false;
    await closed;
  }

  freeze(): void {
    this.frozen = this.child?.kill('SIGSTOP') ?? false;
  }

  thaw(): void {
    this.child?.kill('SIGCONT');
    this.frozen = false;
  }
}

/** A port that nobody uses at this moment. */
export async function freePort(): Promise<number> {
  const probe = createServer();
  probe.listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}
