/** Does the work for each item, few at a time; the first failure ends it. */
export async function inParallel<Item>(
  items: AsyncIterable<Item> | Iterable<Item>,
  abreast: number,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const running = new Set<Promise<void>>();
  try {
    for await (const item of items) {
      const task = work(item).finally(() => running.delete(task));
      running.add(task);
      // Whoever waits below hears of a failure; nobody else has to.
      task.catch(() => undefined);
      if (running.size >= abreast) await Promise.race(running);
    }
    await Promise.all(running);
  } finally {
    await Promise.allSettled(running);
  }
}
