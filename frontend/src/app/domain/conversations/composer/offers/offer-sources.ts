import { httpResource } from '@angular/common/http';
import { computed, effect, inject, Injectable, signal, untracked } from '@angular/core';

import { Agent, CannedReply, MessageKind, PresenceState } from '../../../../core/api/models';
import { Session } from '../../../../core/session/session';
import { valueOr } from '../../../../shared/resources/value-or';
import { CannedRepliesApi } from '../../../canned-replies/canned-replies-api';
import { Emoji, emojiOf, searchEmoji } from './emoji-search';
import { Trigger } from './trigger';

const MOST = 8;
const TYPING_PAUSE_MS = 120;
const PRESENCE_ORDER = { online: 0, away: 1, offline: 2 } as const;

export type Offer =
  | { readonly kind: 'person'; readonly id: string; readonly name: string; readonly presence: PresenceState }
  | { readonly kind: 'emoji'; readonly id: string; readonly emoji: string; readonly name: string }
  | { readonly kind: 'reply'; readonly id: string; readonly reply: CannedReply };

/** What fits the word behind a sign: colleagues and canned replies for staff, emoji for everybody. */
@Injectable()
export class OfferSources {
  private readonly session = inject(Session);
  private readonly trigger = signal<Trigger | null>(null);
  private readonly place = signal<'reply' | 'note'>('reply');
  private readonly isStaff = signal(false);
  private readonly wantsPeople = signal(false);
  private readonly emoji = signal<readonly Emoji[]>([]);
  /** The words that are searched for: those of a moment ago, so that not every letter asks the server. */
  private readonly words = signal<string | null>(null);

  private readonly people = httpResource<Agent[]>(() => (this.wantsPeople() ? '/api/agents' : undefined));
  private readonly replies = inject(CannedRepliesApi).offered(() => {
    const q = this.words();
    return q === null ? null : { q, in: this.place() };
  });
  /** What was found last stays on screen until the next answer. */
  private readonly knownReplies = signal<readonly CannedReply[]>([]);

  readonly failed = computed(() => {
    const sign = this.trigger()?.sign;
    return (sign === '/' && this.replies.error() !== undefined) || (sign === '@' && this.people.error() !== undefined);
  });

  readonly offers = computed((): readonly Offer[] => {
    const trigger = this.trigger();
    if (!trigger) return [];
    if (trigger.sign === ':') return this.emojiLike(trigger.term);
    if (!this.isStaff()) return [];
    return trigger.sign === '@' ? this.peopleLike(trigger.term) : this.repliesFound();
  });

  constructor() {
    effect((onCleanup) => {
      const trigger = this.trigger();
      if (trigger?.sign === ':') untracked(() => void this.fetchEmoji());
      if (trigger?.sign === '@' && this.isStaff()) this.wantsPeople.set(true);
      if (trigger?.sign !== '/' || !this.isStaff()) return;
      const timer = setTimeout(() => this.words.set(trigger.term.trim()), TYPING_PAUSE_MS);
      onCleanup(() => clearTimeout(timer));
    });
    effect(() => {
      if (this.replies.hasValue()) this.knownReplies.set(this.replies.value());
    });
  }

  look(trigger: Trigger | null, kind: MessageKind, staff: boolean): void {
    this.isStaff.set(staff);
    this.place.set(kind === 'note' ? 'note' : 'reply');
    this.trigger.set(trigger);
  }

  private emojiLike(term: string): Offer[] {
    return searchEmoji(this.emoji(), term, MOST).map((found) => ({ kind: 'emoji', id: found.emoji, ...found }));
  }

  /** The beginning of the name or of a part of it; who is here comes first. */
  private peopleLike(term: string): Offer[] {
    const wanted = folded(term.trim());
    const isMeant = ({ id, name }: Agent): boolean =>
      id !== this.session.user()?.id && ` ${folded(name)}`.includes(` ${wanted}`);
    return valueOr(this.people, [])
      .filter(isMeant)
      .toSorted((a, b) => PRESENCE_ORDER[a.presence] - PRESENCE_ORDER[b.presence] || a.name.localeCompare(b.name))
      .slice(0, MOST)
      .map(({ id, name, presence }) => ({ kind: 'person', id, name, presence }));
  }

  private repliesFound(): Offer[] {
    return this.knownReplies().map((reply) => ({ kind: 'reply', id: reply.id, reply }));
  }

  private async fetchEmoji(): Promise<void> {
    if (this.emoji().length > 0) return;
    const { EMOJI_NAMES } = await import('./emoji-names');
    this.emoji.set(emojiOf(EMOJI_NAMES));
  }
}

const folded = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .toLocaleLowerCase();
