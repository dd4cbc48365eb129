import { createReadStream } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { Logger } from '@nestjs/common';
import { Semaphore, Unavailable } from '../common';
import type { ClamdAddress } from '../config';
import { infected } from './attachment.errors';
import type { ReceivedFile } from './file-receiver';
import { VirusScanner } from './virus-scanner';

/** For the whole of a scan: somebody waits. */
const MAX_MS = 10_000;
/** clamd itself serves ten at once by default. */
const AT_ONCE = 4;
const QUEUE = 40;
const MAX_ANSWER = 1_000;
const CLEAN = /^stream: OK$/;
const FOUND = /^stream: (.+) FOUND$/;

/** Asks clamd with INSTREAM: the bytes go over the connection, so it may run elsewhere and needs no access to files. */
export class ClamdScanner extends VirusScanner {
  private readonly logger = new Logger(ClamdScanner.name);
  private readonly line = new Semaphore(AT_ONCE, QUEUE);

  constructor(private readonly address: ClamdAddress) {
    super();
  }

  /** Anything but a clear answer means that nobody looked. */
  async assertClean(file: ReceivedFile): Promise<void> {
    const answer = await this.line.run(() => this.ask(file.path));
    if (CLEAN.test(answer)) return;
    const virus = FOUND.exec(answer)?.[1];
    if (!virus) throw new Unavailable(new Error(`clamd answered: ${JSON.stringify(answer)}`));
    this.logger.warn({ virus, sha256: file.sha256, mediaType: file.mediaType }, 'A virus was found in an upload');
    throw infected(file.field, file.filename);
  }

  private async ask(path: string): Promise<string> {
    const socket = connect(this.address);
    const tooLate = setTimeout(() => socket.destroy(new Error(`clamd took longer than ${MAX_MS} ms.`)), MAX_MS);
    try {
      const answer = answerOn(socket);
      sendTo(socket, path).catch((error: Error) => socket.destroy(error));
      return await answer;
    } catch (error) {
      throw new Unavailable(error);
    } finally {
      clearTimeout(tooLate);
      socket.destroy();
    }
  }
}

/** Each piece behind its length, and one of length nought at the end. */
async function sendTo(socket: Socket, path: string): Promise<void> {
  socket.write('zINSTREAM\0');
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    await written(socket, lengthOf(chunk.length));
    await written(socket, chunk);
  }
  await written(socket, lengthOf(0));
}

const lengthOf = (length: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(length);
  return bytes;
};

const written = (socket: Socket, bytes: Buffer): Promise<void> =>
  new Promise((resolve, reject) => socket.write(bytes, (error) => (error ? reject(error) : resolve())));

/** What comes until the first NUL, or the end. */
async function answerOn(socket: Socket): Promise<string> {
  let answer = '';
  for await (const chunk of socket as AsyncIterable<Buffer>) {
    answer += chunk.toString('utf8');
    if (answer.includes('\0') || answer.length > MAX_ANSWER) break;
  }
  return answer.split('\0')[0].slice(0, MAX_ANSWER);
}
