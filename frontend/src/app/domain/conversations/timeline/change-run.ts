import { ChangeDetectionStrategy, Component, computed, input, signal } from '@angular/core';

import { AppIcon } from '../../../shared/icon/app-icon';
import { IconName } from '../../../shared/icon/icon-shapes';
import { t } from '../../../shared/texts/text';
import { ChangeEntry, ChangeEvent } from '../engine/timeline-log';
import { changeText, type ChangeReader } from './change-text';
import { LocalTimePipe } from '../../../shared/time/local-time';

/** This many in a row are shown one by one; more are folded into one line. */
const SHOWN_SINGLY = 2;

const ICONS: Record<ChangeEvent['type'], IconName> = {
  'ticket.created': 'ticket',
  'ticket.deleted': 'trash',
  'ticket.restored': 'undo',
  'description.changed': 'edit',
  'status.changed': 'check-circle',
  'priority.changed': 'flag',
  'assignee.changed': 'person',
  'category.changed': 'inbox',
  'subject.changed': 'edit',
  'tags.changed': 'tag',
  'needs-reply.changed': 'check-circle',
};

/** Changes of the ticket between messages: one grey line each, runs of them folded. */
@Component({
  selector: 'app-change-run',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [AppIcon, LocalTimePipe],
  template: `
    @if (foldable()) {
      <button type="button" class="fold" [attr.aria-expanded]="unfolded()" (click)="unfolded.set(!unfolded())">
        <app-icon [name]="unfolded() ? 'chevron-down' : 'chevron-right'" />
        {{ t('conversation.changes', { count: lines().length }) }}
        @if (!unfolded()) {
          <span class="last">· {{ lines().at(-1)?.text }}</span>
        }
      </button>
    }
    @if (!foldable() || unfolded()) {
      @for (line of lines(); track line.key) {
        <p>
          <app-icon [name]="line.icon" />
          <span>{{ line.text }}</span>
          <time [attr.datetime]="line.at" [title]="line.at | localTime: 'medium'">{{
            line.at | localTime: 'time'
          }}</time>
        </p>
      }
    }
  `,
  styles: `
    :host {
      display: grid;
      justify-items: center;
      gap: 2px;
      color: var(--mat-sys-on-surface-variant);
      font: var(--mat-sys-body-small);
      --app-icon-size: 14px;
    }

    p,
    .fold {
      display: flex;
      align-items: center;
      gap: 6px;
      max-inline-size: 100%;
      margin: 0;
      padding: 3px 12px;
      overflow-wrap: anywhere;
    }

    time {
      flex: none;
      opacity: 0.85;
    }

    .fold {
      min-block-size: 28px;
      border: 0;
      border-radius: 999px;
      background: var(--app-quiet-container);
      color: var(--app-on-quiet-container);
      font: inherit;
      cursor: pointer;
    }

    .last {
      overflow: hidden;
      text-overflow: ellipsis;
      white-space: nowrap;
    }
  `,
})
export class ChangeRun {
  protected readonly t = t;
  readonly changes = input.required<readonly ChangeEntry[]>();
  readonly self = input.required<ChangeReader>();

  protected readonly unfolded = signal(false);
  protected readonly foldable = computed(() => this.changes().length > SHOWN_SINGLY);
  protected readonly lines = computed(() =>
    this.changes().map(({ key, event }) => ({
      key,
      at: event.at,
      icon: ICONS[event.type],
      text: changeText(event, this.self()),
    })),
  );
}
