import { computed, effect, inject, Injectable, signal, untracked } from '@angular/core';
import { uuidv7 } from 'uuidv7';

import { BrowserStorage } from '../../../core/session/browser-storage';
import { Session } from '../../../core/session/session';
import { ConversationsApi } from '../conversations-api';
import { IndexedDbOutbox } from '../engine/indexed-db-outbox';
import { Outbox } from '../engine/outbox';
import type { DraftFiles } from '../engine/outbox-store';
import type { PendingMessage } from '../engine/outgoing-messages';
import { browserTimers } from '../engine/timers';
import { LiveConversations } from '../live-conversations';
import { BrowserLocks, browserTabs, HttpUploads } from './browser-ports';
import { StorageJournal } from './storage-journal';

/**
 * The outbox of whoever is signed in, on every page: it starts with the sign-in and stops with it. Without a server it
 * takes on messages for who was signed in last, and sends none.
 */
@Injectable({ providedIn: 'root' })
export class Outboxes {
  private readonly session = inject(Session);
  private readonly live = inject(LiveConversations);
  private readonly rest = inject(ConversationsApi);
  private readonly uploads = inject(HttpUploads);
  private readonly store = new IndexedDbOutbox(globalThis.indexedDB);
  private readonly journal = new StorageJournal(inject(BrowserStorage));
  private readonly locks = new BrowserLocks();
  private readonly tabs = browserTabs();
  private readonly messages = signal<readonly PendingMessage[]>([]);
  private running: Outbox | null = null;

  /** Everything of this person that the server does not have yet, of all tickets. */
  readonly pending = this.messages.asReadonly();
  /** False when this device could not keep a message that waits: it would be lost with the page. */
  readonly isKept = computed(() => this.pending().every(({ persisted, state }) => persisted || state === 'sent'));
  /** The files of drafts, beside those of messages, so that sending does not copy them. */
  readonly draftFiles: DraftFiles = this.store;

  constructor() {
    effect(() => {
      const id = this.session.personId();
      untracked(() => (id === null ? this.stop() : this.of(id)));
    });
    const hasToken = computed(() => this.session.accessToken() !== null);
    effect(() => {
      if (hasToken()) untracked(() => this.running?.wake()); // after a sign-in that had run out
    });
    window.addEventListener('beforeunload', (event) => {
      if (!this.isKept()) event.preventDefault();
    });
    void this.store.sweep(Date.now()).catch(() => undefined); // a device that keeps nothing has nothing to sweep
  }

  /** The one of the person whose page this is. */
  current(): Outbox {
    const personId = this.session.personId();
    if (personId === null) throw new Error('Nobody is signed in');
    return this.of(personId);
  }

  private of(userId: string): Outbox {
    if (this.running?.userId === userId) return this.running;
    this.stop();
    const outbox = new Outbox({
      userId,
      store: this.store,
      journal: this.journal,
      locks: this.locks,
      tabs: this.tabs,
      live: this.live,
      rest: this.rest,
      uploads: this.uploads,
      timers: browserTimers,
      newId: uuidv7,
      isSignedIn: () => this.session.accessToken() !== null && this.session.user()?.id === userId,
    });
    this.running = outbox;
    outbox.onChange(() => this.messages.set(outbox.pending()));
    void outbox.start();
    return outbox;
  }

  private stop(): void {
    this.running?.stop();
    this.running = null;
    this.messages.set([]);
  }
}
