import { Alarm, Timers } from './timers';
import type { LiveTransport, MessageTransport, RestTransport } from './transport';

/** How long the socket may take to come up at first, and to come back, before REST is used in its place. */
const FIRST_CONNECT_MS = 1_500;
const RECONNECT_MS = 3_000;

export interface Way {
  readonly name: 'live' | 'rest';
  readonly transport: MessageTransport;
}

/** Chooses how messages go to the server: by the socket if it can be used, else by REST. */
export class Route {
  private readonly patience: Alarm;
  private restAllowed = false;
  /** The socket calls itself connected, but an answer did not come. */
  private doubted = false;
  private stopListening: (() => void) | null = null;

  constructor(
    private readonly live: LiveTransport,
    private readonly rest: RestTransport,
    timers: Timers,
    private readonly opened: () => void,
  ) {
    this.patience = new Alarm(timers);
  }

  start(): void {
    this.stopListening = this.live.onConnection((connected) => (connected ? this.connected() : this.lost()));
    if (!this.live.connected) this.allowRestAfter(FIRST_CONNECT_MS);
  }

  stop(): void {
    this.patience.cancel();
    this.stopListening?.();
    this.stopListening = null;
  }

  /** Null while there is no way to be tried. */
  get way(): Way | null {
    if (this.live.connected && !this.doubted) return { name: 'live', transport: this.live };
    if (this.restAllowed || this.doubted) return { name: 'rest', transport: this.rest };
    return null;
  }

  /** An answer was due on this way and did not come: the other one is tried next. */
  doubt(name: Way['name']): void {
    this.doubted = name === 'live';
  }

  private connected(): void {
    this.patience.cancel();
    this.restAllowed = false;
    this.doubted = false;
    this.opened();
  }

  private lost(): void {
    this.doubted = false;
    if (!this.restAllowed) this.allowRestAfter(RECONNECT_MS);
  }

  private allowRestAfter(ms: number): void {
    this.patience.arm(ms, () => {
      this.restAllowed = true;
      this.opened();
    });
  }
}
