import { inject, Injectable } from '@angular/core';

import { Attachment, MessageKind } from '../../../core/api/models';
import { BrowserStorage } from '../../../core/session/browser-storage';
import { Session } from '../../../core/session/session';

/** What was begun and not sent. */
export interface Draft {
  readonly body: string;
  /** Files that had already arrived at the server. */
  readonly attachments: readonly Attachment[];
}

export const NO_DRAFT: Draft = { body: '', attachments: [] };

const KINDS: readonly MessageKind[] = ['chat', 'comment', 'note'];

/** Drafts and the chosen kind, kept on this device per person, ticket and kind. */
@Injectable({ providedIn: 'root' })
export class Drafts {
  private readonly storage = inject(BrowserStorage);
  private readonly session = inject(Session);
  private lastPersonId = '';

  read(ticketId: number, kind: MessageKind): Draft {
    const kept = this.storage.read(this.draftKey(ticketId, kind));
    return kept === null ? NO_DRAFT : asDraft(kept);
  }

  /** Keeps a draft; an empty one is forgotten. */
  write(ticketId: number, kind: MessageKind, draft: Draft): void {
    const key = this.draftKey(ticketId, kind);
    if (draft.body === '' && draft.attachments.length === 0) this.storage.remove(key);
    else this.storage.write(key, JSON.stringify(draft));
  }

  readKind(ticketId: number): MessageKind | null {
    const kept = this.storage.read(this.kindKey(ticketId));
    return KINDS.find((kind) => kind === kept) ?? null;
  }

  writeKind(ticketId: number, kind: MessageKind): void {
    this.storage.write(this.kindKey(ticketId), kind);
  }

  private draftKey(ticketId: number, kind: MessageKind): string {
    return `parley.draft.${this.personId()}.${ticketId}.${kind}`;
  }

  private kindKey(ticketId: number): string {
    return `parley.kind.${this.personId()}.${ticketId}`;
  }

  /** The last words before signing out still belong to the person who wrote them. */
  private personId(): string {
    this.lastPersonId = this.session.user()?.id ?? this.lastPersonId;
    return this.lastPersonId;
  }
}

function asDraft(kept: string): Draft {
  try {
    const { body, attachments } = JSON.parse(kept) as Partial<Draft>;
    return {
      body: typeof body === 'string' ? body : '',
      attachments: Array.isArray(attachments) ? attachments : [],
    };
  } catch {
    return NO_DRAFT;
  }
}
