import { ChangeDetectionStrategy, Component } from '@angular/core';
import { RouterLink, RouterOutlet } from '@angular/router';

import { BrandMark } from '../../../shared/brand/brand-mark';

/** The frame of all pages of a customer: a bar on top, one centred column below. */
@Component({
  selector: 'app-customer-shell',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [BrandMark, RouterLink, RouterOutlet],
  template: `
    <header>
      <a routerLink="/" aria-label="Parley, my tickets"><app-brand-mark /></a>
    </header>
    <main><router-outlet /></main>
  `,
})
export class CustomerShell {}
