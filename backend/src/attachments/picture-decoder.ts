import { fork, type ChildProcess } from 'node:child_process';
import { TOO_MUCH_MEMORY, type PictureAnswer, type PictureTask } from './picture-task';

/**
 * Nothing that the server knows, and for its memory what suits pictures: one heap, and large pieces that go back to the
 * system when they are free. Without it a decoder keeps three times as much.
 */
const ENVIRONMENT = {
  MALLOC_ARENA_MAX: '1',
  MALLOC_MMAP_THRESHOLD_: '131072',
  MALLOC_TRIM_THRESHOLD_: '131072',
};

/** The system starts no further process now. */
export class DecoderMissing extends Error {}

/** A decoder ended before it answered. */
export class DecoderLost extends Error {
  /** @param isPicturesFault it took too long or too much memory: another attempt would as well */
  constructor(
    message: string,
    readonly isPicturesFault: boolean,
  ) {
    super(message);
  }
}

/** One decoder process, which does one task at a time. */
export class PictureDecoder {
  private readonly process: ChildProcess;

  constructor() {
    this.process = fork(require.resolve('./picture-process'), {
      env: ENVIRONMENT,
      execArgv: process.execArgv,
      serialization: 'json',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    // Told to whoever waits for an answer; there is nobody else to tell.
    this.process.on('error', () => undefined);
  }

  /** Unset when the system started none. */
  get pid(): number | undefined {
    return this.process.pid;
  }

  get isAlive(): boolean {
    return this.process.connected && this.process.exitCode === null && this.process.signalCode === null;
  }

  /** Throws DecoderLost when it ends meanwhile; one that takes longer than `maxMs` is ended. */
  async run(task: PictureTask, maxMs: number): Promise<PictureAnswer> {
    if (this.pid === undefined) throw new DecoderMissing('No decoder of pictures could be started.');
    return new Promise((resolve, reject) => {
      const settle = (finish: () => void): void => {
        clearTimeout(tooLate);
        this.process.removeAllListeners('message').off('exit', onExit).off('error', onError);
        finish();
      };
      const lost = (reason: string, isPicturesFault = false): void =>
        settle(() => reject(new DecoderLost(`A decoder of pictures ${reason}.`, isPicturesFault)));
      const onExit = (code: number | null, signal: NodeJS.Signals | null): void =>
        lost(`ended (${signal ?? code})`, signal === TOO_MUCH_MEMORY);
      const onError = (error: Error): void => lost(`could not be reached (${error.message})`);
      const tooLate = setTimeout(() => {
        lost(`took longer than ${maxMs} ms`, true);
        this.end();
      }, maxMs);
      this.process.once('exit', onExit).once('error', onError);
      this.process.once('message', (answer: PictureAnswer) => settle(() => resolve(answer)));
      if (this.isAlive) this.process.send(task);
      else lost('had ended before');
    });
  }

  end(): void {
    this.process.kill('SIGKILL');
  }
}
