import { ChangeDetectionStrategy, Component, computed, effect, input, output, signal } from '@angular/core';
import { MatButton } from '@angular/material/button';

import { AppIcon } from '../../../shared/icon/app-icon';
import { IconName } from '../../../shared/icon/icon-shapes';
import { t } from '../../../shared/texts/text';
import { PendingMessage } from '../engine/outgoing-messages';
import { refusalText } from './refusal-text';
import { ShownMessage } from './timeline-items';

const TICK_MS = 250;

/** What has become of an own message, and what can be done about one that is held back or was refused. */
@Component({
  selector: 'app-message-state',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [AppIcon, MatButton],
  template: `
    @if (failed()) {
      <p class="failed" role="alert">
        <app-icon name="error" /> {{ t('conversation.state.failed', { reason: reason() }) }}
      </p>
      <span class="actions">
        <button matButton type="button" (click)="retry.emit()">{{ t('common.retry') }}</button>
        <button matButton type="button" (click)="edit.emit()">{{ t('conversation.edit') }}</button>
        <button matButton type="button" (click)="discard.emit()">{{ t('conversation.state.discard') }}</button>
      </span>
    } @else if (held()) {
      <span class="state"
        ><app-icon name="hourglass" />
        <span class="visually-hidden" role="status">{{ t('conversation.state.canUndo') }}</span>
        <span aria-hidden="true">{{ t('conversation.state.goesOut', { seconds: secondsLeft() }) }}</span></span
      >
      <button matButton="tonal" type="button" class="undo" (click)="edit.emit()">
        {{ t('conversation.state.undo') }}
      </button>
    } @else {
      <span class="state" role="status"><app-icon [name]="state().icon" /> {{ state().text }}</span>
    }
  `,
  styles: `
    :host {
      display: flex;
      flex-wrap: wrap;
      align-items: center;
      justify-content: flex-end;
      gap: 0 8px;
      color: var(--mat-sys-on-surface-variant);
      font: var(--mat-sys-body-small);
      --app-icon-size: 15px;
    }

    .state,
    .failed {
      display: inline-flex;
      align-items: center;
      gap: 4px;
      margin: 0;
      font-variant-numeric: tabular-nums;
    }

    .failed {
      color: var(--mat-sys-error);
    }

    .undo {
      margin-block: 4px;
    }
  `,
})
export class MessageState {
  protected readonly t = t;
  readonly message = input.required<ShownMessage>();
  readonly seen = input(false);
  /** Whether the server can be reached. */
  readonly online = input(true);
  readonly retry = output();
  /** Brings the message back into the field. */
  readonly edit = output();
  readonly discard = output();

  private readonly pending = computed(() => this.message().pending);
  private readonly now = signal(Date.now());
  protected readonly failed = computed(() => this.pending()?.state === 'failed');
  protected readonly held = computed(() => this.pending()?.state === 'held');
  protected readonly secondsLeft = computed(() => {
    const left = (this.pending()?.holdUntil ?? 0) - this.now();
    return Math.max(1, Math.ceil(left / 1_000));
  });
  protected readonly reason = computed(() => refusalText(this.pending()?.error ?? null));
  protected readonly state = computed((): { icon: IconName; text: string } => {
    const pending = this.pending();
    if (!pending || pending.state === 'sent')
      return this.seen()
        ? { icon: 'check-double', text: t('conversation.state.seen') }
        : { icon: 'check', text: t('conversation.state.sent') };
    return { icon: 'clock', text: this.waitingText(pending) };
  });

  constructor() {
    effect((onCleanup) => {
      if (!this.held()) return;
      this.now.set(Date.now());
      const ticking = setInterval(() => this.now.set(Date.now()), TICK_MS);
      onCleanup(() => clearInterval(ticking));
    });
  }

  private waitingText({ state, progress }: PendingMessage): string {
    if (state === 'sending') return t('conversation.state.sending');
    if (!this.online()) return t('conversation.waiting');
    if (state === 'uploading') return t('conversation.state.uploading', { percent: Math.round((progress ?? 0) * 100) });
    return t('conversation.state.waits');
  }
}
