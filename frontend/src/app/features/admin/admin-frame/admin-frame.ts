import { ChangeDetectionStrategy, Component } from '@angular/core';
import { RouterLink, RouterLinkActive, RouterOutlet } from '@angular/router';

import { AppIcon } from '../../../shared/icon/app-icon';
import { IconName } from '../../../shared/icon/icon-shapes';

interface AdminLink {
  readonly path: string;
  readonly name: string;
  readonly icon: IconName;
}

/** The settings of the help desk: a list of them at the side, the chosen one beside it. */
@Component({
  selector: 'app-admin-frame',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [AppIcon, RouterLink, RouterLinkActive, RouterOutlet],
  template: `
    <nav aria-label="Admin">
      @for (link of links; track link.path) {
        <a
          #entry
          [routerLink]="link.path"
          routerLinkActive="active"
          ariaCurrentWhenActive="page"
          (isActiveChange)="$event && show(entry)"
        >
          <app-icon [name]="link.icon" /> {{ link.name }}
        </a>
      }
    </nav>
    <div class="page"><router-outlet /></div>
  `,
  styles: `
    :host {
      display: grid;
      grid-template-columns: 200px minmax(0, 1fr);
      min-block-size: 100%;
    }

    nav {
      display: flex;
      flex-direction: column;
      gap: 2px;
      padding: 24px 12px;
      border-inline-end: 1px solid var(--app-hairline);
      background: var(--app-card);
    }

    a {
      display: flex;
      align-items: center;
      gap: 12px;
      min-block-size: 44px;
      padding-inline: 14px;
      border-radius: 12px;
      color: var(--mat-sys-on-surface-variant);
      font: var(--mat-sys-label-large);
      text-decoration: none;
      white-space: nowrap;
    }

    a:hover {
      background: color-mix(in srgb, var(--mat-sys-on-surface) 6%, transparent);
    }

    a.active {
      background: var(--mat-sys-secondary-container);
      color: var(--mat-sys-on-secondary-container);
    }

    .page {
      inline-size: 100%;
      max-inline-size: 960px;
      padding: 28px clamp(16px, 4%, 40px) 48px;
    }

    @media (width < 800px) {
      :host {
        grid-template: auto minmax(0, 1fr) / minmax(0, 1fr);
      }

      nav {
        flex-direction: row;
        padding: 8px 12px;
        overflow: auto hidden;
        border-block-end: 1px solid var(--app-hairline);
        border-inline-end: 0;
      }
    }
  `,
})
export class AdminFrame {
  protected readonly links: readonly AdminLink[] = [
    { path: 'people', name: 'People', icon: 'people' },
    { path: 'categories', name: 'Categories', icon: 'inbox' },
    { path: 'tags', name: 'Tags', icon: 'tag' },
    { path: 'canned-replies', name: 'Canned replies', icon: 'reply' },
    { path: 'mails', name: 'Mails', icon: 'mail' },
    { path: 'audit', name: 'Audit log', icon: 'info' },
    { path: 'settings', name: 'Settings', icon: 'settings' },
    { path: 'self-test', name: 'Self-test', icon: 'check-circle' },
  ];

  /** On a phone the list is one line that scrolls; at the side this moves nothing. */
  protected show(entry: HTMLElement): void {
    entry.scrollIntoView({ block: 'nearest', inline: 'center' });
  }
}
