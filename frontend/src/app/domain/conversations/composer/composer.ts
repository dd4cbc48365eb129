import { MediaMatcher } from '@angular/cdk/layout';
import { CdkTextareaAutosize } from '@angular/cdk/text-field';
import {
  ChangeDetectionStrategy,
  Component,
  computed,
  DestroyRef,
  effect,
  ElementRef,
  inject,
  input,
  output,
  signal,
  untracked,
  viewChild,
} from '@angular/core';
import { MatButton, MatIconButton } from '@angular/material/button';

import { MessageKind, Ticket } from '../../../core/api/models';
import { AppIcon } from '../../../shared/icon/app-icon';
import { ACCEPTED_FILES, filesOf, RefusedFile } from '../../attachments/attachment-rules';
import { StagedUploads } from '../../attachments/staged-uploads';
import { OutgoingDraft, stagedFile } from '../engine/outgoing-messages';
import { ComposerFile, ComposerFiles } from './composer-files';
import { canSend, ComposerState, sendingObstacle } from './composer-rules';
import { Drafts } from './drafts';
import { FileTray } from './file-tray';
import { KindSwitch } from './kind-switch';

export const MESSAGE_MAX_LENGTH = 10_000;
const COUNTS_DOWN_FROM = 500;
const KEEP_AFTER_MS = 300;
const NO_BODIES: Record<MessageKind, string> = { chat: '', comment: '', note: '' };

export interface TypingChange {
  readonly active: boolean;
  readonly kind: MessageKind;
}

/** Where a message is written. The same for everybody; what a reader may not do is not offered. */
@Component({
  selector: 'app-composer',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [AppIcon, CdkTextareaAutosize, FileTray, KindSwitch, MatButton, MatIconButton],
  providers: [StagedUploads, ComposerFiles],
  templateUrl: './composer.html',
  styleUrl: './composer.scss',
  host: {
    '[class.note]': 'kind() === "note"',
    '(window:pagehide)': 'keepNow()',
    '(window:beforeunload)': 'warnOfUploads($event)',
  },
})
export class Composer {
  private readonly drafts = inject(Drafts);
  private readonly composerFiles = inject(ComposerFiles);
  private readonly uploads = inject(StagedUploads);
  private readonly field = viewChild<ElementRef<HTMLTextAreaElement>>('field');

  readonly ticket = input.required<Ticket>();
  readonly staff = input(false);
  readonly sent = output<OutgoingDraft>();
  readonly typing = output<TypingChange>();

  protected readonly accepted = ACCEPTED_FILES;
  protected readonly kinds = computed((): MessageKind[] =>
    this.staff() ? ['chat', 'comment', 'note'] : ['chat', 'comment'],
  );
  protected readonly kind = signal<MessageKind>('chat');
  private readonly bodies = signal(NO_BODIES);
  protected readonly text = computed(() => this.bodies()[this.kind()]);
  protected readonly files = computed(() => this.composerFiles.of(this.kind()));
  protected readonly refused = signal<readonly RefusedFile[]>([]);
  /** Send was pressed while files were still under way. */
  protected readonly sendsLater = signal(false);

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
  protected readonly sendable = computed(() => canSend(this.state()));
  protected readonly uploading = computed(() => this.files().filter((file) => file.state === 'uploading').length);
  protected readonly reopens = computed(() => !this.staff() && this.ticket().status === 'resolved');
  /** Customers at a keyboard send with Enter; staff, and everybody on touch, break the line with it. */
  protected readonly enterSends = computed(() => !this.staff() && this.hasKeyboard);
  private readonly hasKeyboard = inject(MediaMatcher).matchMedia('(hover: hover) and (pointer: fine)').matches;

