import { ChangeDetectionStrategy, Component } from '@angular/core';
import { RouterLink } from '@angular/router';

import { t } from '../texts/text';
import { Illustration } from './illustration';

/** The same answer for what does not exist and for what is not the person's own. */
@Component({
  selector: 'app-not-here',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [Illustration, RouterLink],
  template: `
    <div class="state">
      <app-illustration name="lost" />
      <h1 class="heading">{{ t('common.notHere.heading') }}</h1>
      <p class="text">{{ t('common.notHere.text') }}</p>
      <a class="app-button filled" routerLink="/">{{ t('common.notHere.start') }}</a>
    </div>
  `,
  styleUrl: './state.scss',
})
export class NotHere {
  protected readonly t = t;
}
