import { MediaMatcher } from '@angular/cdk/layout';
import { CdkTextareaAutosize } from '@angular/cdk/text-field';
import {
  afterNextRender,
  ChangeDetectionStrategy,
  Component,
  computed,
  effect,
  ElementRef,
  inject,
  Injector,
  input,
  output,
  signal,
  untracked,
  viewChild,
} from '@angular/core';
import { takeUntilDestroyed } from '@angular/core/rxjs-interop';
import { MatButton, MatIconButton } from '@angular/material/button';
import { MatMenu, MatMenuItem, MatMenuTrigger } from '@angular/material/menu';

import { Message, MessageKind, Ticket } from '../../../core/api/models';
import { RealtimeConnection } from '../../../core/socket/realtime-connection';
import { AppIcon } from '../../../shared/icon/app-icon';
import { t } from '../../../shared/texts/text';
import { ACCEPTED_FILES, MESSAGE_RULES, RefusedFile, filesOf } from '../../attachments/attachment-rules';
import { StagedUploads } from '../../attachments/staged-uploads';
import { Carried, CarriedWords } from '../drafts/carried-words';
import { DraftShelf } from '../drafts/draft-shelf';
import { OpenDrafts } from '../drafts/open-drafts';
import { OutgoingDraft, PendingMessage } from '../engine/outgoing-messages';
import { ComposerFile, ComposerFiles } from './composer-files';
import { canSend, ComposerState, sendingObstacle } from './composer-rules';
import { DraftNotice } from './draft-notice';
import { FileTray } from './file-tray';
import { KindSwitch } from './kind-switch';
import { MissedMessages } from './missed-messages';
import { ComposerOffers } from './offers/composer-offers';
import { UnfilledMark, unfilledMark } from './unfilled-mark';

export const MESSAGE_MAX_LENGTH = 10_000;
const COUNTS_DOWN_FROM = 500;
/** What is offered for these is fetched with the first of them. */
const SIGNS = /[@/:]/;

/** A message that goes out, and whether the ticket is resolved once it is stored. */
export interface SentDraft extends OutgoingDraft {
  readonly resolves: boolean;
}

export interface TypingChange {
  readonly active: boolean;
  readonly kind: MessageKind;
}

/** Where a message is written. The same for everybody; what a reader may not do is not offered. */
@Component({
  selector: 'app-composer',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [
    AppIcon,
    CdkTextareaAutosize,
    ComposerOffers,
    DraftNotice,
    FileTray,
    KindSwitch,
    MatButton,
    MatIconButton,
    MatMenu,
    MatMenuItem,
    MatMenuTrigger,
    MissedMessages,
  ],
  providers: [StagedUploads, ComposerFiles, OpenDrafts],
  templateUrl: './composer.html',
  styleUrl: './composer.scss',
  host: {
    '[class.note]': 'kind() === "note"',
    '(window:pagehide)': 'keepNow()',
    '(window:beforeunload)': 'warnOfUploads($event)',
  },
})
export class Composer {
  protected readonly t = t;
  private readonly shelf = inject(DraftShelf);
  protected readonly drafts = inject(OpenDrafts);
  private readonly carried = inject(CarriedWords);
  private readonly composerFiles = inject(ComposerFiles);
  private readonly uploads = inject(StagedUploads);
  private readonly injector = inject(Injector);
  private readonly field = viewChild<ElementRef<HTMLTextAreaElement>>('field');
  private readonly question = viewChild(MissedMessages);

  readonly ticket = input.required<Ticket>();
  readonly staff = input(false);
  /** The last number of the timeline that is shown: what a draft that begins now was written after. */
  readonly shownUpTo = input(0);
  /** Public messages of others that have not come into view, oldest first. */
  readonly unseen = input<readonly Message[]>([]);
  readonly sent = output<SentDraft>();
  readonly typing = output<TypingChange>();

  protected readonly accepted = ACCEPTED_FILES;
  protected readonly maxFiles = MESSAGE_RULES.maxFiles;
  protected readonly kinds = computed((): MessageKind[] =>
    this.staff() ? ['chat', 'comment', 'note'] : ['chat', 'comment'],
  );
  protected readonly kind = signal<MessageKind>('chat');
  protected readonly text = computed(() => this.drafts.body(this.kind()));
  protected readonly files = computed(() => this.composerFiles.of(this.kind()));
  protected readonly refused = signal<readonly RefusedFile[]>([]);
  /** What was said since the draft was begun and not seen: asked about before anything is sent. */
  protected readonly missed = signal<readonly Message[]>([]);
  private askedUpTo = 0;
  private resolves = false;

