import { IDBFactory } from 'fake-indexeddb';
import type { Locks } from '../../../frontend/src/app/domain/conversations/engine/locks';
import type { OutboxNews, Tabs } from '../../../frontend/src/app/domain/conversations/engine/tabs';
import type { Link } from '../world/link';
import type { Life } from './life';

/** What all tabs of one browser share: disk, locks, cookie, the channel between tabs, and the way to the server. */
export class Browser {
  readonly disk = new IDBFactory();
  readonly locks = new TabLocks();
  readonly channel = new TabChannel();
  cookie = '';

  constructor(readonly link: Link) {}
}

/** Web Locks: one holder at a time in the whole browser; a tab that ends frees what it held. */
class TabLocks {
  private readonly tails = new Map<string, Promise<unknown>>();

  for(life: Life): Locks {
    return { request: (name, work) => this.request(name, life, work) };
  }

  private request<Result>(name: string, life: Life, work: () => Promise<Result>): Promise<Result> {
    const before = this.tails.get(name) ?? Promise.resolve();
    const mine = before.then(() => (life.isOver ? undefined : Promise.race([work(), life.over])));
    this.tails.set(
      name,
      mine.catch(() => undefined),
    );
    return life.of(mine as Promise<Result>);
  }
}

/** A BroadcastChannel: every tab but the speaker hears a copy, a moment later. */
class TabChannel {
  private readonly listeners = new Map<(news: OutboxNews) => void, Life>();

  for(life: Life): Tabs {
    return {
      tell: (news) => this.tell(life, structuredClone(news)),
      listen: (listener) => {
        this.listeners.set(listener, life);
        return () => this.listeners.delete(listener);
      },
    };
  }

  private tell(from: Life, news: OutboxNews): void {
    setImmediate(() => {
      for (const [listener, life] of this.listeners) if (life !== from && !life.isOver) listener(news);
    });
  }
}
