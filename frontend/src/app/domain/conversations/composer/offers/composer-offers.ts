import {
  ChangeDetectionStrategy,
  Component,
  computed,
  DestroyRef,
  effect,
  ElementRef,
  inject,
  input,
  linkedSignal,
  output,
  signal,
  untracked,
} from '@angular/core';
import { MatButton } from '@angular/material/button';

import { CannedReply, MessageKind, Ticket } from '../../../../core/api/models';
import { Session } from '../../../../core/session/session';
import { ProblemNotifier } from '../../../../core/problems/problem-notifier';
import { Avatar } from '../../../../shared/avatar/avatar';
import { AppIcon } from '../../../../shared/icon/app-icon';
import { CannedRepliesApi } from '../../../canned-replies/canned-replies-api';
import { filled } from '../../../canned-replies/variables';
import { unfilledMark } from '../unfilled-mark';
import { Offer, OfferSources } from './offer-sources';
import { Sign, Trigger, triggerBefore } from './trigger';

const NAMES: Readonly<Record<Sign, string>> = { '@': 'Colleagues', '/': 'Canned replies', ':': 'Emoji' };

/**
 * What is offered while a word with a sign in front is typed: `@` colleagues, `/` canned replies, `:` emoji. The cursor
 * stays in the field, which points at the marked offer; while an input method is composing nothing is offered.
 */
@Component({
  selector: 'app-composer-offers',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [AppIcon, Avatar, MatButton],
  providers: [OfferSources],
  templateUrl: './composer-offers.html',
  styleUrl: './composer-offers.scss',
})
export class ComposerOffers {
  private readonly sources = inject(OfferSources);
  private readonly session = inject(Session);
  private readonly replies = inject(CannedRepliesApi);
  private readonly problems = inject(ProblemNotifier);
  private readonly element = inject<ElementRef<HTMLElement>>(ElementRef).nativeElement;

  readonly field = input.required<HTMLTextAreaElement>();
  readonly ticket = input.required<Ticket>();
  readonly kind = input.required<MessageKind>();
  readonly staff = input(false);
  /** What is written is to be a note. */
  readonly noteWanted = output();

  private readonly trigger = signal<Trigger | null>(null);
  /** Where the list was closed with Escape: it stays closed for this word. */
  private readonly dismissedAt = signal<number | null>(null);
  protected readonly offers = computed(() => (this.dismissedAt() === null ? this.sources.offers() : []));
  protected readonly isOpen = computed(() => this.offers().length > 0);
  protected readonly active = linkedSignal<readonly Offer[], number>({ source: this.offers, computation: () => 0 });
  protected readonly name = computed(() => NAMES[this.trigger()?.sign ?? '@']);
  protected readonly failed = this.sources.failed;
  /** The text as it would be inserted, of the marked canned reply. */
  protected readonly preview = computed(() => {
    const offer = this.offers()[this.active()];
    return offer?.kind === 'reply' ? this.textOf(offer.reply) : null;
  });
  protected readonly count = computed(() => {
    const count = this.offers().length;
    return count === 0 ? '' : `${this.name()}: ${count === 1 ? '1 offer' : `${count} offers`}`;
  });
  /** Somebody was mentioned where the customer reads it. */
  protected readonly asksForNote = linkedSignal({ source: this.kind, computation: () => false });
  private readonly keepsKind = linkedSignal({
    source: () => `${this.ticket().id} ${this.kind()}`,
    computation: () => false,
  });

