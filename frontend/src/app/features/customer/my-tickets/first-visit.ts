import { ChangeDetectionStrategy, Component } from '@angular/core';
import { RouterLink } from '@angular/router';

import { Illustration } from '../../../shared/states/illustration';
import { t } from '../../../shared/texts/text';

/** What somebody without any ticket sees: what will happen, and the first step. */
@Component({
  selector: 'app-first-visit',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [Illustration, RouterLink],
  template: `
    <app-illustration name="conversation" />
    <h2>{{ t('customer.first.heading') }}</h2>
    <ol>
      <li>
        <strong>{{ t('customer.first.describe') }}</strong> {{ t('customer.first.describeMore') }}
      </li>
      <li>
        <strong>{{ t('customer.first.taken') }}</strong> {{ t('customer.first.takenMore') }}
      </li>
      <li>
        <strong>{{ t('customer.first.talk') }}</strong> {{ t('customer.first.talkMore') }}
      </li>
    </ol>
    <a class="app-button filled" routerLink="/portal/tickets/new">{{ t('customer.first.write') }}</a>
  `,
  styles: `
    :host {
      display: grid;
      gap: 16px;
      justify-items: center;
      padding: 40px 24px 48px;
      border: 1px solid var(--app-hairline);
      border-radius: 20px;
      background: var(--app-card);
    }

    h2 {
      font: var(--mat-sys-headline-small);
      font-weight: 650;
    }

    ol {
      display: grid;
      gap: 14px;
      max-inline-size: 420px;
      margin: 0 0 8px;
      padding: 0;
      color: var(--mat-sys-on-surface-variant);
      list-style: none;
      counter-reset: step;
    }

    li {
      position: relative;
      padding-inline-start: 44px;
      counter-increment: step;
    }

    li::before {
      position: absolute;
      inset-inline-start: 0;
      display: grid;
      place-items: center;
      inline-size: 30px;
      block-size: 30px;
      border-radius: 50%;
      background: var(--mat-sys-primary-container);
      color: var(--mat-sys-on-primary-container);
      font: var(--mat-sys-label-large);
      content: counter(step);
    }

    strong {
      display: block;
      color: var(--mat-sys-on-surface);
      font-weight: 600;
    }
  `,
})
export class FirstVisit {
  protected readonly t = t;
}
