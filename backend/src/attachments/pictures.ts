import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { Semaphore, Unavailable } from '../common';
import { isDiskFull, noSpace, tooLarge, wrongContent } from './attachment.errors';
import type { ReceivedFile } from './file-receiver';
import { DecoderLost, DecoderMissing, PictureDecoder } from './picture-decoder';
import { pictureSize } from './picture-size';
import {
  MAX_PIXELS,
  MAX_RESIDENT_BYTES,
  type CleanPicture,
  type PictureAnswer,
  type PictureTask,
} from './picture-task';

/** Decoders at once: each takes one core and memory by the pixel. */
const DECODERS = 2;
/** Pictures that wait for one; whoever comes then is told to try again. */
const QUEUE = 40;
const MAX_MS = 20_000;
/** A decoder that nobody needs gives its memory back. */
const IDLE_MS = 30_000;
/** Allocators keep what they once had: a fresh process is smaller. */
const TASKS_OF_A_DECODER = 200;

/** Where the clean picture and the small one are to be written. */
export type PicturePlaces = Pick<PictureTask, 'output' | 'thumbnail'>;

interface Idle {
  readonly decoder: PictureDecoder;
  /** How many pictures it has decoded. */
  readonly done: number;
  readonly timer: NodeJS.Timeout;
}

/**
 * Makes pictures harmless: decoded, turned upright and encoded anew, without metadata and whatever else was hidden in
 * the file. That happens in processes of their own, started when first needed.
 */
@Injectable()
export class Pictures implements OnApplicationShutdown {
  private readonly logger = new Logger(Pictures.name);
  private readonly line = new Semaphore(DECODERS, QUEUE);
  private readonly all = new Set<PictureDecoder>();
  private readonly idle: Idle[] = [];
  private isStopped = false;

  onApplicationShutdown(): void {
    this.isStopped = true;
    for (const { timer } of this.idle) clearTimeout(timer);
    for (const decoder of this.all) decoder.end();
  }

  /** By the header alone, before anything is decoded or waits to be. */
  async assertDecodable(file: ReceivedFile): Promise<void> {
    const size = await pictureSize(file.path, file.mediaType);
    if (!size) throw broken(file, 'The header is broken.');
    if (size.width * size.height <= MAX_PIXELS) return;
    const rule = `has too many pixels. A picture may have up to ${MAX_PIXELS / 1e6} million`;
    throw tooLarge(file.field, file.filename, rule);
  }

  /** Whatever it throws, something may lie at the places. */
  async clean(file: ReceivedFile, places: PicturePlaces): Promise<CleanPicture> {
    const { path: input, mediaType } = file;
    const task = { input, mediaType, ...places, maxResidentBytes: MAX_RESIDENT_BYTES };
    const answer = await this.line.run(() => this.answerTo(task, file));
    if (answer.outcome === 'clean') return answer;
    if (answer.outcome === 'broken') throw broken(file, answer.reason);
    const cause = Object.assign(new Error(answer.reason), { code: answer.code });
    throw isDiskFull(cause) ? noSpace(cause) : new Unavailable(cause);
  }

  /** A decoder that is lost may have been the victim of something else: only the second time it is the picture. */
  private async answerTo(task: PictureTask, file: ReceivedFile): Promise<PictureAnswer> {
    for (let isLast = false; ; isLast = true) {
      try {
        return await this.attempt(task);
      } catch (error) {
        if (!(error instanceof DecoderLost)) throw error;
        this.logger.warn({ err: error, mediaType: file.mediaType, size: file.size }, 'A decoder of pictures was lost');
        if (error.isPicturesFault) throw tooLarge(file.field, file.filename, 'takes too much time or memory to open');
        if (isLast) throw broken(file, error.message);
      }
    }
  }

  private async attempt(task: PictureTask): Promise<PictureAnswer> {
    if (this.isStopped) throw new Unavailable();
    const { decoder, done } = this.take();
    try {
      const answer = await decoder.run(task, MAX_MS);
      this.giveBack(decoder, done + 1);
      return answer;
    } catch (error) {
      this.retire(decoder);
      throw error instanceof DecoderMissing ? new Unavailable(error) : error;
    }
  }

  private take(): Pick<Idle, 'decoder' | 'done'> {
    for (let found = this.idle.pop(); found; found = this.idle.pop()) {
      clearTimeout(found.timer);
      if (found.decoder.isAlive) return found;
      this.all.delete(found.decoder);
    }
    const decoder = new PictureDecoder();
    this.all.add(decoder);
    return { decoder, done: 0 };
  }

  private giveBack(decoder: PictureDecoder, done: number): void {
    if (done >= TASKS_OF_A_DECODER) return this.retire(decoder);
    const timer = setTimeout(() => {
      this.idle.splice(this.idle.indexOf(idle), 1);
      this.retire(decoder);
    }, IDLE_MS).unref();
    const idle = { decoder, done, timer };
    this.idle.push(idle);
  }

  private retire(decoder: PictureDecoder): void {
    this.all.delete(decoder);
    decoder.end();
  }
}

const broken = (file: ReceivedFile, reason: string): Error =>
  Object.assign(wrongContent(file.field, file.filename, 'cannot be opened; it seems to be damaged'), {
    cause: new Error(reason),
  });
