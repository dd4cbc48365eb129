import { ChangeDetectionStrategy, Component, inject, signal } from '@angular/core';

import { SignedInDevice } from '../../../core/api/models';
import { ProblemNotifier } from '../../../core/problems/problem-notifier';
import { Session } from '../../../core/session/session';
import { ProfileApi } from '../../../domain/account/profile-api';
import { AppIcon } from '../../../shared/icon/app-icon';
import { Skeleton } from '../../../shared/skeleton/skeleton';
import { LoadError } from '../../../shared/states/load-error';
import { RelativeTime } from '../../../shared/time/relative-time';
import { browserName, isPhone } from './browser-name';

/** Where the person is signed in, and signing out there. */
@Component({
  selector: 'app-devices-section',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [AppIcon, LoadError, RelativeTime, Skeleton],
  template: `
    <section class="card" aria-labelledby="devices">
      <h2 id="devices">Signed-in devices</h2>
      @if (devices.error(); as error) {
        <app-load-error heading="Your devices could not be loaded" [error]="error" (retry)="devices.reload()" />
      } @else if (devices.hasValue()) {
        <ul>
          @for (device of devices.value(); track device.id) {
            <li>
              <app-icon [name]="isPhone(device.client) ? 'phone' : 'device'" />
              <span class="what">
                <strong>{{ browserName(device.client) }}</strong>
                <span class="when">
                  @if (device.current) {
                    This device
                  } @else {
                    Last seen <app-time [at]="device.lastSeenAt" />
                  }
                </span>
              </span>
              @if (!device.current) {
                <button
                  class="app-button text"
                  type="button"
                  [attr.aria-label]="'End the sign-in of ' + browserName(device.client)"
                  [disabled]="busyId() === device.id"
                  (click)="end(device)"
                >
                  End
                </button>
              }
            </li>
          }
        </ul>
        <div class="actions">
          <button class="app-button outlined" type="button" (click)="endAll()">End all, here too</button>
        </div>
      } @else {
        <app-skeleton shape="text" [rows]="2" label="Loading your devices" />
      }
    </section>
  `,
  styleUrl: './section.scss',
  styles: `
    ul {
      display: grid;
      gap: 4px;
      margin: 0;
      padding: 0;
      list-style: none;
    }

    li {
      display: flex;
      gap: 14px;
      align-items: center;
      min-block-size: 52px;
    }

    .what {
      display: grid;
      flex: 1;
      min-inline-size: 0;
    }

    strong {
      font: var(--mat-sys-title-small);
    }

    .when {
      color: var(--mat-sys-on-surface-variant);
      font: var(--mat-sys-body-small);
    }
  `,
})
export class DevicesSection {
  private readonly profile = inject(ProfileApi);
  private readonly session = inject(Session);
  private readonly problems = inject(ProblemNotifier);

  protected readonly devices = this.profile.devices();
  protected readonly busyId = signal<string | null>(null);
  protected readonly browserName = browserName;
  protected readonly isPhone = isPhone;

  protected end(device: SignedInDevice): void {
    this.busyId.set(device.id);
    this.profile.signOutDevice(device.id).subscribe({
      next: () => {
        this.busyId.set(null);
        this.devices.reload();
      },
      error: (error: unknown) => {
        this.busyId.set(null);
        this.problems.show(error, 'The sign-in could not be ended');
      },
    });
  }

  protected endAll(): void {
    this.session.logoutEverywhere().catch((error: unknown) => this.problems.show(error));
  }
}
