import type { Person } from '../../support/api-client';

const SEPARATOR = '\x1e';
const MESSAGE = '4';
const CONNECT = '40';
const EVENT = '42';

/** A page over long polling that speaks the bare protocol, and receives only when a test says so. */
export class PollingPage {
  private asked = 0;

  private constructor(private readonly url: string) {}

  static async open(origin: string, person: Person): Promise<PollingPage> {
    const base = `${origin}/socket.io/?EIO=4&transport=polling`;
    const [open] = await packets(await fetch(base));
    const { sid } = JSON.parse(open.slice(1)) as { sid: string };
    const page = new PollingPage(`${base}&sid=${sid}`);
    await page.post(`${CONNECT}${JSON.stringify({ token: person.signIn.accessToken })}`);
    await page.poll();
    return page;
  }

  /** Everything that waits, or the next thing that comes. */
  async poll(): Promise<string[]> {
    return packets(await fetch(this.url));
  }

  async post(body: string): Promise<number> {
    return (await fetch(this.url, { method: 'POST', body })).status;
  }

  /** Sends an event and polls until its answer is there. */
  async ask(event: string, payload: unknown): Promise<unknown> {
    this.asked += 1;
    await this.post(`${EVENT}${this.asked}${JSON.stringify([event, payload])}`);
    const prefix = `${MESSAGE}3${this.asked}`;
    for (;;) {
      const answer = (await this.poll()).find((packet) => packet.startsWith(prefix));
      if (answer) return (JSON.parse(answer.slice(prefix.length)) as unknown[])[0];
    }
  }
}

const packets = async (response: Response): Promise<string[]> => (await response.text()).split(SEPARATOR);
