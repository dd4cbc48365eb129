import { Dialog, DialogRef } from '@angular/cdk/dialog';
import { ChangeDetectionStrategy, Component, inject, Injector, untracked } from '@angular/core';
import { RouterLink } from '@angular/router';

import { COMMAND_IDS, commandEntry, CommandId, commandWords, COMMAND_GROUPS } from '../../core/commands/command-book';
import { Commands } from '../../core/commands/commands';
import { KeyCaps } from '../../core/commands/key-caps';
import { OwnKeys } from '../../core/commands/own-keys';
import { Session } from '../../core/session/session';
import { AppIcon } from '../../shared/icon/app-icon';
import { t } from '../../shared/texts/text';
import { TextKey } from '../../shared/texts/text-files';

/** The keys of the page, as this person has them. */
@Component({
  selector: 'app-key-list',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [AppIcon, KeyCaps, RouterLink],
  template: `
    <header>
      <h2 id="key-list-heading" tabindex="-1" cdkFocusInitial>{{ t('commands.keys.heading') }}</h2>
      <button
        type="button"
        class="app-icon-button"
        [attr.aria-label]="t('commands.keys.close')"
        (click)="dialog.close()"
      >
        <app-icon name="close" />
      </button>
    </header>
    @if (!keys.hasLetters()) {
      <p class="off">{{ t('commands.keys.lettersOff') }}</p>
    }
    <div class="groups">
      @for (group of groups; track group.title) {
        <section [attr.aria-label]="t(group.title)">
          <h3>{{ t(group.title) }}</h3>
          <dl>
            @for (id of group.ids; track id) {
              <div>
                <dt>{{ wordsOf(id) }}</dt>
                <dd><app-key-caps [command]="id" /></dd>
              </div>
            }
          </dl>
        </section>
      }
    </div>
    <footer>
      <a routerLink="/profile" fragment="keys" (click)="dialog.close()"
        ><app-icon name="settings" /> {{ t('commands.keys.change') }}</a
      >
    </footer>
  `,
  styles: `
    :host {
      display: flex;
      flex-direction: column;
      max-block-size: 86dvh;
      overflow: hidden;
      border: 1px solid var(--app-hairline);
      border-radius: 16px;
      background: var(--app-card);
      color: var(--mat-sys-on-surface);
      box-shadow: var(--app-shadow-high);
    }

    header {
      display: flex;
      align-items: center;
      justify-content: space-between;
      padding: 14px 14px 8px 24px;
    }

    h2:focus {
      outline: none;
    }

    .off {
      margin: 0;
      padding-inline: 24px;
      color: var(--mat-sys-on-surface-variant);
      font: var(--mat-sys-body-medium);
    }

    .groups {
      flex: 1;
      min-block-size: 0;
      padding: 4px 24px 16px;
      overflow: hidden auto;
      columns: 2 280px;
      column-gap: 40px;
    }

    section {
      padding-block: 8px;
      break-inside: avoid;
    }

    h3 {
      padding-block-end: 4px;
      color: var(--mat-sys-on-surface-variant);
      font: var(--mat-sys-label-medium);
    }

    dl {
      margin: 0;
    }

    div > dt {
      flex: 1;
    }

    dl > div {
      display: flex;
      align-items: center;
      gap: 16px;
      padding-block: 5px;
      border-block-end: 1px solid var(--app-hairline);
      font: var(--mat-sys-body-medium);
    }

    dd {
      margin: 0;
    }

    footer {
      padding: 12px 24px;
      border-block-start: 1px solid var(--app-hairline);
      font: var(--mat-sys-label-large);
      --app-icon-size: 18px;
    }

    footer a {
      display: inline-flex;
      align-items: center;
      gap: 8px;
      min-block-size: 32px;
    }
  `,
})
export class KeyList {
  protected readonly t = t;
  protected readonly dialog = inject(DialogRef);
  private readonly isStaff = inject(Session).isStaff();
  protected readonly keys = inject(OwnKeys);
  protected readonly groups = untracked(() => groupsOf(inject(Commands), this.keys));

  protected wordsOf(id: CommandId): string {
    return commandWords(id, this.isStaff);
  }
}

interface KeyGroup {
  readonly title: TextKey;
  readonly ids: readonly CommandId[];
}

function groupsOf(commands: Commands, keys: OwnKeys): KeyGroup[] {
  const onThisPage = commands.now();
  const ids = COMMAND_IDS.filter((id) => id in onThisPage && keys.keyOf(id) !== null);
  return COMMAND_GROUPS.map((group) => ({
    title: `commands.group.${group}` as const,
    ids: ids.filter((id) => commandEntry(id).group === group),
  })).filter((group) => group.ids.length > 0);
}

export function openKeyList(injector: Injector): void {
  injector.get(Dialog).open(KeyList, {
    ariaLabelledBy: 'key-list-heading',
    width: '760px',
    maxWidth: '96vw',
  });
}
