import { setTimeout as sleep } from 'node:timers/promises';
import WebSocket from 'ws';

const TIMEOUT_MS = 30_000;
const PAUSE_MS = 300;

/** One connection that speaks just enough Socket.IO (protocol 5, websocket only) to cost little itself. */
export class Connection {
  /** @param {(event: string, packet: string) => void} hear gets events as text; whoever cares parses them */
  constructor(url, token, hear) {
    this.url = `${url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`;
    this.token = token;
    this.hear = hear;
    this.answers = new Map();
    this.nextId = 0;
  }

  /** Tries again when it is refused for now, as pages do. */
  async open() {
    const deadline = performance.now() + TIMEOUT_MS;
    for (;;) {
      const refusal = await this.tryOpen();
      if (!refusal) return;
      this.close();
      if (performance.now() > deadline) throw new Error(`No connection: ${refusal}`);
      await sleep(PAUSE_MS * (0.5 + Math.random()));
    }
  }

  /** Resolves to the refusal, or to nothing once connected. */
  tryOpen() {
    return new Promise((resolve) => {
      this.socket = new WebSocket(this.url, { perMessageDeflate: false });
      this.socket.on('error', (error) => resolve(error.message));
      this.socket.on('message', (data) => {
        const packet = data.toString();
        if (packet.startsWith('40')) resolve();
        else if (packet.startsWith('44')) resolve(packet);
        else this.receive(packet);
      });
    });
  }

  receive(packet) {
    if (packet[0] === '0') this.socket.send(`40${JSON.stringify({ token: this.token })}`);
    else if (packet[0] === '2') this.socket.send('3');
    else if (packet.startsWith('43')) this.answer(packet);
    else if (packet.startsWith('42')) this.hear(packet.slice(4, packet.indexOf('"', 4)), packet);
  }

  answer(packet) {
    const start = packet.indexOf('[');
    const id = Number(packet.slice(2, start));
    this.answers.get(id)?.(packet.slice(start));
    this.answers.delete(id);
  }

  /** Sends an event; the answer stays text. */
  ask(event, request) {
    return new Promise((resolve) => {
      const id = this.nextId++;
      this.answers.set(id, resolve);
      this.socket.send(`42${id}${JSON.stringify([event, request])}`);
    });
  }

  close() {
    this.socket.terminate();
  }
}
