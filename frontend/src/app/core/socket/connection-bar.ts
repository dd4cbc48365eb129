import { ChangeDetectionStrategy, Component, inject } from '@angular/core';

import { AppIcon } from '../../shared/icon/app-icon';
import { t } from '../../shared/texts/text';
import { RealtimeConnection } from './realtime-connection';

/** Says quietly that the live connection is away for a while. */
@Component({
  selector: 'app-connection-bar',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [AppIcon],
  template: `
    <div role="status">
      @if (connection.isLost()) {
        <p class="bar"><app-icon name="offline" /> {{ t('common.reconnecting') }}</p>
      }
    </div>
  `,
  styles: `
    .bar {
      position: fixed;
      inset-block-start: 8px;
      inset-inline: 0;
      z-index: 900;
      display: flex;
      align-items: center;
      gap: 8px;
      inline-size: fit-content;
      margin: 0 auto;
      padding: 6px 14px;
      border-radius: 999px;
      background: var(--mat-sys-inverse-surface);
      color: var(--mat-sys-inverse-on-surface);
      font: var(--mat-sys-label-large);
      --app-icon-size: 18px;
    }

    /* Below the bar of the page, which fills the width there. */
    @media (width < 600px) {
      .bar {
        inset-block-start: 66px;
      }
    }
  `,
})
export class ConnectionBar {
  protected readonly t = t;
  protected readonly connection = inject(RealtimeConnection);
}
