import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import sharp from 'sharp';
import { DecoderLost, PictureDecoder } from './picture-decoder';
import type { PictureTask } from './picture-task';

const PATIENCE_MS = 15_000;

describe('PictureDecoder', () => {
  let folder: string;
  let decoder: PictureDecoder;
  let task: PictureTask;

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'parley-decoder-'));
    const place = (name: string): string => join(folder, name);
    task = {
      input: place('in'),
      mediaType: 'image/png',
      output: place('out'),
      thumbnail: place('small'),
      maxResidentBytes: 640 * 1_048_576,
    };
    const picture = sharp({ create: { width: 600, height: 400, channels: 3, background: '#3d4fd6' } });
    writeFileSync(task.input, await picture.png().toBuffer());
    decoder = new PictureDecoder();
  });

  afterEach(() => {
    decoder.end();
    rmSync(folder, { recursive: true });
  });

  /** Takes seconds. */
  const makeVast = (): Promise<unknown> =>
    sharp({ create: { width: 6_000, height: 6_000, channels: 3, background: '#3d4fd6' } })
      .png({ progressive: true, compressionLevel: 1 })
      .toFile(task.input);
  const signal = (name: NodeJS.Signals): void => void process.kill(decoder.pid ?? 0, name);

  it('writes a clean picture and a small one, one task after another', async () => {
    for (let count = 0; count < 2; count += 1) {
      const answer = await decoder.run(task, PATIENCE_MS);
      expect(answer).toMatchObject({
        outcome: 'clean',
        width: 600,
        height: 400,
        size: readFileSync(task.output).length,
      });
      expect(await sharp(readFileSync(task.thumbnail)).metadata()).toMatchObject({ width: 480, format: 'webp' });
    }
  });

  it('says that a picture is broken, and goes on', async () => {
    writeFileSync(task.input, 'no picture at all');
    expect(await decoder.run(task, PATIENCE_MS)).toMatchObject({ outcome: 'broken' });
    expect(decoder.isAlive).toBe(true);
  });

  it('says that the machine failed when it cannot write', async () => {
    const answer = await decoder.run({ ...task, output: join(folder, 'no such folder', 'out') }, PATIENCE_MS);
    expect(answer).toMatchObject({ outcome: 'failed', code: 'EIO' });
    expect(await decoder.run({ ...task, thumbnail: '/dev/full' }, PATIENCE_MS)).toMatchObject({
      outcome: 'failed',
      code: 'ENOSPC',
    });
  });

  it('knows nothing of the environment of the server', async () => {
    await decoder.run(task, PATIENCE_MS);
    process.env.A_SECRET_OF_THE_SERVER = 'hunter2';
    const other = new PictureDecoder();
    await other.run(task, PATIENCE_MS);
    expect(readFileSync(`/proc/${other.pid}/environ`, 'utf8')).not.toContain('hunter2');
    other.end();
    delete process.env.A_SECRET_OF_THE_SERVER;
  });

  it('is lost, and nothing with it, when it crashes', async () => {
    await decoder.run(task, PATIENCE_MS);
    signal('SIGSTOP');
    const answer = decoder.run(task, PATIENCE_MS);
    signal('SIGSEGV');
    signal('SIGCONT');
    await expect(answer).rejects.toMatchObject({ message: expect.stringContaining('SIGSEGV'), isPicturesFault: false });
    expect(decoder.isAlive).toBe(false);
    await expect(decoder.run(task, PATIENCE_MS)).rejects.toBeInstanceOf(DecoderLost);
  });

  it('ends itself when it takes too much memory, in the middle of a picture', async () => {
    await makeVast();
    const since = Date.now();
    const answer = decoder.run({ ...task, maxResidentBytes: 1 }, PATIENCE_MS);
    await expect(answer).rejects.toMatchObject({ isPicturesFault: true });
    expect(Date.now() - since).toBeLessThan(PATIENCE_MS / 3);
  });

  it('does not outlive the server, in the middle of a picture', async () => {
    await decoder.run(task, PATIENCE_MS);
    await makeVast();
    const answer = decoder.run(task, PATIENCE_MS).catch((error: unknown) => error);
    await sleep(50);
    // What a child sees when its parent is gone.
    (decoder as unknown as { process: ChildProcess }).process.disconnect();
    expect(await answer).toMatchObject({ message: expect.stringContaining('SIGKILL') });
  });

  it('is ended when it takes too long', async () => {
    await decoder.run(task, PATIENCE_MS);
    signal('SIGSTOP');
    await expect(decoder.run(task, 200)).rejects.toMatchObject({ isPicturesFault: true });
    for (let tries = 0; decoder.isAlive && tries < 100; tries += 1) await sleep(20);
    expect(decoder.isAlive).toBe(false);
  });
});
