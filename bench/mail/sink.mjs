import { setTimeout as sleep } from 'node:timers/promises';
import { SMTPServer } from 'smtp-server';

const QUIET_MS = 2_000;
const LONGEST_MS = 240_000;
/** Where quoted-printable text goes on in the next line. */
const SOFT_BREAK = '=\r\n';
const MEASURED = /measured-[\da-f-]{36}/;

/** A mail server that takes everything at once, or answers nothing, and notes when each measured text came. */
export class MailSink {
  /** When a text came first, by the text. */
  at = new Map();
  lastAt = performance.now();
  isHanging = false;
  #waiting = [];
  #server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    logger: false,
    onData: (stream, _session, done) => {
      let text = '';
      stream.on('data', (bytes) => (text += bytes));
      stream.on('end', () => (this.isHanging ? this.#waiting.push(done) : this.#take(text, done)));
    },
  });

  static async listen() {
    const sink = new MailSink();
    // Senders that lose patience break off.
    sink.#server.on('error', () => undefined);
    await new Promise((resolve) => sink.#server.listen(0, '127.0.0.1', resolve));
    return sink;
  }

  get url() {
    return `smtp://127.0.0.1:${this.#server.server.address().port}`;
  }

  /** Takes mails again; what hangs is refused for now. */
  release() {
    this.isHanging = false;
    const error = Object.assign(new Error('Try again later'), { responseCode: 451 });
    for (const done of this.#waiting.splice(0)) done(error);
  }

  /** Nothing has come for a while. */
  async isQuiet() {
    while (performance.now() - this.lastAt < QUIET_MS) await sleep(100);
  }

  /** All of these texts have come. */
  async holds(texts) {
    const end = performance.now() + LONGEST_MS;
    while ([...texts.keys()].some((text) => !this.at.has(text))) {
      if (performance.now() > end) throw new Error('Mails did not come.');
      await sleep(20);
    }
  }

  close() {
    this.release();
    return new Promise((resolve) => this.#server.close(resolve));
  }

  #take(text, done) {
    this.lastAt = performance.now();
    const [measured] = MEASURED.exec(text.replaceAll(SOFT_BREAK, '')) ?? [];
    if (measured && !this.at.has(measured)) this.at.set(measured, this.lastAt);
    done();
  }
}
