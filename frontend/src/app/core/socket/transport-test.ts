import { Injectable, inject } from '@angular/core';

import { Session } from '../session/session';

const PATIENCE_MS = 10_000;

/** The two ways a socket takes: `websocket` at once, `polling` where a network lets no websocket through. */
export type SocketTransport = 'websocket' | 'polling';

/** Opens a socket of its own in one way alone, through whatever stands between this browser and the server. */
@Injectable({ providedIn: 'root' })
export class TransportTest {
  private readonly session = inject(Session);

  /** Resolves with the milliseconds until the socket was open; rejects with the reason in a sentence. */
  async open(transport: SocketTransport): Promise<number> {
    const { io } = await import('socket.io-client');
    const begin = performance.now();
    const socket = io({
      transports: [transport],
      forceNew: true,
      reconnection: false,
      upgrade: false,
      timeout: PATIENCE_MS,
      auth: { token: this.session.accessToken() },
    });
    try {
      await new Promise<void>((resolve, reject) => {
        socket.once('connect', resolve);
        socket.once('connect_error', reject);
      });
      return Math.ceil(performance.now() - begin);
    } finally {
      // Leaving the namespace first would make the server hang up before a poll can say goodbye.
      socket.io.engine.close();
    }
  }
}