  protected readonly left = computed(() => MESSAGE_MAX_LENGTH - this.text().length);
  protected readonly countsDown = computed(() => this.left() <= COUNTS_DOWN_FROM);
  private readonly state = computed((): ComposerState => ({
    text: this.text(),
    files: this.files(),
    kind: this.kind(),
    staff: this.staff(),
    status: this.ticket().status,
    maxLength: MESSAGE_MAX_LENGTH,
  }));
  protected readonly obstacle = computed(() => sendingObstacle(this.state()));
  /** What a canned reply left open. */
  protected readonly mark = computed(() => (this.staff() ? unfilledMark(this.text()) : null));
  protected readonly wantsOffers = signal(false);
  protected readonly sendable = computed(() => canSend(this.state()));
  protected readonly reopens = computed(() => !this.staff() && this.ticket().status === 'resolved');
  protected readonly resolvable = computed(
    () => this.staff() && ['open', 'in_progress'].includes(this.ticket().status),
  );
  protected readonly kept = computed(() => this.drafts.keptState(this.kind()));
  /** Customers at a keyboard send with Enter; staff, and everybody on touch, break the line with it. */
  protected readonly enterSends = computed(() => !this.staff() && this.hasKeyboard);
  private readonly hasKeyboard = inject(MediaMatcher).matchMedia('(hover: hover) and (pointer: fine)').matches;

  private readonly ticketId = computed(() => this.ticket().id);

  constructor() {
    this.composerFiles.keepAt((kind) => {
      const clientMsgId = this.drafts.of(kind)?.clientMsgId;
      return clientMsgId ? { userId: this.shelf.personId(), ticketId: this.ticketId(), kind, clientMsgId } : null;
    });
    effect(() => {
      const ticketId = this.ticketId();
      untracked(() => this.open(ticketId));
    });
    effect(() => {
      for (const kind of this.kinds()) {
        const files = this.composerFiles.of(kind);
        untracked(() => this.noteFiles(kind, files));
      }
    });
    this.drafts.replaced.pipe(takeUntilDestroyed()).subscribe((kind) => this.showFiles(kind));
    inject(RealtimeConnection)
      .connected.pipe(takeUntilDestroyed())
      .subscribe(() => this.composerFiles.retryWaiting(this.ticketId()));
  }

  /** Puts the cursor into the field; with a kind given, as if it had been chosen in the switch. */
  focusField(kind?: MessageKind): void {
    if (kind && this.kinds().includes(kind)) this.choose(kind);
    this.field()?.nativeElement.focus();
  }

  /** Whether the field stands in a public kind; the last one used, if it doesn't. */
  focusPublic(): void {
    this.focusField(this.kind() === 'note' ? this.defaultKind() : this.kind());
  }

  addFiles(files: readonly File[]): void {
    if (files.length === 0) return;
    this.drafts.begin(this.kind(), this.shownUpTo());
    this.refused.set(this.composerFiles.add(this.ticketId(), this.kind(), files));
  }

  /** Takes back a message that did not go out, under its own kind and before what is already written there. */
  rewrite({ clientMsgId, kind, body, files }: Pick<PendingMessage, 'clientMsgId' | 'kind' | 'body' | 'files'>): void {
    this.setKind(kind);
    this.drafts.bringBack(kind, clientMsgId, isNamesOf(body, files) ? '' : body, this.shownUpTo());
    this.composerFiles.bringBack(this.ticketId(), kind, files);
    this.focusField();
  }

  /** The last moment before the ticket is left: keeps what was written. */
  keepNow(): void {
    this.drafts.keepNow();
  }

  protected choose(kind: MessageKind): void {
    const from = this.kind();
    if (kind === from) return;
    this.typing.emit({ active: false, kind: from });
    if (from !== 'note' && this.isFree(kind)) {
      this.drafts.move(from, kind);
      this.composerFiles.move(from, kind);
    }
    this.setKind(kind);
  }

  protected write(body: string): void {
    this.drafts.write(this.kind(), body, this.shownUpTo());
    if (SIGNS.test(body)) this.wantsOffers.set(true);
    this.typing.emit({ active: body !== '', kind: this.kind() });
  }

