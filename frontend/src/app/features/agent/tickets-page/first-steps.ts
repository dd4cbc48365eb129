import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { RouterLink } from '@angular/router';

import { KeyCaps } from '../../../core/commands/key-caps';
import { AppIcon } from '../../../shared/icon/app-icon';
import { t } from '../../../shared/texts/text';
import { DeskArrangement } from '../desk-arrangement';

/** What somebody new at the desk does first; it stays until they put it away. */
@Component({
  selector: 'app-first-steps',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [AppIcon, KeyCaps, RouterLink],
  template: `
    <section aria-labelledby="first-steps">
      <h2 id="first-steps">{{ t('commands.first.heading') }}</h2>
      <ol>
        <li>
          <app-icon name="person" />
          <span>
            <a [routerLink]="[]" [queryParams]="{ view: 'queue' }">{{ t('commands.first.claim') }}</a>
            <small>{{ t('commands.first.claimHint') }}</small>
          </span>
          <app-key-caps command="ticket.claim" />
        </li>
        <li>
          <app-icon name="reply" />
          <span
            >{{ t('commands.first.reply') }} <small>{{ t('commands.first.replyHint') }}</small></span
          >
          <app-key-caps command="ticket.reply" />
        </li>
        <li>
          <app-icon name="command" />
          <span
            >{{ t('commands.first.find') }} <small>{{ t('commands.first.findHint') }}</small></span
          >
          <app-key-caps command="palette" />
        </li>
        <li>
          <app-icon name="bell" />
          <span>
            <a routerLink="/profile" fragment="notifications">{{ t('commands.first.notices') }}</a>
            <small>{{ t('commands.first.noticesHint') }}</small>
          </span>
        </li>
      </ol>
      <button type="button" class="app-button tonal" (click)="putAway()">{{ t('commands.first.done') }}</button>
    </section>
  `,
  styles: `
    section {
      display: grid;
      gap: 16px;
      justify-items: start;
      max-inline-size: 520px;
      margin: auto;
      padding: 28px;
      border: 1px solid var(--app-hairline);
      border-radius: 20px;
      background: var(--app-card);
    }

    ol {
      display: grid;
      gap: 14px;
      inline-size: 100%;
      margin: 0;
      padding: 0;
      list-style: none;
    }

    li {
      display: flex;
      align-items: center;
      gap: 14px;
      font: var(--mat-sys-body-large);
      --app-icon-size: 22px;
    }

    li > app-icon {
      color: var(--mat-sys-primary);
    }

    li > span {
      flex: 1;
      min-inline-size: 0;
    }

    small {
      display: block;
      color: var(--mat-sys-on-surface-variant);
      font: var(--mat-sys-body-small);
    }
  `,
})
export class FirstSteps {
  protected readonly t = t;
  private readonly desk = inject(DeskArrangement);

  protected putAway(): void {
    this.desk.putAway('first-steps');
  }
}
