import { ChangeDetectionStrategy, Component } from '@angular/core';
import { RouterLink } from '@angular/router';

import { BrandMark } from '../../shared/brand/brand-mark';
import { NotHere } from '../../shared/states/not-here';
import { t } from '../../shared/texts/text';

/** Any path the client does not know. */
@Component({
  selector: 'app-not-found-page',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [BrandMark, NotHere, RouterLink],
  template: `
    <header>
      <a routerLink="/" [attr.aria-label]="t('common.startPage')"><app-brand-mark /></a>
    </header>
    <main><app-not-here /></main>
  `,
  styles: `
    :host {
      display: grid;
      grid-template-rows: auto 1fr;
      min-block-size: 100dvh;
    }

    header {
      padding: 20px 24px;
    }

    a {
      text-decoration: none;
    }

    main {
      display: grid;
      place-items: center;
      padding-block-end: 80px;
    }
  `,
})
export class NotFoundPage {
  protected readonly t = t;
}