  constructor() {
    effect((onCleanup) => onCleanup(this.listen(this.field())));
    effect(() => {
      const [trigger, kind, staff] = [this.trigger(), this.kind(), this.staff()];
      untracked(() => this.sources.look(trigger, kind, staff));
    });
    effect(() => this.describe(this.field(), this.isOpen(), this.active()));
    effect(() => {
      this.active();
      untracked(() => this.element.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' }));
    });
    inject(DestroyRef).onDestroy(() => this.describe(this.field(), false, 0));
  }

  protected take(offer: Offer): void {
    const trigger = this.trigger();
    if (!trigger) return;
    if (offer.kind === 'reply') return this.insertReply(trigger, offer.reply);
    const word = offer.kind === 'emoji' ? offer.emoji : `@${offer.name}`;
    const gap = /^\s/u.test(this.field().value.slice(trigger.end)) ? '' : ' ';
    this.insert(trigger, word + gap);
    if (offer.kind === 'person' && this.kind() !== 'note' && !this.keepsKind()) this.asksForNote.set(true);
  }

  protected makeNote(): void {
    this.asksForNote.set(false);
    this.noteWanted.emit();
    this.field().focus();
  }

  protected keepKind(): void {
    this.asksForNote.set(false);
    this.keepsKind.set(true);
    this.field().focus();
  }

  /** One line of a text, for the list. */
  protected firstLine(body: string): string {
    return body.trim().split('\n')[0] ?? '';
  }

  private insertReply(trigger: Trigger, reply: CannedReply): void {
    const text = this.textOf(reply);
    const mark = unfilledMark(text);
    this.insert(trigger, text);
    if (mark) {
      const start = trigger.start + mark.start;
      this.field().setSelectionRange(start, start + mark.text.length);
    }
    this.replies.countUse(reply.id).subscribe({
      error: (error: unknown) => this.problems.show(error, 'The use of the canned reply was not counted'),
    });
  }

  /** In the place of the word with its sign; what stands around it is kept. */
  private insert({ start, end }: Trigger, text: string): void {
    const field = this.field();
    field.setRangeText(text, start, end, 'end');
    field.dispatchEvent(new InputEvent('input', { bubbles: true }));
    field.focus();
    this.trigger.set(null);
  }

  private textOf({ body }: CannedReply): string {
    const agent = this.session.user();
    return agent ? filled(body, this.ticket(), agent) : body;
  }

  private listen(field: HTMLTextAreaElement): () => void {
    const stop = new AbortController();
    const { signal } = stop;
    field.addEventListener('input', (event) => this.look((event as InputEvent).isComposing), { signal });
    field.addEventListener('compositionend', () => this.look(false), { signal });
    field.addEventListener('compositionstart', () => this.trigger.set(null), { signal });
    field.addEventListener('blur', () => this.trigger.set(null), { signal });
    field.ownerDocument.addEventListener('selectionchange', () => this.follow(), { signal });
    // Before the composer hears of it: a key that belongs to the list does nothing else.
    field.addEventListener('keydown', (event) => this.keyed(event), { signal, capture: true });
    this.look(false);
    return () => stop.abort();
  }

  private look(isComposing: boolean): void {
    const { value, selectionStart, selectionEnd } = this.field();
    const isPlace = !isComposing && selectionStart === selectionEnd;
    const trigger = isPlace ? triggerBefore(value, selectionStart) : null;
    if (trigger?.start !== this.dismissedAt()) this.dismissedAt.set(null);
    this.trigger.set(trigger);
  }

  /** The cursor went elsewhere, and with it the word. */
  private follow(): void {
    const trigger = this.trigger();
    const { selectionStart: at } = this.field();
    if (trigger && (at < trigger.start || at > trigger.end)) this.trigger.set(null);
  }

  private keyed(event: KeyboardEvent): void {
    if (!this.isOpen() || event.isComposing || event.keyCode === 229) return;
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const actions: Readonly<Record<string, () => void>> = {
      ArrowDown: () => this.move(1),
      ArrowUp: () => this.move(-1),
      Enter: () => this.takeActive(),
      Tab: () => this.takeActive(),
      Escape: () => this.dismissedAt.set(this.trigger()?.start ?? null),
    };
    const action = actions[event.key];
    if (!action) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    action();
  }

  private move(by: 1 | -1): void {
    const count = this.offers().length;
    this.active.update((index) => (index + by + count) % count);
  }

  private takeActive(): void {
    const offer = this.offers()[this.active()];
    if (offer) this.take(offer);
  }

  /** Screen readers hear the marked offer as if it had the focus. */
  private describe(field: HTMLTextAreaElement, isOpen: boolean, active: number): void {
    const attributes: Readonly<Record<string, string>> = {
      'aria-autocomplete': 'list',
      'aria-haspopup': 'listbox',
      'aria-controls': 'composer-offers',
      'aria-activedescendant': `composer-offer-${active}`,
    };
    for (const [name, value] of Object.entries(attributes))
      if (isOpen) field.setAttribute(name, value);
      else field.removeAttribute(name);
  }
}
