import { Agent, request, type IncomingHttpHeaders, type OutgoingHttpHeaders } from 'node:http';

/** A request as it goes over the wire; nothing is made well-formed on the way. */
export interface WireRequest {
  method: string;
  path: string;
  headers: OutgoingHttpHeaders;
  body?: string | Buffer;
}

export interface WireAnswer {
  status: number;
  headers: IncomingHttpHeaders;
  bytes: Buffer;
  tookMs: number;
}

/** Speaks HTTP over connections that are kept, without looking at what it sends. */
export class Wire {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 2 });

  constructor(private readonly origin: () => string) {}

  send({ method, path, headers, body }: WireRequest): Promise<WireAnswer> {
    const started = performance.now();
    const { hostname, port } = new URL(this.origin());
    return new Promise((resolve, reject) => {
      const length = body === undefined ? {} : { 'content-length': Buffer.byteLength(body) };
      const sent = request({ agent: this.agent, hostname, port, method, path, headers: { ...headers, ...length } });
      sent.on('error', reject);
      sent.on('response', (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('error', reject);
        answer.on('end', () =>
          resolve({
            status: answer.statusCode ?? 0,
            headers: answer.headers,
            bytes: Buffer.concat(chunks),
            tookMs: performance.now() - started,
          }),
        );
      });
      sent.end(body);
    });
  }

  close(): void {
    this.agent.destroy();
  }
}
