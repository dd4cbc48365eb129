import { SeededRandom } from '../../src/operations';
import { aMessage, type Person } from './api-client';
import { until } from './until';

const WRITERS = 2;

/** People who open tickets and change those of a list, all the time while it is read. */
export class Writers {
  /** What they changed, by number. */
  readonly touched = new Set<number>();
  private readonly random = new SeededRandom(1);
  private writes = 0;
  private isOver = false;

  constructor(
    private readonly people: { agent: Person; customer: Person },
    private readonly listed: readonly number[],
  ) {}

  /** `work` is given a way to wait until something more was written. */
  async during<Result>(work: (written: () => Promise<void>) => Promise<Result>): Promise<Result> {
    const writing = Promise.all(Array.from({ length: WRITERS }, () => this.write()));
    try {
      return await work(() => this.another());
    } finally {
      this.isOver = true;
      await writing;
    }
  }

  private async another(): Promise<void> {
    const { writes } = this;
    await until('something is written', () => this.writes > writes);
  }

  private async write(): Promise<void> {
    while (!this.isOver) {
      const { status } = await this.one();
      if (status >= 500) throw new Error(`A writer was answered ${status}.`);
      this.writes += 1;
    }
  }

  private one(): Promise<{ status: number }> {
    const { agent, customer } = this.people;
    if (this.random.chance(0.3))
      return customer.post('/api/tickets', { subject: 'Meanwhile', description: 'Another one.' });
    const id = this.random.pick(this.listed);
    this.touched.add(id);
    const path = `/api/tickets/${id}`;
    return this.random.pick([
      () => agent.put(`${path}/priority`, { priority: this.random.pick(['low', 'medium', 'high', 'urgent']) }),
      () => agent.put(`${path}/status`, { status: this.random.pick(['open', 'in_progress', 'resolved', 'closed']) }),
      () => agent.post(`${path}/claim`),
      () => agent.patch(path, { tags: [`tag-${this.random.whole(1, 5)}`], categoryId: null }),
      () => agent.post(`${path}/messages`, aMessage({ kind: 'note' })),
    ])();
  }
}
