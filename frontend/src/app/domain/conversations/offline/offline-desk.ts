import { ChangeDetectionStrategy, Component, computed, DOCUMENT, inject, signal } from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { uuidv7 } from 'uuidv7';

import { MessageKind } from '../../../core/api/models';
import { AppIcon } from '../../../shared/icon/app-icon';
import { t } from '../../../shared/texts/text';
import { KindSwitch } from '../composer/kind-switch';
import { begun, DraftRecord, isEmpty } from '../drafts/draft-record';
import { DraftPlace, DraftShelf } from '../drafts/draft-shelf';
import type { PendingMessage } from '../engine/outgoing-messages';
import { KIND_WORDS } from '../message-kinds';
import { Outboxes } from '../outbox/outboxes';

interface KeptTicket {
  readonly ticketId: number;
  readonly messages: readonly PendingMessage[];
  readonly drafts: readonly { kind: MessageKind; record: DraftRecord }[];
}

const PUBLIC_KINDS: readonly MessageKind[] = ['chat', 'comment'];
const STAFF_KINDS: readonly MessageKind[] = ['chat', 'comment', 'note'];

/**
 * What can be done while the client was started without a server: see what is kept on this device, and go on writing in
 * the ticket of the address. Nothing else is known here, and nothing is sent before the server has said who this is.
 */
@Component({
  selector: 'app-offline-desk',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [AppIcon, KindSwitch],
  templateUrl: './offline-desk.html',
  styleUrl: './offline-desk.scss',
})
export class OfflineDesk {
  protected readonly t = t;
  private readonly shelf = inject(DraftShelf);
  private readonly outboxes = inject(Outboxes);
  private readonly path = inject(DOCUMENT).location.pathname;
  /** Drafts live outside of signals: this counts their changes. */
  private readonly changes = signal(0);

  protected readonly words = KIND_WORDS;
  protected readonly kinds = this.path.startsWith('/agent/') ? STAFF_KINDS : PUBLIC_KINDS;
  /** The ticket that the address names, if it names one. */
  protected readonly ticketId = Number(/\/tickets\/(\d+)$/.exec(this.path)?.[1] ?? 0);
  protected readonly kind = signal<MessageKind>(this.firstKind());
  protected readonly draft = computed(() => this.draftOf({ ticketId: this.ticketId, kind: this.kind() }));
  protected readonly hasFiles = computed(() => {
    const draft = this.draft();
    return draft !== null && (draft.attachments.length > 0 || draft.unstaged > 0);
  });
  protected readonly isSendable = computed(() => !this.hasFiles() && (this.draft()?.body.trim() ?? '') !== '');
  protected readonly kept = computed(() => this.keptTickets());

  constructor() {
    this.shelf.changed.pipe(takeUntilDestroyed()).subscribe(() => this.changes.update((count) => count + 1));
  }

  protected choose(kind: MessageKind): void {
    this.kind.set(kind);
    this.shelf.writeKind(this.ticketId, kind);
  }

  protected write(body: string): void {
    const record = this.draft() ?? begun(uuidv7(), 0);
    this.shelf.write(this.place(), { ...record, body, changedAt: Date.now() });
  }

  protected send(): void {
    const draft = this.draft();
    if (!draft || !this.isSendable()) return;
    const { clientMsgId, body } = draft;
    this.outboxes.current().add(this.ticketId, { clientMsgId, kind: this.kind(), body, files: [] });
    // What the server still keeps of the draft is to go when it hears of the message.
    const isKnownThere = draft.saved !== null || draft.saving !== null;
    this.shelf.write(this.place(), isKnownThere ? begun(uuidv7(), 0, clientMsgId) : null);
  }

  private place(): DraftPlace {
    return { ticketId: this.ticketId, kind: this.kind() };
  }

  /** The one that was used last, else one in which something was begun. */
  private firstKind(): MessageKind {
    const { ticketId, kinds } = this;
    const kept = this.shelf.readKind(ticketId);
    const isBegun = (kind: MessageKind): boolean => !!this.shelf.read({ ticketId, kind })?.body;
    return kinds.find((kind) => kind === kept) ?? kinds.find(isBegun) ?? 'chat';
  }

  private draftOf(place: DraftPlace): DraftRecord | null {
    this.changes();
    return this.shelf.read(place);
  }

  private keptTickets(): KeptTicket[] {
    const messages = this.outboxes.pending();
    const drafts = this.shelf.places().flatMap((place) => {
      const record = this.draftOf(place);
      const isHere = place.ticketId === this.ticketId && place.kind === this.kind();
      return record && !isHere && !(isEmpty(record) && record.unstaged === 0) ? [{ ...place, record }] : [];
    });
    const ids = new Set([...messages, ...drafts].map(({ ticketId }) => ticketId));
    return [...ids].map((ticketId) => ({
      ticketId,
      messages: messages.filter((message) => message.ticketId === ticketId),
      drafts: drafts.filter((draft) => draft.ticketId === ticketId),
    }));
  }
}
