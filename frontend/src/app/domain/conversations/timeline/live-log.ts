import { ChangeDetectionStrategy, Component, effect, input, signal, untracked } from '@angular/core';

import { t } from '../../../shared/texts/text';
import { TimelineEntry } from '../engine/timeline-log';
import { changeText, type ChangeReader } from './change-text';

interface Line {
  readonly key: string;
  readonly text: string;
}

const LONGEST = 200;
const SAID_AFTER_MS = 5_000;

/** Tells screen readers what others just wrote or did. History, edits and own messages stay silent. */
@Component({
  selector: 'app-live-log',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <div class="visually-hidden" role="log" [attr.aria-label]="t('conversation.log.label')">
      @for (line of lines(); track line.key) {
        <p>{{ line.text }}</p>
      }
    </div>
  `,
})
export class LiveLog {
  protected readonly t = t;
  readonly entries = input.required<readonly TimelineEntry[]>();
  readonly self = input.required<ChangeReader>();

  protected readonly lines = signal<readonly Line[]>([]);
  private saidUpTo: number | null = null;

  constructor() {
    effect(() => {
      const entries = this.entries();
      untracked(() => this.take(entries));
    });
  }

  private take(entries: readonly TimelineEntry[]): void {
    const head = entries.at(-1)?.seq ?? 0;
    const since = this.saidUpTo ?? head;
    this.saidUpTo = head;
    const fresh = entries.filter((entry) => entry.seq > since).flatMap((entry) => this.lineOf(entry));
    if (fresh.length > 0) this.say(fresh);
  }

  /** Once said, a line has no more use: the timeline has it. */
  private say(fresh: readonly Line[]): void {
    this.lines.update((lines) => [...lines, ...fresh]);
    setTimeout(() => this.lines.update((lines) => lines.filter((line) => !fresh.includes(line))), SAID_AFTER_MS);
  }

  private lineOf(entry: TimelineEntry): Line[] {
    const author = entry.type === 'message' ? entry.message.author : entry.event.actor;
    if (author.id === this.self().id) return [];
    const text =
      entry.type === 'message'
        ? t('conversation.log.message', { name: author.name, text: entry.message.body || t('conversation.aFile') })
        : changeText(entry.event, this.self());
    return [{ key: entry.key, text: text.slice(0, LONGEST) }];
  }
}
