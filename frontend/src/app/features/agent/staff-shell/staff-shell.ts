import { ChangeDetectionStrategy, Component } from '@angular/core';
import { RouterOutlet } from '@angular/router';

/** The frame of all pages of staff; the agent, admin and account pages stand inside it. */
@Component({
  selector: 'app-staff-shell',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [RouterOutlet],
  template: `<main id="main"><router-outlet /></main>`,
})
export class StaffShell {}
