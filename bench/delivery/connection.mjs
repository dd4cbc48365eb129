import WebSocket from 'ws';

const TIMEOUT_MS = 30_000;

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

  open() {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error('No connection.')), TIMEOUT_MS);
      this.socket = new WebSocket(this.url, { perMessageDeflate: false });
      this.socket.on('error', reject);
      this.socket.on('message', (data) => {
        const packet = data.toString();
        if (packet.startsWith('40')) resolve(clearTimeout(timer));
        else if (packet.startsWith('44')) reject(new Error(packet));
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
