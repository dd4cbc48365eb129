import type { WireAttachment } from '@parley/socket-events';
import { LocalLocks } from '../engine/locks';
import { MemoryOutboxStore } from '../engine/memory-outbox-store';
import { Outbox, OutboxOptions } from '../engine/outbox';
import type { OutgoingFile } from '../engine/outgoing-messages';
import type { OutboxNews, Tabs } from '../engine/tabs';
import type { Timers } from '../engine/timers';
import type { Uploads } from '../engine/transport';
import { cora } from './builders';
import type { FakeServer } from './fake-server';

/** An outbox of Cora in front of a fake server, alone in its browser unless told otherwise. */
export function anOutbox(server: FakeServer, timers: Timers, options: Partial<OutboxOptions> = {}): Outbox {
  let ids = 0;
  return new Outbox({
    userId: cora.id,
    store: new MemoryOutboxStore(),
    locks: new LocalLocks(),
    tabs: new FakeBrowser().tab(),
    live: server.live,
    rest: server.rest,
    uploads: new FakeUploads(),
    timers,
    newId: () => `new-${++ids}`,
    isSignedIn: () => true,
    ...options,
  });
}

/** The line between the tabs of one browser: what one tells, all others hear. */
export class FakeBrowser {
  private readonly listeners = new Map<Tabs, (news: OutboxNews) => void>();

  tab(): Tabs {
    const tab: Tabs = {
      tell: (news) => {
        for (const [other, listener] of this.listeners)
          if (other !== tab) void Promise.resolve().then(() => listener(news));
      },
      listen: (listener) => {
        this.listeners.set(tab, listener);
        return () => this.listeners.delete(tab);
      },
    };
    return tab;
  }
}

/** Stages whatever it is given, unless a test replaces how. */
export class FakeUploads implements Uploads {
  readonly calls: string[] = [];
  uploading: Uploads['upload'] = async (_ticketId, file) => aStagedFile(file, `staged-${this.calls.length}`);

  upload(...request: Parameters<Uploads['upload']>): Promise<WireAttachment> {
    this.calls.push(request[1].name);
    return this.uploading(...request);
  }
}

export const aStagedFile = ({ name, mediaType, size }: OutgoingFile, id: string): WireAttachment => ({
  id,
  filename: name,
  mediaType,
  size,
  url: `/api/attachments/${id}`,
});

export function aFile(name: string, overrides: Partial<OutgoingFile> = {}): OutgoingFile {
  const blob = new Blob([name], { type: 'image/png' });
  return { id: `file-${name}`, name, mediaType: 'image/png', size: blob.size, blob, attachment: null, ...overrides };
}
