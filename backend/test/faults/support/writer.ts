import { setTimeout as sleep } from 'node:timers/promises';
import type { Socket } from 'socket.io-client';
import { newId } from '../../../src/common';
import { until } from '../../support/until';

const EVERY_MS = 200;
const ANSWER_MS = 2_000;
const PATIENCE_MS = 17_000;

export interface Sent {
  clientMsgId: string;
  seq: number;
  id: string;
}

/** Sends one message after another, and each again under the same id until it is answered. */
export class Writer {
  readonly acknowledged: Sent[] = [];
  private isStopped = false;
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly socket: Socket,
    private readonly ticketId: number,
    private readonly name: string,
    /** How long a message may stay without an answer. */
    private readonly patienceMs = PATIENCE_MS,
  ) {}

  start(): void {
    this.isStopped = false;
    this.running = this.write();
  }

  /** The message under way is still seen through. */
  async stop(): Promise<void> {
    this.isStopped = true;
    await this.running;
  }

  private async write(): Promise<void> {
    while (!this.isStopped) {
      const next = sleep(EVERY_MS);
      await this.send({ clientMsgId: newId(), kind: 'chat', body: `${this.name} ${this.acknowledged.length}` });
      await next;
    }
  }

  private send(message: { clientMsgId: string; kind: string; body: string }): Promise<unknown> {
    return until(
      'the message is acknowledged',
      async () => {
        const answer = await this.attempt({ ticketId: this.ticketId, ...message });
        if (!answer?.ok) return false;
        const { seq, message: stored } = answer;
        this.acknowledged.push({ clientMsgId: message.clientMsgId, seq, id: stored.id });
        return true;
      },
      this.patienceMs,
    );
  }

  private attempt(payload: object): Promise<{ ok: boolean; seq: number; message: { id: string } } | undefined> {
    return this.socket
      .timeout(ANSWER_MS)
      .emitWithAck('message:send', payload)
      .catch(() => undefined) as ReturnType<Writer['attempt']>;
  }
}