  private readonly ticketId = computed(() => this.ticket().id);
  private openedId: number | null = null;
  private keepTimer: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    effect(() => {
      const ticketId = this.ticketId();
      untracked(() => this.open(ticketId));
    });
    effect(() => {
      this.files();
      untracked(() => this.keepSoon());
    });
    effect(() => {
      const ready = this.sendsLater() && this.uploading() === 0;
      untracked(() => ready && this.send());
    });
    inject(DestroyRef).onDestroy(() => this.keepNow());
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
    this.refused.set(this.composerFiles.add(this.ticketId(), this.kind(), files));
  }

  /** Takes back a message that was refused, under its own kind and before what is already written there. */
  rewrite(message: OutgoingDraft): void {
    this.setKind(message.kind);
    this.takeBack(message);
    this.keepSoon();
    this.field()?.nativeElement.focus();
  }

  protected choose(kind: MessageKind): void {
    const from = this.kind();
    if (kind === from) return;
    this.typing.emit({ active: false, kind: from });
    if (from !== 'note' && this.isEmpty(kind)) this.carry(from, kind);
    this.setKind(kind);
  }

  protected write(body: string): void {
    this.bodies.update((bodies) => ({ ...bodies, [this.kind()]: body }));
    this.typing.emit({ active: body !== '', kind: this.kind() });
    this.keepSoon();
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

  protected leaveField(): void {
    this.typing.emit({ active: false, kind: this.kind() });
  }

  protected send(): void {
    this.sendsLater.set(false);
    if (!this.sendable()) return;
    if (this.uploading() > 0) {
      this.sendsLater.set(true);
      return;
    }
    const kind = this.kind();
    const attachments = this.composerFiles.arrived(kind);
    const body = this.text().trim() ? this.text() : attachments.map(({ filename }) => filename).join(', ');
    this.sent.emit({ kind, body, files: attachments.map(stagedFile) });
    this.typing.emit({ active: false, kind });
    this.bodies.update((bodies) => ({ ...bodies, [kind]: '' }));
    this.composerFiles.clear(kind);
    this.refused.set([]);
    this.keepNow();
    this.field()?.nativeElement.focus();
  }

  /** The last moment before the ticket is left: keeps what was written. */
  keepNow(): void {
    clearTimeout(this.keepTimer);
    if (this.openedId === null) return;
    for (const kind of this.kinds()) {
      const draft = { body: this.bodies()[kind], attachments: this.composerFiles.arrived(kind) };
      this.drafts.write(this.openedId, kind, draft);
    }
  }

  protected warnOfUploads(event: BeforeUnloadEvent): void {
    if (this.uploads.isUploading()) event.preventDefault();
  }

  private takeBack({ kind, body, files }: OutgoingDraft): void {
    const attachments = files.flatMap(({ attachment }) => (attachment ? [attachment] : []));
    this.bodies.update((bodies) => ({ ...bodies, [kind]: [body, bodies[kind]].filter(Boolean).join('\n\n') }));
    this.composerFiles.keep(kind, [...attachments, ...this.composerFiles.kept(kind)]);
  }

  private open(ticketId: number): void {
    this.keepNow();
    this.composerFiles.reset();
    this.refused.set([]);
    const kept = this.kinds().map((kind) => [kind, this.drafts.read(ticketId, kind)] as const);
    this.bodies.set({ ...NO_BODIES, ...Object.fromEntries(kept.map(([kind, draft]) => [kind, draft.body])) });
    for (const [kind, draft] of kept) this.composerFiles.keep(kind, draft.attachments);
    const keptKind = this.drafts.readKind(ticketId);
    this.kind.set(keptKind && this.kinds().includes(keptKind) ? keptKind : this.defaultKind());
    this.openedId = ticketId;
  }

  /** Live if the other side is there to read it, on the record if not. */
  private defaultKind(): MessageKind {
    const { requester, assignee, status } = this.ticket();
    const other = this.staff() ? requester : assignee;
    return other?.online && status !== 'closed' ? 'chat' : 'comment';
  }

  private setKind(kind: MessageKind): void {
    this.kind.set(kind);
    this.drafts.writeKind(this.ticketId(), kind);
  }

  private isEmpty(kind: MessageKind): boolean {
    return this.bodies()[kind] === '' && this.composerFiles.of(kind).length === 0;
  }

  private carry(from: MessageKind, to: MessageKind): void {
    this.bodies.update((bodies) => ({ ...bodies, [to]: bodies[from], [from]: '' }));
    this.composerFiles.move(from, to);
  }

  private keepSoon(): void {
    clearTimeout(this.keepTimer);
    this.keepTimer = setTimeout(() => this.keepNow(), KEEP_AFTER_MS);
  }
}
