import { ChangeDetectionStrategy, Component, computed, input, output } from '@angular/core';
import { MatButton } from '@angular/material/button';

import { AppIcon } from '../../../shared/icon/app-icon';
import { IconName } from '../../../shared/icon/icon-shapes';
import { refusalText } from './refusal-text';
import { ShownMessage } from './timeline-items';

/** What has become of an own message, and what can be done about one that was refused. */
@Component({
  selector: 'app-message-state',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [AppIcon, MatButton],
  template: `
    @if (failed()) {
      <p class="failed" role="alert"><app-icon name="error" /> Not sent: {{ reason() }}</p>
      <span class="actions">
        <button matButton type="button" (click)="retry.emit()">Retry</button>
        <button matButton type="button" (click)="edit.emit()">Edit</button>
        <button matButton type="button" (click)="discard.emit()">Discard</button>
      </span>
    } @else {
      <span class="state"><app-icon [name]="state().icon" /> {{ state().text }}</span>
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
    }

    .failed {
      color: var(--mat-sys-error);
    }
  `,
})
export class MessageState {
  readonly message = input.required<ShownMessage>();
  readonly seen = input(false);
  readonly retry = output();
  readonly edit = output();
  readonly discard = output();

  protected readonly failed = computed(() => this.message().pending?.state === 'failed');
  protected readonly reason = computed(() => refusalText(this.message().pending?.error ?? null));
  protected readonly state = computed((): { icon: IconName; text: string } => {
    const state = this.message().pending?.state ?? 'sent';
    if (state === 'waiting') return { icon: 'clock', text: 'Waiting for connection' };
    if (state === 'sending') return { icon: 'clock', text: 'Sending…' };
    return this.seen() ? { icon: 'check-double', text: 'Seen' } : { icon: 'check', text: 'Sent' };
  });
}
