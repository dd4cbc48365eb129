import { Injectable, Logger, type OnApplicationShutdown, type OnModuleDestroy } from '@nestjs/common';
import { createTransport, type SendMailOptions, type Transporter } from 'nodemailer';
import type SMTPPool from 'nodemailer/lib/smtp-pool';
import { traced } from '../common';
import { Settings } from '../config';
import { Hopeless } from '../outbox';

/** So many connections are kept open, and so many mails are under way at once. */
export const SMTP_CONNECTIONS = 5;
const CONNECT_MS = 10_000;
const SILENCE_MS = 20_000;
/** Within the lease of a job, however the mail server behaves. */
const LONGEST_MS = 40_000;
/** What is under way when the server stops may still end. */
const GRACE_MS = 5_000;

class NoTransport extends Error {
  override readonly message = 'There is no mail server.';
}

/** Hands mails to the mail server over a few connections that stay open, and never waits longer than a lease lasts. */
@Injectable()
export class SmtpDelivery implements OnModuleDestroy, OnApplicationShutdown {
  private readonly logger = new Logger(SmtpDelivery.name);
  private readonly transport: Transporter<SMTPPool.SentMessageInfo> | undefined;
  private readonly stopped = new AbortController();
  private graceTimer: NodeJS.Timeout | undefined;

  constructor(settings: Settings) {
    if (!settings.smtpUrl) return;
    this.transport = createTransport({
      url: settings.smtpUrl,
      pool: true,
      maxConnections: SMTP_CONNECTIONS,
      connectionTimeout: CONNECT_MS,
      greetingTimeout: CONNECT_MS,
      dnsTimeout: CONNECT_MS,
      socketTimeout: SILENCE_MS,
    });
    this.transport.on('error', (error: Error) => this.logger.warn({ err: error }, 'The mail connection failed'));
  }

  /** Without a mail server mails are kept. */
  get isSetUp(): boolean {
    return this.transport !== undefined;
  }

  onModuleDestroy(): void {
    this.graceTimer = setTimeout(() => this.stopped.abort(), GRACE_MS);
  }

  onApplicationShutdown(): void {
    clearTimeout(this.graceTimer);
    this.transport?.close();
  }

  /** Throws when the mail server cannot be reached or does not let us in. */
  async verify(): Promise<void> {
    const { transport } = this;
    if (!transport) throw new NoTransport();
    await this.inTime(() => transport.verify());
  }

  /** Resolves with what the mail server answered. Throws Hopeless when the mail server refused this very mail for good. */
  async send(mail: SendMailOptions): Promise<string> {
    const { transport } = this;
    if (!transport) throw new NoTransport();
    const harmless = { disableFileAccess: true, disableUrlAccess: true };
    try {
      const sent = await traced(
        () => ({ name: 'mail send', kind: 'client' }),
        () => this.inTime((signal) => transport.sendMail({ ...mail, ...harmless, signal })),
      );
      return sent.response;
    } catch (error) {
      throw isRefusedForGood(error) ? new Hopeless(error) : error;
    }
  }

  /** The signal ends what was given up, so that it neither keeps its connection nor goes out after all. */
  private inTime<Result>(work: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
    const { signal: stop } = this.stopped;
    const ending = new AbortController();
    return new Promise((resolve, reject) => {
      const giveUp = (): void => {
        reject(new Error('The mail server did not answer in time.'));
        ending.abort();
      };
      const timer = setTimeout(giveUp, LONGEST_MS).unref();
      stop.addEventListener('abort', giveUp, { once: true });
      work(ending.signal)
        .then(resolve, reject)
        .finally(() => {
          clearTimeout(timer);
          stop.removeEventListener('abort', giveUp);
        });
    });
  }
}

/** A 5xx about the recipient or the content stays one; about the connection or the sign-in it is ours to mend. */
const isRefusedForGood = (error: unknown): error is Error => {
  const { code, responseCode = 0 } = error as { code?: string; responseCode?: number };
  return error instanceof Error && (code === 'EENVELOPE' || code === 'EMESSAGE') && responseCode >= 500;
};
