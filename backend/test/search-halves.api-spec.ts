import { newId } from '../src/common';
import { SearchRebuild, SearchWorker } from '../src/search';
import { Indexer } from '../src/search/index/indexer';
import { RebuildTables } from '../src/search/index/rebuild-tables';
import { expectStatus, testApi, type Person } from './support/api-client';

const api = testApi();

/** Something that has to happen first, and is told when it has. */
class Gate {
  private letPass: () => void = () => undefined;
  readonly isOpen = new Promise<void>((resolve) => (this.letPass = resolve));

  open(): void {
    this.letPass();
  }
}

/** A step of the worker, by the name of its method. */
type Step = 'plans' | 'write' | 'settle';
type Steps = Record<Step, (...given: unknown[]) => Promise<unknown>>;

/** Stops the worker once when it has taken a step, until `release` is called. */
function stopAfter(step: Step): { reached: Promise<void>; release: () => void; restore: () => void } {
  const [reached, released] = [new Gate(), new Gate()];
  const steps = api.part(Indexer) as unknown as Steps;
  const take = steps[step].bind(steps);
  const stopped = jest.spyOn(steps, step).mockImplementationOnce(async (...given) => {
    const result = await take(...given);
    reached.open();
    await released.isOpen;
    return result;
  });
  return { reached: reached.isOpen, release: () => released.open(), restore: () => stopped.mockRestore() };
}

async function find(by: Person, q: string): Promise<number[]> {
  const { body } = expectStatus(200, await by.get(`/api/tickets?q=${q}`));
  return (body as { id: number }[]).map(({ id }) => id);
}

describe('a word that is written while a rebuild changes the half that is searched', () => {
  beforeAll(() => api.part(SearchWorker).stop());

  it.each([
    ['before the words are stored', 'plans'],
    ['between storing the words and taking the flag off', 'write'],
    ['after the flag was taken off', 'settle'],
  ] as const)('is found: the worker was stopped %s', async (_when, step) => {
    const word = `w${newId().replaceAll('-', '')}`;
    const cora = await api.given.customer();
    const { id } = await api.given.ticket({ by: cora });
    const indexer = api.part(Indexer);
    while (await indexer.some());
    const tables = api.part(RebuildTables);
    const swap = tables.swap.bind(tables);
    const worker = stopAfter(step);
    let looking: Promise<number> | undefined;
    const swapping = jest.spyOn(tables, 'swap').mockImplementationOnce(async (side) => {
      // The new half is complete but for this word, which the worker is about to put into the old one.
      await api.given.message(cora, id, { body: word });
      looking = indexer.some();
      await worker.reached;
      await swap(side);
    });
    try {
      await api.part(SearchRebuild).run();
      worker.release();
      expect(await looking).toBe(1);
      expect(await find(cora, word)).toEqual([id]);
      expect(await find(cora, word.slice(0, 20))).toEqual([id]);
    } finally {
      worker.release();
      worker.restore();
      swapping.mockRestore();
    }
  });
});
