import { ChangeDetectionStrategy, Component, computed, inject, input } from '@angular/core';

import { CommandId } from './command-book';
import { keyCaps } from './key-names';
import { OwnKeys } from './own-keys';

/** The key of a command as this person has it; nothing for a command without one. */
@Component({
  selector: 'app-key-caps',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    @for (cap of caps(); track $index) {
      <kbd>{{ cap }}</kbd>
    }
  `,
  styles: `
    :host {
      display: inline-flex;
      flex: none;
      gap: 4px;
    }

    kbd {
      min-inline-size: 24px;
      padding: 1px 6px;
      border: 1px solid var(--mat-sys-outline-variant);
      border-block-end-width: 2px;
      border-radius: 6px;
      background: var(--app-card);
      color: var(--mat-sys-on-surface);
      font: var(--mat-sys-label-medium);
      text-align: center;
    }
  `,
})
export class KeyCaps {
  private readonly keys = inject(OwnKeys);

  readonly command = input.required<CommandId>();
  protected readonly caps = computed(() => {
    const key = this.keys.keyOf(this.command());
    return key === null ? [] : keyCaps(key);
  });
}
