import { Injectable, inject } from '@angular/core';
import { uuidv7 } from 'uuidv7';

import { TicketPriority } from '../../../core/api/models';
import { BrowserStorage } from '../../../core/session/browser-storage';
import { Session } from '../../../core/session/session';
import { DraftFiles } from './draft-files';

export interface DraftText {
  readonly subject: string;
  readonly description: string;
  readonly categoryId: string;
  readonly priority: TicketPriority;
}

export interface KeptDraft extends DraftText {
  /** RFC 3339. */
  readonly savedAt: string;
  /** Sent along with the ticket, so that a repeat after a lost answer makes no second one. */
  readonly key: string;
}

/** The ticket that is being written: kept in this browser, per person, until it is sent or discarded. */
@Injectable({ providedIn: 'root' })
export class NewTicketDraft {
  private readonly storage = inject(BrowserStorage);
  private readonly files = inject(DraftFiles);
  private readonly session = inject(Session);

  /** Null when there is nothing to restore. */
  load(): KeptDraft | null {
    const text = this.storage.read(this.name());
    if (!text) return null;
    try {
      const draft = JSON.parse(text) as Partial<KeptDraft>;
      return draft.savedAt && draft.key ? { ...EMPTY, ...draft, savedAt: draft.savedAt, key: draft.key } : null;
    } catch {
      return null;
    }
  }

  loadFiles(): Promise<File[]> {
    return this.files.load(this.name());
  }

  /** Answers when it was saved, or null when this browser keeps nothing. */
  save(text: DraftText, key: string): Date | null {
    const savedAt = new Date();
    const kept: KeptDraft = { ...text, key, savedAt: savedAt.toISOString() };
    return this.storage.write(this.name(), JSON.stringify(kept)) ? savedAt : null;
  }

  saveFiles(files: readonly File[]): Promise<void> {
    return this.files.save(this.name(), files);
  }

  async clear(): Promise<void> {
    this.storage.remove(this.name());
    await this.files.save(this.name(), []);
  }

  newKey(): string {
    return uuidv7();
  }

  private name(): string {
    return `parley.new-ticket.${this.session.user()?.id ?? ''}`;
  }
}

const EMPTY: DraftText = { subject: '', description: '', categoryId: '', priority: 'medium' };
