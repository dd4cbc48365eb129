import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { RouterLink } from '@angular/router';

import { UnsavedChanges } from '../../../core/page/unsaved-changes';
import { Session } from '../../../core/session/session';
import { ThemeSwitch } from '../../../domain/account/theme-switch';
import { AfterResolveSection } from './after-resolve-section';
import { DataSection } from './data-section';
import { DeleteSection } from './delete-section';
import { DensitySection } from './density-section';
import { DevicesSection } from './devices-section';
import { EmailSection } from './email-section';
import { KeysSection } from './keys-section';
import { LanguageSection } from './language-section';
import { NameSection } from './name-section';
import { NoticesSection } from './notices-section';
import { PasswordSection } from './password-section';
import { TakeBackSection } from './take-back-section';

/** The person's own data and settings; each section saves by itself and says so. */
@Component({
  selector: 'app-profile-page',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [
    AfterResolveSection,
    DataSection,
    DeleteSection,
    DensitySection,
    DevicesSection,
    EmailSection,
    KeysSection,
    LanguageSection,
    NameSection,
    NoticesSection,
    PasswordSection,
    TakeBackSection,
    RouterLink,
    ThemeSwitch,
  ],
  template: `
    <h1>Profile</h1>
    <app-name-section />
    <app-language-section />
    <section class="card" aria-labelledby="appearance">
      <h2 id="appearance">Appearance</h2>
      <p class="about">
        As your system says, or always light, dark or in high contrast. It follows you to your other devices.
      </p>
      <app-theme-switch />
      <app-density-section />
    </section>
    @if (isStaff()) {
      <section class="card" aria-labelledby="canned-replies">
        <h2 id="canned-replies">Canned replies</h2>
        <p class="about">Texts of your own, found by typing / in a message.</p>
        <a class="app-button tonal" routerLink="/agent/canned-replies">Your canned replies</a>
      </section>
      <app-take-back-section />
      <app-after-resolve-section />
    }
    <app-keys-section />
    <app-notices-section />
    <app-email-section />
    <app-password-section />
    <app-devices-section />
    <app-data-section />
    <app-delete-section />
  `,
  styleUrl: './section.scss',
  styles: `
    :host {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
      gap: 16px;
      max-inline-size: 760px;
      margin-inline: auto;
    }

    /* The frame of staff leaves its pages the whole room. */
    :host-context(app-staff-shell) {
      max-inline-size: 808px;
      padding: 28px 24px 48px;
    }

    app-theme-switch {
      max-inline-size: 480px;
    }

    app-density-section {
      max-inline-size: 320px;
    }
  `,
})
export class ProfilePage {
  private readonly unsaved = inject(UnsavedChanges);
  protected readonly isStaff = inject(Session).isStaff;

  readonly mayLeave = (): boolean | Promise<boolean> => this.unsaved.mayLeave();
}
