import { Injectable } from '@nestjs/common';
import { RateLimits, type Spent } from '../common';
import { Nodes } from './nodes';

const GATHER_MS = 200;

/** Lets what people do on one node count on all of them; while Redis is away each counts for itself. */
@Injectable()
export class SharedLimits {
  private readonly spent = new Map<string, Spent>();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly nodes: Nodes,
    limits: RateLimits,
  ) {
    if (!nodes.link) return;
    limits.watch((spent) => this.gather(spent));
    nodes.listen<{ spent: Spent[] }>('spent', ({ spent }) => {
      for (const one of spent) void limits.count(one);
    });
  }

  private gather(spent: Spent): void {
    if (this.nodes.state !== 'linked') return;
    const key = `${spent.name}:${spent.per}:${spent.key}`;
    const times = (this.spent.get(key)?.times ?? 0) + spent.times;
    this.spent.set(key, { ...spent, times });
    this.timer ??= setTimeout(() => this.tell(), GATHER_MS).unref();
  }

  private tell(): void {
    this.timer = undefined;
    this.nodes.tell('spent', { spent: [...this.spent.values()] });
    this.spent.clear();
  }
}
