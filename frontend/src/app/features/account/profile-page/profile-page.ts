import { ChangeDetectionStrategy, Component, inject } from '@angular/core';

import { Session } from '../../../core/session/session';

/** The person's own data and settings. */
@Component({
  selector: 'app-profile-page',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <h1>Profile</h1>
    <p>{{ session.user()?.name }}</p>
  `,
})
export class ProfilePage {
  protected readonly session = inject(Session);
}
