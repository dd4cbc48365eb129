/** Runs jobs of one key one after another, in the order they came; keys do not wait for each other. */
export class KeyedQueue<Key> {
  private readonly tails = new Map<Key, Promise<void>>();

  /** Resolves when the job has ended, whatever its outcome; a job that fails does not stop those behind it. */
  run(key: Key, job: () => Promise<void>): Promise<void> {
    const tail = (this.tails.get(key) ?? Promise.resolve()).then(job, job);
    this.tails.set(key, tail);
    const forget = () => {
      if (this.tails.get(key) === tail) this.tails.delete(key);
    };
    tail.then(forget, forget);
    return tail;
  }
}
