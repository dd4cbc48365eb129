/** Lets one at a time do something; in a browser, one of all its tabs. */
export interface Locks {
  /** Runs `work` once nobody else holds the lock of this name, and frees it when `work` has settled. */
  request<Result>(name: string, work: () => Promise<Result>): Promise<Result>;
}

/** Locks within this page or process alone. */
export class LocalLocks implements Locks {
  private readonly tails = new Map<string, Promise<unknown>>();

  request<Result>(name: string, work: () => Promise<Result>): Promise<Result> {
    const result = (this.tails.get(name) ?? Promise.resolve()).then(work);
    const tail = result.catch(() => undefined);
    this.tails.set(name, tail);
    void tail.then(() => {
      if (this.tails.get(name) === tail) this.tails.delete(name);
    });
    return result;
  }
}
