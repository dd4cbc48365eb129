import { ChangeDetectionStrategy, Component } from '@angular/core';
import { RouterLink } from '@angular/router';

import { Illustration } from './illustration';

/** The same answer for what does not exist and for what is not the person's own. */
@Component({
  selector: 'app-not-here',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [Illustration, RouterLink],
  template: `
    <div class="state">
      <app-illustration name="lost" />
      <h1 class="heading">Not here, or not yours</h1>
      <p class="text">
        This page does not exist, or it belongs to somebody else. Check the address, or start again from your tickets.
      </p>
      <a class="app-button filled" routerLink="/">Go to the start page</a>
    </div>
  `,
  styleUrl: './state.scss',
})
export class NotHere {}
