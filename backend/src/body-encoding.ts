import { isUtf8 } from 'node:buffer';
import type { IncomingMessage, ServerResponse } from 'node:http';

/** JSON is UTF-8 (RFC 8259); of anything else the parser would store something other than what was meant. */
export function assertUtf8(_request: IncomingMessage, _response: ServerResponse, body: Buffer, charset: string): void {
  if (charset !== 'utf-8') throw refusal(415, 'The charset of JSON is UTF-8.');
  if (!isUtf8(body)) throw refusal(400, 'The body is not UTF-8.');
}

/** In the form that the body parser hands on. */
const refusal = (status: number, message: string): Error => Object.assign(new Error(message), { status, expose: true });
