import type { EventEmitter } from 'node:events';
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import type { Connection, PoolConnection } from 'mysql2';
import { FailureLog } from '../common';

const LOOK_EVERY_MS = 250;
/** A statement unanswered for so long makes us ask what is going on. */
const SUSPECT_MS = 1_000;
/** A server that is there answers a new connection within this time. */
const ASK_MS = 900;
/** Lower numbers are those of the operating system. */
const FIRST_SERVER_ERROR = 1_000;
/** A connection that was answered within this time is alive, whatever else is silent. */
const RECENT_MS = 500;
/** An answer that left before we asked has arrived after so long. */
const UNDER_WAY_MS = 100;

interface Activity {
  /** Statements without an answer yet. */
  open: number;
  /** When the connection was last heard of, or began to wait. */
  since: number;
}

interface Thread {
  Id: number;
  Command: string;
}

type IsAtWork = (thread: number | null) => boolean;

type Send = (...args: unknown[]) => EventEmitter;

/** The server did not answer on this connection any more; the outcome of its last statement is unknown. */
class ConnectionSilent extends Error {
  readonly code = 'ETIMEDOUT';
  constructor() {
    super('The database does not answer.');
  }
}

/**
 * Ends connections on which the server has fallen silent, so that whoever waits for an answer gets an error in time. A
 * statement that merely takes long is left alone: when one has run for a while, the server is asked over a connection of
 * its own whether it is still at work on it.
 */
export class SilenceWatch {
  private readonly connections = new Map<PoolConnection, Activity>();
  private readonly log = new FailureLog(new Logger('Database'), 'The database does not answer');
  private readonly timer = setInterval(() => void this.look(), LOOK_EVERY_MS).unref();
  private isAsking = false;
  private heardAt = 0;

  constructor(private readonly connect: () => Connection) {}

  /** How long the server has not been heard of on any connection. */
  get silentMs(): number {
    return Date.now() - this.heardAt;
  }

  stop(): void {
    clearInterval(this.timer);
  }

  add(connection: PoolConnection): void {
    const activity = { open: 0, since: (this.heardAt = Date.now()) };
    this.connections.set(connection, activity);
    socketOf(connection).once('close', () => this.connections.delete(connection));
    for (const method of ['query', 'execute'] as const) {
      const send = (connection[method] as unknown as Send).bind(connection);
      const watched: Send = (...args) => {
        if (!activity.open) activity.since = Date.now();
        const command = send(...args);
        activity.open += 1;
        return command.once('end', () => {
          activity.open -= 1;
          activity.since = this.heardAt = Date.now();
        });
      };
      Object.assign(connection, { [method]: watched });
    }
  }

  private async look(): Promise<void> {
    const suspects = [...this.connections].filter(([, { open, since }]) => open && Date.now() - since > SUSPECT_MS);
    if (!suspects.length || this.isAsking) return;
    this.isAsking = true;
    try {
      const isAtWork = await askForThreads(this.connect());
      if (isAtWork)
        await this.endIdle(new Map(suspects.map(([connection, { since }]) => [connection, since])), isAtWork);
      else this.endSilent();
    } finally {
      this.isAsking = false;
    }
  }

  /** The server is there: what it is not at work on will never be answered. */
  private async endIdle(seen: Map<PoolConnection, number>, isAtWork: IsAtWork): Promise<void> {
    await sleep(UNDER_WAY_MS);
    this.log.succeeded();
    for (const [connection, since] of seen) {
      const activity = this.connections.get(connection);
      if (activity?.since !== since) continue;
      if (isAtWork(connection.threadId)) activity.since = Date.now();
      else end(connection);
    }
  }

  /** The server is away: whatever has not been answered lately goes, and nobody is handed a dead connection later. */
  private endSilent(): void {
    this.log.failed(new ConnectionSilent());
    const recently = Date.now() - RECENT_MS;
    for (const [connection, { since }] of this.connections) if (since < recently) end(connection);
  }
}

/** mysql2 keeps its socket to itself; ending it like a broken network is the way to have all callers told. */
const socketOf = (connection: Connection): Socket => (connection as unknown as { stream: Socket }).stream;

function end(connection: Connection): void {
  socketOf(connection).destroy(new ConnectionSilent());
}

/** Asks the server which of its threads work on a statement; undefined when it does not answer in time. */
async function askForThreads(connection: Connection): Promise<IsAtWork | undefined> {
  const answer = new Promise<IsAtWork | undefined>((resolve) => {
    connection.on('error', () => resolve(undefined));
    connection.query('SHOW PROCESSLIST', (error, rows) => resolve(judged(error, rows as Thread[])));
  });
  const patience = new AbortController();
  const tooLate = sleep(ASK_MS, undefined, { signal: patience.signal, ref: false }).catch(() => undefined);
  const isAtWork = await Promise.race([answer, tooLate]);
  patience.abort();
  if (isAtWork) connection.end();
  else end(connection);
  return isAtWork;
}

/** A server that refuses us, because it has too many connections for example, is there; what it is at is not known. */
function judged(error: { errno?: number } | null, threads: Thread[]): IsAtWork | undefined {
  if (error) return (error.errno ?? 0) >= FIRST_SERVER_ERROR ? () => true : undefined;
  const atWork = new Set(threads.filter(({ Command }) => Command !== 'Sleep').map(({ Id }) => Number(Id)));
  return (thread) => atWork.has(thread ?? 0);
}