  protected keyed(event: KeyboardEvent): void {
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === 'Escape') this.field()?.nativeElement.blur();
    if (event.key !== 'Enter' || event.shiftKey || event.altKey) return;
    if (!event.ctrlKey && !event.metaKey && !this.enterSends()) return;
    event.preventDefault();
    this.send();
  }

  protected pasted(event: ClipboardEvent): void {
    const files = filesOf(event.clipboardData);
    if (files.length === 0 || event.clipboardData?.types.includes('text/plain')) return;
    event.preventDefault();
    this.addFiles(files);
  }

  protected picked(input: HTMLInputElement): void {
    this.addFiles([...(input.files ?? [])]);
    input.value = '';
  }

  protected retry(file: ComposerFile): void {
    this.composerFiles.retry(this.ticketId(), file);
  }

  protected removeFile(file: ComposerFile): void {
    this.composerFiles.remove(this.kind(), file);
  }

  protected enterField(): void {
    this.drafts.setWriting(this.kind());
  }

  protected leaveField(): void {
    this.drafts.setWriting(null);
    this.typing.emit({ active: false, kind: this.kind() });
  }

  /** Stops once when something was said that the author can't have seen. */
  protected send(resolves = false): void {
    if (!this.sendable()) return;
    const mark = this.mark();
    if (mark) return this.select(mark);
    this.resolves = resolves;
    if (this.missed().length === 0) this.missed.set(this.missedNow());
    if (this.missed().length === 0) return this.handOver();
    afterNextRender(() => this.question()?.focus(), { injector: this.injector });
  }

  /** What was written for the customer is for colleagues only; a note that was begun before goes on with it. */
  protected makeNote(): void {
    const from = this.kind();
    if (!this.isFree('note') && from !== 'note') {
      const words = [this.drafts.body('note'), this.text()].filter(Boolean).join('\n\n');
      this.drafts.write('note', words, this.shownUpTo());
      this.drafts.write(from, '', this.shownUpTo());
      this.composerFiles.move(from, 'note');
    }
    this.choose('note');
    afterNextRender(() => this.focusField(), { injector: this.injector });
  }

  protected sendAnyway(): void {
    this.missed.set([]);
    this.handOver();
  }

  protected backToDraft(): void {
    this.askedUpTo = Math.max(this.askedUpTo, ...this.missed().map(({ seq }) => seq));
    this.missed.set([]);
    this.focusField();
  }

  protected warnOfUploads(event: BeforeUnloadEvent): void {
    if (this.uploads.isUploading()) event.preventDefault();
  }

  private handOver(): void {
    if (!this.sendable()) return;
    const kind = this.kind();
    const files = this.composerFiles.outgoing(kind);
    const body = this.text().trim() ? this.text() : namesOf(files);
    this.sent.emit({
      clientMsgId: this.drafts.begin(kind, this.shownUpTo()),
      kind,
      body,
      files,
      resolves: this.resolves,
    });
    this.typing.emit({ active: false, kind });
    this.drafts.handedOver(kind);
    this.composerFiles.forget(kind);
    this.refused.set([]);
    this.focusField();
  }

  private select({ start, text }: UnfilledMark): void {
    this.focusField();
    this.field()?.nativeElement.setSelectionRange(start, start + text.length);
  }

  private missedNow(): readonly Message[] {
    const record = this.drafts.of(this.kind());
    if (!this.staff() || this.kind() === 'note' || !record) return [];
    const after = Math.max(record.baseSeq, this.askedUpTo);
    return this.unseen().filter(({ seq }) => seq > after);
  }

  private open(ticketId: number): void {
    this.drafts.open(ticketId, this.kinds());
    this.refused.set([]);
    this.missed.set([]);
    this.askedUpTo = 0;
    for (const kind of this.kinds()) this.showFiles(kind);
    const keptKind = this.shelf.readKind(ticketId);
    this.kind.set(keptKind && this.kinds().includes(keptKind) ? keptKind : this.defaultKind());
    const carried = this.carried.take(ticketId);
    if (carried) this.takeIn(carried);
  }

  /** Below what is written there already. */
  private takeIn({ body, files, taken }: Carried): void {
    this.drafts.write(this.kind(), [this.text(), body].filter(Boolean).join('\n\n'), this.shownUpTo());
    this.addFiles(files);
    this.drafts.keepNow();
    taken();
    afterNextRender(() => this.focusField(), { injector: this.injector });
  }

  private showFiles(kind: MessageKind): void {
    void this.composerFiles.show(this.ticketId(), kind, this.drafts.of(kind)?.attachments ?? []);
  }

  private noteFiles(kind: MessageKind, files: readonly ComposerFile[]): void {
    const attachments = files.flatMap(({ attachment }) => attachment ?? []);
    this.drafts.setFiles(kind, attachments, files.length - attachments.length);
  }

  /** Live if the other side is there to read it, on the record if not. */
  private defaultKind(): MessageKind {
    const { requester, assignee, status } = this.ticket();
    const other = this.staff() ? requester : assignee;
    return other?.online && status !== 'closed' ? 'chat' : 'comment';
  }

  private setKind(kind: MessageKind): void {
    this.kind.set(kind);
    this.missed.set([]);
    this.shelf.writeKind(this.ticketId(), kind);
    if (document.activeElement === this.field()?.nativeElement) this.drafts.setWriting(kind);
  }

  private isFree(kind: MessageKind): boolean {
    return this.drafts.body(kind) === '' && this.composerFiles.of(kind).length === 0;
  }
}

/** What a message without words says. */
const namesOf = (files: readonly { readonly name: string }[]): string => files.map(({ name }) => name).join(', ');

const isNamesOf = (body: string, files: readonly { readonly name: string }[]): boolean =>
  files.length > 0 && body === namesOf(files);
