import { ChangeDetectionStrategy, Component, inject } from '@angular/core';

import { Commands } from '../../core/commands/commands';
import { keyCaps } from '../../core/commands/key-names';
import { AppIcon } from '../../shared/icon/app-icon';
import { t } from '../../shared/texts/text';
import { loadTexts } from '../../shared/texts/text-loading';
import { StandingCommands } from './standing-commands';

/** The button that opens the palette; where it stands, the commands of every page can be done. */
@Component({
  selector: 'app-command-desk',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [AppIcon],
  template: `
    <button
      type="button"
      [attr.aria-label]="t('commands.palette.open')"
      aria-keyshortcuts="Control+K Meta+K"
      aria-haspopup="dialog"
      [title]="t('commands.palette.openHint', { keys: caps })"
      (click)="open()"
    >
      <app-icon name="command" />
    </button>
  `,
  styles: `
    button {
      display: grid;
      place-items: center;
      inline-size: 44px;
      block-size: 44px;
      border: 0;
      border-radius: 12px;
      background: none;
      color: var(--mat-sys-on-surface-variant);
      cursor: pointer;
      --app-icon-size: 22px;
    }

    button:hover {
      background: color-mix(in srgb, var(--mat-sys-on-surface) 7%, transparent);
    }
  `,
})
export class CommandDesk {
  protected readonly t = t;
  private readonly standing = inject(StandingCommands);
  protected readonly caps = keyCaps('mod+k').join(' ');

  constructor() {
    inject(Commands).offer(() => this.standing.all(), 'everywhere');
    whenIdle(() => void Promise.all([import('./palette'), loadTexts('commands')]).catch(() => undefined));
  }

  protected open(): void {
    void this.standing.openPalette();
  }
}

const whenIdle = (work: () => void): void => {
  if ('requestIdleCallback' in globalThis) requestIdleCallback(work);
  else setTimeout(work, 200);
};
