import { RateLimited, Unavailable } from '../common';
import type { ReceivedFile } from './file-receiver';
import { DecoderLost, DecoderMissing, PictureDecoder } from './picture-decoder';
import { Pictures } from './pictures';

const file = { path: '/tmp/in', field: 'file', filename: 'a.png', mediaType: 'image/png', size: 9 } as ReceivedFile;
const places = { output: '/tmp/out', thumbnail: '/tmp/small' };
const clean = { outcome: 'clean', width: 1, height: 1, size: 1, sha256: 'a' } as const;
const crashed = new DecoderLost('ended (SIGSEGV)', false);
const tooSlow = new DecoderLost('took longer than 20000 ms', true);

jest.mock('./picture-decoder', () => ({
  ...jest.requireActual<object>('./picture-decoder'),
  PictureDecoder: jest.fn(),
}));

describe('Pictures', () => {
  const run = jest.fn<Promise<unknown>, []>();
  const end = jest.fn();
  let pictures: Pictures;

  beforeEach(() => {
    jest.mocked(PictureDecoder).mockReset();
    jest.mocked(PictureDecoder).mockImplementation(() => ({ run, end, isAlive: true }) as unknown as PictureDecoder);
    run.mockReset();
    end.mockReset();
    pictures = new Pictures();
    (pictures as unknown as { logger: { warn: () => void } }).logger.warn = () => undefined;
  });

  afterEach(() => pictures.onApplicationShutdown());

  it('are decoded by the same process one after another', async () => {
    run.mockResolvedValue(clean);
    expect(await pictures.clean(file, places)).toMatchObject({ width: 1 });
    await pictures.clean(file, places);
    expect(PictureDecoder).toHaveBeenCalledTimes(1);
    expect(end).not.toHaveBeenCalled();
  });

  it('are tried once more when the process was lost, in another one', async () => {
    run.mockRejectedValueOnce(crashed).mockResolvedValueOnce(clean);
    expect(await pictures.clean(file, places)).toMatchObject({ width: 1 });
    expect(PictureDecoder).toHaveBeenCalledTimes(2);
    expect(end).toHaveBeenCalledTimes(1);
  });

  it('are refused as damaged when the process was lost twice', async () => {
    run.mockRejectedValue(crashed);
    await expect(pictures.clean(file, places)).rejects.toMatchObject({ status: 415 });
    expect(run).toHaveBeenCalledTimes(2);
  });

  it('are refused at once when they took too much', async () => {
    run.mockRejectedValue(tooSlow);
    await expect(pictures.clean(file, places)).rejects.toMatchObject({ status: 413 });
    expect(run).toHaveBeenCalledTimes(1);
  });

  it.each([
    ['no process can be started', () => run.mockRejectedValue(new DecoderMissing('none')), 503],
    ['the disk fails', () => run.mockResolvedValue({ outcome: 'failed', reason: 'input/output', code: 'EIO' }), 503],
    ['the disk is full', () => run.mockResolvedValue({ outcome: 'failed', reason: 'full', code: 'ENOSPC' }), 507],
    ['they are broken', () => run.mockResolvedValue({ outcome: 'broken', reason: 'no pixels' }), 415],
  ])('say so when %s', async (_what, happen, status) => {
    happen();
    await expect(pictures.clean(file, places)).rejects.toMatchObject({ status });
  });

  it('wait in a line that has an end', async () => {
    run.mockReturnValue(new Promise(() => undefined));
    const outcomes = Array.from({ length: 43 }, () => pictures.clean(file, places));
    await expect(outcomes[42]).rejects.toBeInstanceOf(RateLimited);
    expect(run).toHaveBeenCalledTimes(2);
  });

  it('are not begun when the server stops', async () => {
    pictures.onApplicationShutdown();
    await expect(pictures.clean(file, places)).rejects.toBeInstanceOf(Unavailable);
    expect(PictureDecoder).not.toHaveBeenCalled();
  });
});
