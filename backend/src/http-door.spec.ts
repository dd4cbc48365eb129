import { once } from 'node:events';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { inGoodTime } from './http-door';

const PATIENCE_MS = 150;

describe('a body that trickles in', () => {
  let server: Server;
  let readBodies = 0;
  beforeEach(async () => {
    readBodies = 0;
    const app = express();
    app.use(inGoodTime(PATIENCE_MS));
    app.use((incoming, response) => {
      incoming.resume();
      incoming.on('end', () => {
        readBodies += 1;
        response.send('read');
      });
    });
    server = createServer(app).listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  afterEach(() => server.close());

  /** Sends a character now and then, and tells what comes back meanwhile. */
  async function trickle(type: string, times: number): Promise<{ status: number; text: string }> {
    const { port } = server.address() as AddressInfo;
    const sent = request({ port, method: 'POST', headers: { 'content-type': type, 'content-length': times } });
    sent.on('error', () => undefined);
    let left = times;
    const timer = setInterval(() => {
      if (left > 0) sent.write('x');
      left -= 1;
    }, 50);
    const [answer] = (await once(sent, 'response')) as [NodeJS.ReadableStream & { statusCode: number }];
    clearInterval(timer);
    let text = '';
    for await (const chunk of answer) text += String(chunk);
    return { status: answer.statusCode, text };
  }

  it('is given up', async () => {
    const { status, text } = await trickle('application/json', 60);
    expect(status).toBe(408);
    expect(JSON.parse(text)).toMatchObject({ status: 408, code: 'request-timeout', title: 'Request timeout' });
    expect(readBodies).toBe(0);
  });

  it('is waited for when it brings files, and when it comes to its end', async () => {
    expect(await trickle('multipart/form-data; boundary=x', 8)).toEqual({ status: 200, text: 'read' });
    expect(await trickle('application/json', 1)).toEqual({ status: 200, text: 'read' });
  });
});
