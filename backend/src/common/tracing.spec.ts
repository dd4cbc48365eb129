import { traced, traceWith, type TracedStep } from './tracing';

afterEach(() => traceWith(undefined));

describe('a traced step', () => {
  it('is just done while nobody collects traces, without even being described', async () => {
    const describeStep = jest.fn<TracedStep, []>();
    await expect(traced(describeStep, (notes) => Promise.resolve(notes.add({ rows: 1 })))).resolves.toBeUndefined();
    expect(describeStep).not.toHaveBeenCalled();
  });

  it('is handed to whoever collects them', async () => {
    const seen: string[] = [];
    traceWith((step, work) => {
      seen.push(step.name);
      return work({ rename: () => undefined, add: () => undefined, failed: () => undefined });
    });
    await expect(
      traced(
        () => ({ name: 'a step' }),
        () => Promise.resolve(7),
      ),
    ).resolves.toBe(7);
    expect(seen).toEqual(['a step']);
  });
});
