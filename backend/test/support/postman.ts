import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import { until } from './until';

export interface Delivered {
  recipients: string[];
  /** Unfolded, without the body. */
  headers: string;
  source: string;
  connection: string;
}

/** `cut` takes the mail and loses the connection before it says so. */
export type Manner = 'take' | 'refuse for now' | 'refuse' | 'refuse the recipient' | 'hang' | 'drop' | 'cut';

type Done = (error?: Error | null) => void;

const refusal = (responseCode: number, text: string): Error => Object.assign(new Error(text), { responseCode });

/** A real mail server that keeps what it takes, and misbehaves as it is told to. */
export class Postman {
  /** What it has taken responsibility for. */
  readonly delivered: Delivered[] = [];
  /** All that came to it whole, whatever became of it. */
  readonly seen: Delivered[] = [];
  manner: Manner = 'take';
  /** Behaves so that often, and then takes mails again. */
  times = Infinity;
  private readonly hanging: (() => void)[] = [];
  private readonly server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    logger: false,
    onRcptTo: (_address, _session, done) => {
      if (this.manner !== 'refuse the recipient') return done();
      this.next();
      done(refusal(550, 'No such mailbox'));
    },
    onData: (stream, session, done) => this.take(stream, session, done),
  });

  async listen(): Promise<string> {
    // A client that breaks off is what some tests are about.
    this.server.on('error', () => undefined);
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `smtp://127.0.0.1:${(this.server.server.address() as AddressInfo).port}`;
  }

  close(): Promise<void> {
    this.release();
    return new Promise((resolve) => this.server.close(resolve));
  }

  behave(manner: Manner, times = Infinity): void {
    this.manner = manner;
    this.times = times;
  }

  get hangs(): number {
    return this.hanging.length;
  }

  /** So many are open, whatever their clients do with them. */
  get connections(): number {
    return this.server.connections.size;
  }

  /** Ends all connections that hang. */
  release(): void {
    for (const end of this.hanging.splice(0)) end();
  }

  to(recipient: string): Delivered[] {
    return this.delivered.filter(({ recipients }) => recipients.includes(recipient));
  }

  /** The only mail to somebody, once it is there. */
  async mailTo(recipient: string): Promise<Delivered> {
    await until(`a mail to ${recipient}`, () => this.to(recipient).length > 0);
    return this.to(recipient)[0];
  }

  private next(): Manner {
    const { manner } = this;
    this.times -= 1;
    if (this.times === 0) this.behave('take');
    return manner;
  }

  private take(stream: SMTPServerDataStream, session: SMTPServerSession, done: Done): void {
    const chunks: Buffer[] = [];
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    stream.on('end', () => {
      const mail = read(Buffer.concat(chunks).toString(), session);
      this.seen.push(mail);
      const manner = this.next();
      if (manner === 'refuse for now') return done(refusal(451, 'Try again later'));
      if (manner === 'refuse') return done(refusal(554, 'We do not want this'));
      if (manner === 'hang') return void this.hanging.push(() => this.cutOff(session));
      if (manner === 'drop') return this.cutOff(session);
      this.delivered.push(mail);
      if (manner === 'cut') return this.cutOff(session);
      done();
    });
  }

  private cutOff({ id }: SMTPServerSession): void {
    for (const connection of this.server.connections as Set<{ id: string; _socket: { destroy(): void } }>)
      if (connection.id === id) connection._socket.destroy();
  }
}

function read(source: string, { id, envelope }: SMTPServerSession): Delivered {
  const headers = source.split('\r\n\r\n')[0].replaceAll(/\r\n[ \t]+/g, ' ');
  return { recipients: envelope.rcptTo.map(({ address }) => address), headers, source, connection: id };
}

/** One header of a mail, unfolded. */
export const headerOf = ({ headers }: Delivered, name: string): string | undefined =>
  new RegExp(`^${name}: (.*)$`, 'mi').exec(headers)?.[1];
